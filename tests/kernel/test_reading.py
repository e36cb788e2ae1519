"""Figures, money, moments and places as readers of each country write them."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from kernel.money import Money
from kernel.reading import babel_locale, city, filled, moment, money, number, percent

SAO_PAULO, MEXICO = "America/Sao_Paulo", "America/Mexico_City"
AT = datetime(2026, 11, 21, 14, 41, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "country", "expected"),
    [
        ("es", "MX", "es_MX"),
        ("es-mx", "AR", "es_AR"),
        ("es", "", "es_MX"),
        ("es", "FI", "es_419"),
        (None, "CL", "es_CL"),
        ("pt-br", "MX", "pt_BR"),
        ("en", "BR", "en"),
    ],
)
def test_a_language_is_written_as_the_marketplaces_country_writes_it(language, country, expected):
    assert babel_locale(language, country) == expected


@pytest.mark.parametrize(
    ("locale", "price", "share"),
    [
        ("es_MX", "$1,250.00\u00a0MXN", "83.8%"),
        ("es_AR", "MXN\u00a01.250,00", "83,8%"),
        ("pt_BR", "MX$\u00a01.250,00", "83,8%"),
    ],
)
def test_money_and_percentages_of_one_page_share_their_decimal_mark(locale, price, share):
    assert money(Money("MXN", 125_000), locale=locale) == price
    assert percent(83.81, locale=locale) == share


@pytest.mark.parametrize(
    ("currency", "locale", "price"),
    [
        ("BRL", "pt_BR", "R$\u00a01.250,00"),
        ("ARS", "es_AR", "$1.250,00\u00a0ARS"),
        ("COP", "es_CO", "$1.250,00\u00a0COP"),
        ("CLP", "es_CL", "$125.000\u00a0CLP"),
        ("UYU", "es_UY", "$1.250,00\u00a0UYU"),
        ("PEN", "es_PE", "S/1,250.00"),
    ],
)
def test_each_country_reads_its_own_money(currency, locale, price):
    assert money(Money(currency, 125_000), locale=locale) == price


def test_numbers_round_half_away_from_zero():
    assert number(4.25, locale="es_MX") == "4.3"
    assert number(Decimal("4.24"), locale="pt_BR") == "4,2"
    assert number(1250, locale="es_CL", decimals=0) == "1.250"
    assert percent(100.0, locale="es_AR") == "100%"


@pytest.mark.parametrize(
    ("zone", "locale", "name"),
    [
        (MEXICO, "es_MX", "Ciudad de México"),
        (MEXICO, "pt_BR", "Cidade do México"),
        (SAO_PAULO, "pt_BR", "São Paulo"),
        ("America/Argentina/Buenos_Aires", "es_AR", "Buenos Aires"),
        ("America/Merida", "es_MX", "Mérida"),
    ],
)
def test_a_zone_is_called_as_its_city_is_in_the_readers_language(zone, locale, name):
    assert city(zone, locale=locale) == name


def test_a_value_that_ends_in_a_full_stop_needs_no_second_one():
    at = moment(AT, zone=MEXICO, locale="es_MX", kind="time")
    assert filled("Llegó a las {at}.", {"at": at}) == "Llegó a las 8:41 a.m."
    assert (
        filled("Reseña de {worker}. Gracias.", {"worker": "Ana T."}) == "Reseña de Ana T. Gracias."
    )
    assert filled("{a}.", {"a": "sábado"}) == "sábado."


def test_an_ellipsis_keeps_its_dots():
    assert filled("Espera... {a}", {"a": "ya"}) == "Espera... ya"

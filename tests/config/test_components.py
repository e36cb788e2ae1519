"""Components write the same thing the same way everywhere, and escape what people typed."""

import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from config import wording
from config.icons import ICONS
from config.settings.environment import ROOT
from kernel import charts, panels
from kernel.edge import working_for
from kernel.money import Money


def drawn(source, language="es", **context):
    with override(language):
        return Template("{% load oficio %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("language", "country", "amount", "written"),
    [
        ("es", "MX", Money("MXN", 125_000), "$1,250.00\u00a0MXN"),
        ("pt-br", "BR", Money("BRL", 125_000), "R$\u00a01.250,00"),
        ("es", "CL", Money("CLP", 12_500), "$12.500\u00a0CLP"),
        ("es", "CO", Money("COP", 1_250_050), "$12.500,50\u00a0COP"),
        ("es", "MX", Money("BRL", 99), "BRL\u00a00.99"),
        ("en", "AR", Money("USD", -1_999), "-$19.99\u00a0USD"),
        ("en", "MX", Money("MXN", 5), "MX$0.05"),
        ("pt-br", "BR", Money("PYG", 0), "PYG\u00a00"),
    ],
)
def test_money_is_written_as_its_readers_write_it(language, country, amount, written):
    with override(language), working_for(None, country=country):
        assert wording.money(amount) == written


def test_money_nobody_knows_is_a_dash():
    assert drawn("{{ nothing|money }}", nothing=None) == "—"


@pytest.mark.parametrize(
    ("language", "kind", "written"),
    [
        ("es", "day", "sáb 21 de nov"),
        ("es", "date", "21 de noviembre de 2026"),
        ("pt-br", "date", "21 de novembro de 2026"),
        ("en", "time", "11:30 PM"),
    ],
)
def test_a_moment_is_told_on_the_wall_clock_of_its_zone(language, kind, written):
    at = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)
    with override(language):
        assert wording.moment(at, zone="America/Mexico_City", kind=kind) == written


def test_stars_are_spoken_with_their_count():
    shown = drawn("{% stars 4.25 1 %}{% stars 5 12 %}", language="en")

    assert 'aria-label="4.3 of 5 stars, 1 review"' in shown
    assert 'aria-label="5 of 5 stars, 12 reviews"' in shown


def test_an_average_of_nothing_is_not_zero_stars():
    assert "Aún sin reseñas" in drawn("{% stars value 0 %}", value=0)


def test_a_state_without_a_word_is_shown_and_escaped():
    assert drawn("{% pill 'confirmed' %}") == '<span class="pill ok">Confirmado</span>'
    assert drawn("{% pill code %}", code="odd_<b>") == '<span class="pill ">Odd &lt;b&gt;</span>'


def test_six_parts_add_up_to_the_total():
    amounts = [51_040, 5_000, 5_248, 580, 2_672, 1_360]
    names = ("worker", "tip", "tenant", "platform", "processor", "tax")
    parts = {name: Money("MXN", each) for name, each in zip(names, amounts, strict=True)}

    shown = drawn("{% price_parts parts %}", parts=parts)
    as_object = drawn("{% price_parts parts %}", parts=SimpleNamespace(**parts))

    assert shown == as_object
    assert "$659.00\u00a0MXN" in shown
    assert shown.count("<rect") == 6


class Contact(forms.Form):
    email = forms.EmailField(label="E-mail <b>", help_text="We write rarely.")
    way = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    stars = forms.IntegerField(label="Stars")


def test_a_field_ties_its_help_and_its_error_to_the_input():
    form = Contact({"email": "ana@"})

    shown = drawn("{% field form.email %}", form=form)

    assert 'aria-describedby="id_email_help id_email_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert '<label for="id_email">E-mail &lt;b&gt;</label>' in shown
    assert 'id="id_email_error"' in shown


def test_choices_are_a_group_with_a_legend():
    shown = drawn("{% field form.way %}", form=Contact())

    assert shown.count('<label class="choice"') == 2
    assert "<legend>Way</legend>" in shown


def test_stars_and_scales_are_plain_radio_buttons():
    form = Contact({"stars": "3"})
    stars = drawn("{% star_field form.stars %}", form=form)
    scale = drawn('{% scale_field name="nps" label="?" value=0 %}')

    assert stars.count('type="radio" name="stars"') == 5
    assert 'value="3" checked' in stars
    assert scale.count('type="radio" name="nps"') == 11
    assert 'value="0" checked' in scale


def test_pages_keep_the_rest_of_the_address():
    page = Paginator(range(50), 10).page(2)
    request = RequestFactory().get("/?q=perro&page=2")

    shown = drawn("{% pagination page %}", page=page, request=request)

    assert '<a href="?q=perro&amp;page=1" rel="prev">' in shown
    assert '<a href="?q=perro&amp;page=3" rel="next">' in shown
    assert '<a href="?q=perro&amp;page=2" aria-current="page">2</a>' in shown


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_decoration_unless_it_has_a_name(name):
    assert 'aria-hidden="true"' in drawn("{% icon name %}", name=name)
    assert 'role="img" aria-label="X"' in drawn('{% icon name "X" %}', name=name)


def test_a_person_without_a_photo_always_has_the_same_colour():
    shown = drawn("{% avatar 'Ana López' %}")

    assert ">AL<" in shown
    assert shown == drawn("{% avatar 'Ana López' %}")


def test_a_chart_is_printed_as_it_is():
    chart = charts.spark("Bookings", [1, 2, 3])

    assert drawn("{{ chart }}", chart=chart) == str(chart)


def test_a_place_shows_what_the_floors_above_put_there(monkeypatch):
    monkeypatch.setattr(panels, "_places", {})
    panels.panel("profile", order=2)(lambda request, subject: None)
    panels.panel("profile", order=1)(
        lambda request, subject: ("components/empty.html", {"title": subject, "icon": "star"})
    )

    shown = drawn("{% panels 'profile' who %}", who="<Ana>", request=RequestFactory().get("/"))

    assert shown.count("<h2>&lt;Ana&gt;</h2>") == 1


@pytest.mark.parametrize(("colour", "address"), [("#0F766E", "/brand/0f766e.css"), ("red;}", "")])
def test_only_a_colour_has_a_stylesheet(colour, address):
    assert drawn("{% brand_href colour %}", colour=colour) == address


def test_every_icon_that_a_template_names_is_drawn():
    named = {
        name
        for floor in (
            "config",
            "insights",
            "marketplace",
            "payments",
            "reviews",
            "surveys",
            "tenants",
        )
        for page in (ROOT / floor).glob("**/templates/**/*.html")
        for name in re.findall(r'{% icon "([^"]+)"', page.read_text())
    }
    assert "wallet" in named
    assert named <= set(ICONS)

"""When a bank disputes a visit, our answer is drafted from what we know of it."""

from datetime import timedelta

import pytest
from django.utils import translation

from kernel import clock, outbox
from marketplace.bookings.actions.defend import defend
from marketplace.bookings.queries.evidence import evidence_about
from payments.actions.apply_dispute import apply_dispute
from payments.models import Dispute
from payments.providers.base import DisputeFact
from tenants.identity.queries import codes_of
from tests.support.pictures import photo
from tests.support.worlds_bookings import WEDNESDAY_TEN, fresh, payment_id, steps
from tests.support.worlds_money import mxn


@pytest.fixture
def visited(clara_booked_ana, ana, clara):
    """Ana typed the PIN at ten, worked, left a note and a photo; Clara confirmed."""
    booking = clara_booked_ana
    with clock.travelling_to(WEDNESDAY_TEN):
        steps(ana, booking, "check_in", pin=codes_of(booking.pk).start_pin)
    with clock.travelling_to(WEDNESDAY_TEN + timedelta(minutes=90)):
        steps(ana, booking, "check_out", note="Canela feliz.", photos=[photo()])
    with clock.travelling_to(WEDNESDAY_TEN + timedelta(minutes=100)):
        return steps(clara, booking, "confirm")


def disputed(booking) -> Dispute:
    made = apply_dispute(
        payment_id=payment_id(booking),
        fact=DisputeFact(ref="du_1", state="open", amount=mxn(65_900)),
    )
    outbox.drain()
    made.refresh_from_db()
    return made


def test_the_draft_says_what_was_agreed_what_happened_and_how_we_know(visited):
    words = disputed(visited).evidence

    for known in (
        visited.code,
        "Orizaba 101",
        "CONDICIONES QUE EL CLIENTE ACEPTÓ",
        "30 %",
        "$659.00",
        "quien trabajó escribió el PIN que solo tiene el cliente",
        "Canela feliz.",
        "Foto 1 del trabajo terminado",
        "LO QUE LE ESCRIBIMOS AL CLIENTE",
        "Visita terminada",
        "10:00",
    ):
        assert known in words.replace("\xa0", " "), known


def test_a_visit_that_never_was_says_nothing_of_a_visit(clara_booked_ana):
    words = disputed(fresh(clara_booked_ana)).evidence

    assert "LO QUE SE ACORDÓ" in words
    assert "CÓMO SABEMOS" not in words


def test_what_both_sides_wrote_to_each_other_goes_with_it(visited, clara, ana):
    with clock.travelling_to(WEDNESDAY_TEN + timedelta(minutes=105)):
        booking = steps(
            clara,
            visited,
            "dispute",
            about="partial",
            words="Faltó media hora.",
            amount_minor=20_000,
        )
        steps(
            ana,
            booking,
            "propose_settlement",
            outcome="partial",
            amount_minor=5_000,
            reason="Llegué al parque, regresé antes por la lluvia.",
        )
    with translation.override("es"):
        words = evidence_about(fresh(visited))
    assert "LO QUE ESCRIBIERON AMBAS PARTES" in words
    assert "(cliente): Faltó media hora." in words
    assert "): Llegué al parque, regresé antes por la lluvia." in words


def test_it_is_written_in_the_languages_of_businesses(visited):
    with translation.override("pt-br"):
        assert "O QUE FOI COMBINADO" in evidence_about(visited)
    with translation.override("en"):
        assert "WHAT WAS AGREED" in evidence_about(visited)


def test_what_is_no_booking_has_no_draft(visited):
    dispute = disputed(visited)
    Dispute.objects.update(evidence="")
    defend(dispute_id=dispute.pk, reference="tip:1")
    defend(dispute_id=dispute.pk, reference="booking:0190f5fe-7c00-7a00-8000-000000000001")

    assert Dispute.objects.get().evidence == ""

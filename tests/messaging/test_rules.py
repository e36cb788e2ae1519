"""Which way a message goes, when it waits, and how it reads. No database."""

from datetime import UTC, datetime

import pytest

from tenants.messaging.rules.delivery_states import NoSuchStep, after, fate, wait_after
from tenants.messaging.rules.quiet_hours import quiet_until
from tenants.messaging.rules.routing import Step, next_step, usable
from tenants.messaging.rules.wording import words

MEXICO = "America/Mexico_City"
AT = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)


def test_money_goes_by_every_channel_at_once_and_booking_by_the_first():
    both = ("whatsapp", "email")
    assert next_step("money", usable=both, tried={}) == Step(channels=both)
    assert next_step("booking", usable=both, tried={}) == Step(channels=("whatsapp",))


def test_the_next_channel_is_tried_only_when_the_one_before_failed():
    both = ("whatsapp", "email")
    assert next_step("booking", usable=both, tried={"whatsapp": "waiting"}) == Step()
    assert next_step("booking", usable=both, tried={"whatsapp": "failed"}) == Step(("email",))
    assert next_step("booking", usable=both, tried={"whatsapp": "sent"}) == Step((), True, True)


def test_with_no_channel_left_nobody_was_reached():
    assert next_step("booking", usable=("sms",), tried={"sms": "failed"}) == Step((), True, False)


def test_whatsapp_waits_for_consent_and_a_code_does_not():
    reachable = ("whatsapp", "email")
    assert usable("booking", reachable=reachable, choices={}) == ("email",)
    agreed = {("any", "whatsapp"): True}
    assert usable("booking", reachable=reachable, choices=agreed) == reachable
    assert usable("otp", reachable=reachable, choices={}) == reachable


def test_marketing_is_opt_in_surveys_can_be_turned_off_and_money_cannot():
    off = {("survey", "email"): False, ("money", "email"): False}
    assert usable("marketing", reachable=("email",), choices={}) == ()
    assert usable("survey", reachable=("email",), choices=off) == ()
    assert usable("money", reachable=("email",), choices=off) == ("email",)


def test_one_channel_stays_where_messages_cannot_be_turned_off():
    off = {("booking", "sms"): False, ("booking", "email"): False}
    assert usable("booking", reachable=("sms", "email"), choices=off) == ("email",)


@pytest.mark.parametrize(
    ("hour", "waits_until"),
    [(8, "2026-11-20T09:00"), (9, None), (19, None), (20, "2026-11-21T09:00")],
)
def test_quiet_hours_are_from_eight_at_night_to_nine(hour, waits_until):
    at = datetime(2026, 11, 20, hour + 6, 0, tzinfo=UTC) if hour < 18 else None
    at = at or datetime(2026, 11, 21, hour - 18, 0, tzinfo=UTC)
    morning = quiet_until(at, zone=MEXICO)
    assert (morning and morning.strftime("%Y-%m-%dT%H:%M")) == waits_until


def test_what_was_sent_cannot_be_sent_again():
    assert after("queued", "claim") == "sending"
    with pytest.raises(NoSuchStep):
        after("sent", "claim")


def test_a_failed_attempt_is_made_again_four_times():
    waits = [wait_after(attempts) for attempts in range(1, 6)]
    assert [each and each.total_seconds() for each in waits] == [30, 120, 600, 3600, None]


def test_suppressed_and_expired_messages_count_as_failed():
    assert [fate(each) for each in ("sending", "read", "suppressed", "expired")] == [
        "waiting",
        "sent",
        "failed",
        "failed",
    ]


def test_values_are_read_by_their_endings():
    values = {"worker": "Ana", "price_minor": 450, "currency": "MXN", "starts_at": AT.isoformat()}
    assert words(values, locale="es", zone=MEXICO) == {
        "worker": "Ana",
        "price": "$4.50\u00a0MXN",
        "currency": "MXN",
        "starts_at": "sáb 21 de nov, 10:00 a.m.",
    }


def test_values_are_written_as_the_tenants_country_writes_them():
    values = {"price_minor": 125_000, "currency": "ARS", "starts_at": AT.isoformat()}
    said = words(values, locale="es", zone="America/Argentina/Buenos_Aires", country="AR")
    assert said["price"] == "$1.250,00\u00a0ARS"
    assert said["starts_at"] == "sáb, 21 nov, 1:00\u202fp. m.".replace("\u202f", " ")

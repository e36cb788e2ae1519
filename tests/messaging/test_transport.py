"""The outbox for developers, and what becomes of messages when nobody takes them."""

from dataclasses import replace

import pytest

from simulators.outbox.box import Box
from simulators.outbox.server import running
from tenants.messaging.channels.base import Parcel, TryLater, Undeliverable
from tenants.messaging.channels.transport import RECORDED, hand_over

PARCEL = Parcel(
    tracker="t1",
    channel="sms",
    to="+525512345678",
    tenant="Patitas",
    subject="Hola",
    text="Hola\nhttp://patitas.localhost/",
    at="2026-11-21T16:00:00+00:00",
)


def test_a_message_arrives_once_however_often_it_is_handed_over(settings):
    box = Box()
    with running(box) as outbox:
        settings.DEV_OUTBOX_URL = outbox.url
        assert hand_over(PARCEL) == hand_over(PARCEL) == "outbox:t1"
    assert [(each["to"], each["text"]) for each in box.find()] == [(PARCEL.to, PARCEL.text)]


def test_what_the_other_side_refuses_is_not_tried_again(settings):
    with running(Box()) as outbox:
        settings.DEV_OUTBOX_URL = outbox.url
        with pytest.raises(Undeliverable, match="HTTP 400"):
            hand_over(replace(PARCEL, channel="pigeon"))


def test_nobody_answering_means_try_later(settings):
    with running(Box()) as outbox:
        settings.DEV_OUTBOX_URL = outbox.url
    with pytest.raises(TryLater):
        hand_over(PARCEL)


def test_without_outbox_and_simulators_a_message_fails_and_says_why(settings):
    settings.OFICIO_SIMULATORS = False
    with pytest.raises(Undeliverable, match="no provider is connected for sms"):
        hand_over(PARCEL)
    assert RECORDED == []

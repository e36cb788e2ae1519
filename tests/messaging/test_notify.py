"""Telling people things: once, in their language, on channels that work."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from kernel import clock, outbox, timers
from kernel.context import HOUSE
from kernel.edge import working_for
from kernel.models import OutboxEvent, Timer
from tenants.messaging.actions.dispatch import dispatch
from tenants.messaging.actions.notify import notify
from tenants.messaging.actions.send_code import send_code
from tenants.messaging.actions.set_preference import CannotTurnOff, set_preference
from tenants.messaging.models import Delivery, LoginCode, Notification, Preference
from tenants.messaging.notice import NOTICES, Notice
from tenants.messaging.queries import text_of
from tenants.tenancy.models import Membership, User

BOOKED = Notice(
    name="tests.booked",
    purpose="booking",
    subject="{worker}, {starts_at}",
    body="{worker} comes on {starts_at} for {price}.",
    path="/bookings/{code}/",
)
ASKED = Notice(name="tests.asked", purpose="survey", subject="?", body="Well?", path="/s/")
PAID = Notice(name="tests.paid", purpose="money", subject="$", body="Paid.", path="/wallet/")
DAY = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)  # Ten in the morning in Mexico City.
VALUES = {
    "worker": "Ana L.",
    "starts_at": DAY.isoformat(),
    "price_minor": 45_000,
    "currency": "MXN",
    "code": "AB12CD34",
}


def tell(actor, notice=BOOKED, about="1") -> Notification:
    return notify(to_id=actor.member_id, notice=notice, about=about, **VALUES)


def give(actor, **fields: str) -> User:
    user = Membership.objects.get(pk=actor.member_id).user
    with working_for(HOUSE):
        User.objects.filter(pk=user.pk).update(**fields)
    return user


def test_a_customer_is_told_by_email_with_a_link_to_this_tenant(clara, sent):
    tell(clara)
    outbox.drain()

    (parcel,) = sent
    delivery = Delivery.objects.get()
    assert (parcel.channel, parcel.to, parcel.tenant) == ("email", "clara@example.com", "Patitas")
    assert parcel.subject == "Ana L., sáb 21 de nov, 10:00 a.m."
    assert parcel.text == (
        "Ana L. comes on sáb 21 de nov, 10:00 a.m. for $450.00\u00a0MXN.\n"
        "http://patitas.localhost/bookings/AB12CD34/"
    )
    assert (parcel.tracker, delivery.state) == (str(delivery.pk), "sent")


def test_the_same_thing_is_told_once(clara, sent):
    first, again = tell(clara), tell(clara)
    outbox.drain()
    tell(clara)
    outbox.drain()

    assert again.pk == first.pk
    assert len(sent) == 1


def test_two_things_are_told_twice(clara, sent):
    tell(clara, about="1")
    tell(clara, about="2")
    outbox.drain()

    assert len(sent) == 2


def test_what_was_rolled_back_is_never_told(clara, sent):
    with transaction.atomic():
        tell(clara)
        transaction.set_rollback(True)
    outbox.drain()

    assert sent == []
    assert not Notification.objects.exists()


def test_a_phone_gets_the_short_form_first(clara, sent):
    give(clara, phone="+525512345678")
    tell(clara)
    outbox.drain()

    (parcel,) = sent
    assert (parcel.channel, parcel.to) == ("sms", "+525512345678")
    assert "$450" not in parcel.text


def test_the_next_channel_takes_over_from_one_that_refuses(clara, sent, broken_email):
    user = give(clara, phone="+525512345678")
    set_preference(user_id=user.pk, purpose="booking", channel="sms", wanted=False)
    set_preference(user_id=user.pk, purpose="any", channel="whatsapp", wanted=True)
    tell(clara)
    outbox.drain()

    assert [each.channel for each in sent] == ["whatsapp"]


def test_a_person_nobody_can_reach_is_announced(clara, sent, broken_email):
    notification = tell(clara)
    outbox.drain()

    assert sent == []
    assert Delivery.objects.get(notification=notification).state == "failed"
    facts = OutboxEvent.objects.filter(name="messaging.person_not_reached")
    assert facts.filter(payload__notification_id=str(notification.pk)).count() == 1


def test_a_busy_channel_is_tried_again_with_the_same_tracker(clara, sent, broken_email):
    broken_email["busy"] = True
    notification = tell(clara)
    outbox.drain()
    delivery = Delivery.objects.get()
    waits = (delivery.free_at - clock.system_now()).total_seconds()

    assert (delivery.state, delivery.attempts, delivery.error) == ("queued", 1, "HTTP 503")
    assert 25 < waits <= 30
    assert Timer.objects.filter(state="pending", due_at=delivery.free_at).count() == 1

    Delivery.objects.update(free_at=clock.system_now())
    dispatch(notification_id=notification.pk)
    assert Delivery.objects.get().attempts == 2


def test_a_busy_channel_is_given_up_after_five_attempts(clara, broken_email):
    broken_email["busy"] = True
    notification = tell(clara)
    outbox.drain()
    for _ in range(4):
        Delivery.objects.update(free_at=clock.system_now())
        dispatch(notification_id=notification.pk)

    assert [(each.state, each.attempts) for each in Delivery.objects.all()] == [("failed", 5)]


def test_what_a_lost_worker_held_is_sent_after_its_lease_and_not_before(clara, sent):
    notification = tell(clara)
    Delivery.objects.create(
        notification=notification,
        channel="email",
        state="sending",
        attempts=1,
        free_at=clock.system_now() + timedelta(minutes=2),
    )
    dispatch(notification_id=notification.pk)
    assert sent == []

    Delivery.objects.update(free_at=clock.system_now() - timedelta(seconds=1))
    dispatch(notification_id=notification.pk)
    assert [each.tracker for each in sent] == [str(Delivery.objects.get().pk)]


def test_a_survey_asked_at_night_waits_for_nine_in_the_morning(clara, sent):
    night = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)  # Nine in the evening.
    with clock.travelling_to(night):
        notification = tell(clara, ASKED)
        outbox.drain()
        assert sent == []
    morning = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
    with clock.travelling_to(morning - timedelta(seconds=1)):
        timers.run_due_of(notification.pk)
        assert sent == []
    with clock.travelling_to(morning):
        timers.run_due_of(notification.pk)
        assert len(sent) == 1


def test_money_does_not_wait_for_the_morning(clara, sent):
    with clock.travelling_to(datetime(2026, 11, 22, 3, 0, tzinfo=UTC)):
        tell(clara, PAID)
        outbox.drain()
    assert len(sent) == 1


def test_what_has_expired_is_not_sent(clara, sent):
    with clock.travelling_to(DAY):
        notification = tell(clara)
    with clock.travelling_to(DAY + timedelta(days=2)):
        dispatch(notification_id=notification.pk)

    notification.refresh_from_db()
    assert (sent, notification.finished_at) == ([], DAY + timedelta(days=2))


def test_nothing_stays_due_when_everything_was_sent(clara):
    tell(clara)
    outbox.drain()
    assert not Timer.objects.filter(state="pending").exists()


def test_money_messages_cannot_be_turned_off(clara):
    user = Membership.objects.get(pk=clara.member_id).user
    with pytest.raises(CannotTurnOff):
        set_preference(user_id=user.pk, purpose="money", channel="email", wanted=False)
    assert not Preference.objects.exists()


def test_a_notice_is_read_in_the_readers_language(patitas):
    row = Notification(notice="messaging.login_code", values={"code": "4821"})
    text = text_of(row, locale="pt-BR", tenant=patitas)
    assert text.subject == "4821 é o seu código"


def test_two_notices_cannot_share_a_name():
    with pytest.raises(ValueError, match=r"two notices are called tests\.paid"):
        Notice(name="tests.paid", purpose="money", subject="", body="", path="/")
    assert NOTICES["tests.paid"] is PAID


def test_a_login_code_is_sealed_until_sent_and_forgotten_afterwards(patitas, sent):
    code = send_code(channel="sms", to="+525512345678", code="482193", locale="es")
    assert b"482193" not in bytes(LoginCode.objects.get().sealed)
    outbox.drain()

    (parcel,) = sent
    assert (parcel.channel, parcel.to) == ("sms", "+525512345678")
    assert parcel.text == ("482193 es tu código para entrar. Vale por 10 minutos. No lo compartas.")
    code.refresh_from_db()
    assert (code.state, bytes(code.sealed)) == ("sent", b"")
    with connection.cursor() as cursor:
        cursor.execute("select payload::text from kernel_outboxevent")
        assert not any("482193" in payload for (payload,) in cursor.fetchall())


def test_a_code_that_confirms_does_not_say_that_it_signs_in(patitas, sent):
    send_code(channel="sms", to="+525512345678", code="482193", locale="es", confirms=True)
    outbox.drain()

    (parcel,) = sent
    assert parcel.text.startswith("482193 confirma que eres tú quien mueve dinero")
    assert "para entrar" not in parcel.text


def test_an_old_code_is_never_sent(patitas, sent):
    with clock.travelling_to(DAY):
        send_code(channel="email", to="x@example.com", code="482193", locale="es")
    with clock.travelling_to(DAY + timedelta(minutes=10)):
        outbox.drain()
    assert (sent, LoginCode.objects.get().state) == ([], "expired")


def test_a_stranger_is_told_nothing(patitas, carla):
    with pytest.raises(Exception, match="foreign key"), transaction.atomic():
        notify(to_id=carla.member_id, notice=PAID, about=str(uuid4()))

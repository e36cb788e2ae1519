"""Every row of the table of notices is sent once, to whom it says, in their words and zone."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from kernel import clock
from kernel.actor import Actor, Role
from marketplace.bookings.actions.moves import due_times
from marketplace.bookings.actions.remind import REMINDERS, remind
from marketplace.bookings.actions.take_offer import take_offer
from marketplace.bookings.models import Booking
from marketplace.bookings.notices.table import CUSTOMER, TABLE, WORKER
from marketplace.bookings.queries.dispatch import offers_of
from marketplace.catalog.models import Service, WorkerService
from tenants.messaging.models import Notification
from tenants.messaging.notice import NOTICES
from tenants.messaging.queries import text_of
from tenants.tenancy.models import Tenant
from tests.support.worlds import joins
from tests.support.worlds_bookings import (
    MONDAY_NINE,
    WEDNESDAY_TEN,
    booked,
    fresh,
    pays,
    steps,
    time_passes,
)
from tests.support.worlds_market import settled, works

HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)


class Story:
    """Bookings of one world, each on a day of its own, told by the people in it."""

    def __init__(self, offer: WorkerService, clara: Actor, ana: Actor) -> None:
        self.offer, self.clara, self.ana = offer, clara, ana
        self.day = WEDNESDAY_TEN

    def book(self, mode: str, **more: object) -> Booking:
        Service.objects.filter(pk=self.offer.service_id).update(
            booking_mode=mode, price_owner="tenant" if mode == "dispatch" else "worker"
        )
        self.offer.service.refresh_from_db()
        self.day += DAY
        return pays(booked(self.clara, self.offer, starts_at=self.day, **more))

    def at(self, moment: datetime, by: Actor, booking: Booking, step: str, **facts: object):
        with clock.travelling_to(moment):
            return steps(by, booking, step, **facts)


def a_request_to_its_end(tell: Story) -> None:
    asked = tell.book("request")
    asked = time_passes(asked, due_times(asked)["answer_soon"])
    agreed = steps(tell.ana, asked, "accept")
    start = agreed.starts_at
    for moment in (start - DAY, start - 2 * HOUR, agreed.should_depart_at + 5 * MINUTE):
        agreed = time_passes(agreed, moment)
    tell.at(start + 12 * MINUTE, tell.ana, agreed, "depart")
    tell.at(start + 20 * MINUTE, tell.ana, agreed, "arrive")
    tell.at(start + 21 * MINUTE, tell.clara, agreed, "check_in")
    tell.at(start + HOUR, tell.ana, agreed, "propose_extra", reason="Uñas", amount_minor=10_000)
    tell.at(start + HOUR, tell.clara, agreed, "approve_extra", agree=False)
    done = tell.at(start + 2 * HOUR, tell.ana, agreed, "check_out")
    time_passes(done, due_times(done)["confirm_soon"])
    over = tell.at(start + 22 * HOUR, tell.clara, done, "confirm")
    half = {"about": "partial", "words": "Quedó a medias.", "amount_minor": 20_000}
    over = tell.at(start + 23 * HOUR, tell.clara, over, "dispute", **half)
    time_passes(over, due_times(over)["dispute_answer"])
    partial = {"outcome": "partial", "amount_minor": 10_000, "reason": "La mitad está bien."}
    tell.at(start + 80 * HOUR, tell.ana, over, "propose_settlement", **partial)
    tell.at(start + 81 * HOUR, tell.clara, over, "settle")


def requests_that_come_to_nothing(tell: Story) -> None:
    steps(tell.ana, tell.book("request"), "decline", reason="No alcanzo")
    asked = tell.book("request")
    time_passes(asked, due_times(asked)["expire"])


def nobody_is_found(tell: Story) -> None:
    looking = time_passes(tell.book("dispatch"), MONDAY_NINE)
    for name in ("still_looking", "no_match"):
        looking = time_passes(looking, due_times(looking)[name])


def somebody_else_comes(tell: Story) -> None:
    steps(tell.ana, tell.book("instant"), "cancel", reason="Estoy enferma")
    agreed = tell.book("instant", substitute_ok=True)
    sought = time_passes(steps(tell.ana, agreed, "cancel", reason="Estoy enferma"), MONDAY_NINE)
    bea = joins("bea", Role.WORKER)
    take_offer(by=bea, offered_id=offers_of(bea).get().pk)
    settled()
    assert fresh(sought).state == "confirmed"


def another_time(tell: Story) -> None:
    agreed = steps(tell.ana, tell.book("request"), "accept")
    steps(tell.clara, agreed, "propose_time", starts_at=agreed.starts_at + 3 * HOUR)
    steps(tell.ana, agreed, "answer_time", agree=True)
    steps(tell.ana, agreed, "propose_time", starts_at=agreed.starts_at)
    steps(tell.clara, agreed, "answer_time", agree=False)
    steps(tell.clara, agreed, "cancel")


def somebody_does_not_come(tell: Story) -> None:
    waited = tell.book("instant")
    late = waited.starts_at + 25 * MINUTE
    tell.at(late, tell.clara, waited, "report_no_show")
    tell.at(late, tell.clara, waited, "withdraw_report")
    accused = tell.at(late, tell.clara, waited, "report_no_show")
    time_passes(accused, due_times(accused)["settle"])
    stood = tell.book("instant")
    tell.at(stood.starts_at, tell.ana, stood, "arrive")
    tell.at(stood.starts_at + 5 * MINUTE, tell.ana, stood, "contact")
    reported = tell.at(stood.starts_at + 20 * MINUTE, tell.ana, stood, "report_no_show")
    time_passes(reported, due_times(reported)["settle"])


def a_visit_that_goes_wrong(tell: Story) -> None:
    visit = tell.book("instant")
    tell.at(visit.starts_at, tell.clara, visit, "check_in")
    tell.at(visit.starts_at + HOUR, tell.ana, visit, "leave_unsafe", reason="Me gritó.")
    unseen = tell.book("instant")
    time_passes(unseen, due_times(unseen)["assume_delivered"])


STORIES: tuple[Callable[[Story], None], ...] = (
    *(a_request_to_its_end, requests_that_come_to_nothing, nobody_is_found),
    *(somebody_else_comes, another_time, somebody_does_not_come, a_visit_that_goes_wrong),
)


@pytest.fixture
def told(offer, clara, ana) -> Counter[tuple[str, str]]:
    """Everything that happens to bookings has happened: notices by name and side, counted."""
    works("bea", prices={"walk-60": 50_000})
    settled()
    story = Story(offer, clara, ana)
    for each in STORIES:
        each(story)
    return _told(clara)


def _told(clara: Actor) -> Counter[tuple[str, str]]:
    rows = Notification.objects.filter(notice__startswith="bookings.")
    sides = {True: CUSTOMER, False: WORKER}
    return Counter((each.notice, sides[each.to_id == clara.member_id]) for each in rows)


def other_side(side: str) -> str:
    return WORKER if side == CUSTOMER else CUSTOMER


def test_every_row_is_sent_to_whom_it_says_once_and_a_repeat_sends_nothing(told, clara):
    missing = [row.moment for row in TABLE if not told[row.notice.name, row.to]]
    assert missing == []
    wrong = [row.moment for row in TABLE if told[row.notice.name, other_side(row.to)]]
    assert wrong == []
    keys = Counter(Notification.objects.values_list("to_id", "notice", "about"))
    assert max(keys.values()) == 1
    for booking in Booking.objects.all():
        with clock.travelling_to(booking.entered_at):
            for which in REMINDERS:
                remind(booking_id=booking.pk, which=which)
    count = Notification.objects.count()
    for booking in Booking.objects.all():
        for which in REMINDERS:
            remind(booking_id=booking.pk, which=which)
    assert Notification.objects.count() == count


def test_whoever_reads_it_reads_their_own_language_and_the_clock_of_the_visit(
    clara_booked_ana, clara
):
    told = Notification.objects.get(notice="bookings.confirmed_customer")
    tenant = Tenant.objects.get(pk=told.tenant_id)
    assert "10:00" in text_of(told, locale="es", tenant=tenant).subject
    told.values["zone"] = "America/Sao_Paulo"
    portuguese = text_of(told, locale="pt-BR", tenant=tenant).subject
    assert ("13:00" in portuguese, portuguese.startswith("Confirm")) == (True, True)
    assert "{" not in portuguese


def test_a_notice_of_a_booking_is_in_the_table_or_belongs_to_somebody_else():
    listed = {row.notice.name for row in TABLE}
    ours = {name for name in NOTICES if name.startswith("bookings.")}
    assert ours - listed <= OTHERS
    assert ours >= OTHERS


# Of money, of the office, in cash, or another form of a row above.
OTHERS = {
    f"bookings.{name}"
    for name in (
        *("released_worker", "part_below_nothing", "payment_lost_customer", "waived_customer"),
        *("requested_customer_cash", "confirmed_customer_cash", "confirmed_worker_cash"),
        *("declined_customer_cash", "expired_customer_cash", "cancelled_customer_cash"),
        *("cancelled_worker_cash", "worker_cannot_come_cash", "completed_worker_cash"),
        *("extra_yes_worker", "extra_unpaid_worker", "dispute_opened_customer"),
        *("dispute_yours_worker", "dispute_unanswered_customer", "dispute_proposed_worker"),
        # Of visits that are paid later.
        *("confirmed_customer_before", "confirmed_customer_after", "requested_customer_later"),
        *("payment_due_customer", "payment_due_worker", "card_declined_customer"),
        *("please_pay_customer", "paid_after_all_customer", "paid_after_all_worker"),
        *("final_price_customer", "completed_worker_later", "guaranteed_worker"),
        *("cancelled_customer_free", "cancelled_customer_later"),
        # Of packages and series.
        *("package_bought", "package_credit_back", "package_used_up", "package_ending"),
        *("package_expired", "package_refunded", "series_offered", "series_declined"),
        *("series_started", "series_started_worker", "series_changed_worker", "series_clash"),
        *("series_paused_worker", "series_ended_customer", "series_ended_worker"),
        "series_unpaid",
    )
}

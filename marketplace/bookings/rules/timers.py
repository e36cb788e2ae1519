"""When a booking's timers are due. Every time is counted from a state or a visit."""

from datetime import datetime, timedelta

PAY_AT_LEAST = timedelta(minutes=15)
ANSWER_WITHIN = timedelta(hours=24)
ANSWER_BEFORE_START = timedelta(hours=2)
ANSWER_AT_LEAST = timedelta(minutes=10)
CHOOSE_AT_LEAST = timedelta(minutes=15)
ASSUMED_DELIVERED_AFTER_END = timedelta(hours=24)
CHECKED_OUT_AFTER_END = timedelta(hours=2)
COMPLETED_AFTER = timedelta(hours=24)
COMPLETED_AFTER_DOUBT = timedelta(hours=48)
UNSAFE_PAID_AFTER = timedelta(hours=72)
LATE_AFTER = timedelta(minutes=10)
LEFT_LATE_AFTER = timedelta(minutes=5)
CONFIRM_SOON_BEFORE = timedelta(hours=6)
REMINDERS = {"reminder_day": timedelta(hours=24), "reminder_hours": timedelta(hours=2)}


def pay_by(
    *, entered_at: datetime, starts_at: datetime, within: timedelta, notice: timedelta
) -> datetime:
    """T1: until then the slot waits for the payment.

    Where paying takes long, never into the notice that the worker wants; but always a while.
    """
    latest = min(entered_at + within, starts_at - notice)
    return max(latest, entered_at + min(within, PAY_AT_LEAST))


def wait_for_money_until(*, starts_at: datetime, notice: timedelta) -> datetime:
    """Until then money that is promised may come: the worker's notice is the worker's."""
    return starts_at - notice


def answer_by(*, entered_at: datetime, starts_at: datetime) -> datetime:
    """T2: until then the worker may answer a request, but always has ten minutes."""
    latest = min(entered_at + ANSWER_WITHIN, starts_at - ANSWER_BEFORE_START)
    return max(latest, entered_at + ANSWER_AT_LEAST)


def choose_by(*, entered_at: datetime, starts_at: datetime) -> datetime:
    """T10: until then the customer may choose what to do about a worker who cannot come."""
    latest = min(entered_at + ANSWER_WITHIN, starts_at - ANSWER_BEFORE_START)
    return max(latest, entered_at + CHOOSE_AT_LEAST)


def assume_delivered_at(*, ends_at: datetime) -> datetime:
    """T7: nobody started the visit in the product; a day later we ask both."""
    return ends_at + ASSUMED_DELIVERED_AFTER_END


def check_out_at(*, ends_at: datetime) -> datetime:
    """T8: nobody ended the visit."""
    return ends_at + CHECKED_OUT_AFTER_END


def complete_at(*, entered_at: datetime, flagged: bool) -> datetime:
    """T9: the customer said nothing; twice as long where something is in doubt."""
    return entered_at + (COMPLETED_AFTER_DOUBT if flagged else COMPLETED_AFTER)


def reminders(*, starts_at: datetime, at: datetime) -> dict[str, datetime]:
    """Return the reminders that are still ahead, by name."""
    times = {name: starts_at - before for name, before in REMINDERS.items()}
    return {name: due for name, due in times.items() if due > at}


def settle_at(
    *, entered_at: datetime, accused: str, worker: timedelta, customer: timedelta
) -> datetime:
    """T6: until then whoever is said not to have come may answer."""
    return entered_at + (worker if accused == "worker" else customer)


def dispute_times(
    *, entered_at: datetime, answer: timedelta, agree: timedelta
) -> dict[str, datetime]:
    """Return what is due in a dispute: the money that is not contested, an answer, the office.

    After a fortnight what rests is freed, decided or not.
    """
    return {
        "release_rest": entered_at + COMPLETED_AFTER,
        "dispute_answer": entered_at + answer,
        "dispute_owner": entered_at + answer + agree,
        "dispute_thaw": entered_at + timedelta(days=14),
    }


def halfway(*, entered_at: datetime, due: datetime) -> datetime:
    """Return when half of the time until a deadline is over."""
    return entered_at + (due - entered_at) / 2


def on_the_way(
    *, starts_at: datetime, should_depart_at: datetime | None, at: datetime
) -> dict[str, datetime]:
    """Return when somebody should have left, and when they are late; as far as still ahead."""
    times = {"is_late": starts_at + LATE_AFTER}
    if should_depart_at is not None:
        times["leave_now"] = should_depart_at + LEFT_LATE_AFTER
    return {name: due for name, due in times.items() if due > at}


def confirm_soon(*, entered_at: datetime, due: datetime) -> dict[str, datetime]:
    """Return when a customer is reminded that a visit counts as confirmed; not where it is soon."""
    at = due - CONFIRM_SOON_BEFORE
    return {"confirm_soon": at} if at > entered_at else {}

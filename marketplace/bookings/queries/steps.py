"""Which steps one side may take at this very moment: the table's, less what would be refused."""

from collections.abc import Callable
from datetime import timedelta

from kernel import clock
from kernel.errors import Refusal
from marketplace.bookings.models import Booking, Extra, Settlement, TimeProposal
from marketplace.bookings.rules import guards, no_show
from marketplace.bookings.rules.process import Party
from marketplace.bookings.tenant_settings import VisitSettings
from tenants.tenancy.queries import settings_of

LONGEST_TO_DISPUTE = timedelta(days=30)


def steps_now(booking: Booking, party: Party) -> list[str]:
    """Return the steps that this side may take at this moment."""
    steps = booking.rule.steps_of(party, origin=booking.at, branch=booking.mode)
    return [step for step in steps if _possible(booking, step, party)]


def _possible(booking: Booking, step: str, party: Party) -> bool:
    check = _CHECKS.get(step)
    return check is None or check(booking, party)


def open_proposal(booking: Booking) -> TimeProposal | None:
    """Return the other time that waits for an answer, if there is one."""
    return TimeProposal.objects.filter(booking=booking, state=TimeProposal.OPEN).first()


def _may_begin(booking: Booking, party: Party) -> bool:
    return guards.may_begin(starts_at=booking.starts_at, at=clock.now())


def _waits_for(booking: Booking, party: Party) -> bool:
    """Tell whether another time waits for this side; lists bring the answer along."""
    name = f"asks_{party}"
    if name not in vars(booking):
        proposal = open_proposal(booking)
        return proposal is not None and not getattr(proposal, f"{party}_agreed")
    return bool(vars(booking)[name])


def _may_report(booking: Booking, party: Party) -> bool:
    if clock.now() < booking.starts_at:
        return False
    wait = timedelta(minutes=settings_of(VisitSettings).wait_minutes)
    try:
        no_show.check_report(
            by=party,
            starts_at=booking.starts_at,
            arrived_at=booking.arrived_at,
            contacted_at=booking.contacted_at,
            at=clock.now(),
            wait=wait,
        )
    except Refusal:
        return False
    return True


def _is_accused(booking: Booking, party: Party) -> bool:
    return booking.accused == party


def _is_not_accused(booking: Booking, party: Party) -> bool:
    return booking.accused != party


def _has_arrived(booking: Booking, party: Party) -> bool:
    return booking.arrived_at is not None


def _is_offered(booking: Booking, party: Party) -> bool:
    """Tell whether the other side has proposed how to end a disagreement."""
    offers = Settlement.objects.filter(dispute__booking=booking, open=True)
    return offers.exclude(by_party=party).exists()


def _is_recent(booking: Booking, party: Party) -> bool:
    """Tell whether a dispute might be heard: the tenant's own limit is looked at when it comes."""
    return clock.now() <= booking.ends_at + LONGEST_TO_DISPUTE


def _extra_waits(booking: Booking, party: Party) -> bool:
    """Tell whether something extra waits for the customer's answer."""
    return Extra.objects.filter(booking=booking, state=Extra.PROPOSED).exists()


def _may_propose_extra(booking: Booking, party: Party) -> bool:
    return not booking.in_cash and not _extra_waits(booking, party)


_CHECKS: dict[str, Callable[[Booking, Party], bool]] = {
    "check_in": _may_begin,
    "answer_time": _waits_for,
    "contact": _has_arrived,
    "report_no_show": _may_report,
    "withdraw_report": _is_not_accused,
    "contest": _is_accused,
    "settle": _is_offered,
    "dispute": _is_recent,
    "propose_extra": _may_propose_extra,
    "approve_extra": _extra_waits,
}

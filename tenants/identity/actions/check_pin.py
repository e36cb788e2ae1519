"""The customer tells the worker a PIN; the worker types it; the work may begin."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import Conflict, NotFound
from kernel.events import publish
from tenants.identity.events import VisitProved
from tenants.identity.models import Visit
from tenants.identity.queries.visits import codes_key
from tenants.identity.rules import pins
from tenants.identity.rules.badge_page import may_start
from tenants.identity.rules.pins import Tries, Verdict


class VisitOver(Conflict):
    code = "visit.over"
    title = "This visit is over."


class TooEarly(Conflict):
    code = "visit.too_early"
    title = "You can start from 30 minutes before the visit."


@dataclass(frozen=True, slots=True)
class PinOutcome:
    """What became of a try. It never raises: a wrong try is a fact that has to be kept."""

    verdict: Verdict
    left: int = 0
    until: datetime | None = None
    method: str = ""

    @property
    def ok(self) -> bool:
        """Tell whether the visit may begin."""
        return self.verdict == Verdict.RIGHT


@transaction.atomic
def check_pin(*, by: Actor, visit_id: UUID, pin: str) -> PinOutcome:
    """Weigh the PIN that a worker typed, and count it.

    Five wrong ones lock for 15 minutes, against the right one too; after ten only the customer's
    link or a scan of the badge helps (`vouch`). Once proved, a visit stays proved.
    """
    visit = _locked(visit_id)
    if by.member_id != visit.worker_id:
        raise NotFound(what="visit")
    if visit.proved_at is not None:
        return PinOutcome(Verdict.RIGHT, method=visit.proved_by)
    right = pins.code(codes_key(visit.kid), "start", visit.pk, visit.gen)
    before = Tries(visit.wrong_tries, visit.locked_until)
    matches = hmac.compare_digest(pin.strip().encode(), right.encode())
    tries, verdict = pins.judge(before, right=matches, at=clock.now())
    if verdict == Verdict.RIGHT:
        _prove(visit, by=by, method=Visit.PIN)
    elif tries != before:
        visit.wrong_tries, visit.locked_until = tries.wrong, tries.locked_until
        visit.save(update_fields=["wrong_tries", "locked_until"])
    until = tries.locked_until if verdict == Verdict.LOCKED else None
    return PinOutcome(verdict, pins.tries_left(tries), until, visit.proved_by)


@transaction.atomic
def vouch(*, visit_id: UUID, method: str) -> Visit:
    """Let the customer open the visit without a PIN: on their own link, or by scanning the badge.

    Safe to repeat. The door has made sure that it is the customer who asks.
    """
    visit = _locked(visit_id)
    if visit.ended_at is not None:
        raise VisitOver
    if not may_start(visit.starts_at, visit.ends_at, at=clock.now()):
        raise TooEarly
    if visit.proved_at is None:
        by = Actor(role=Role.CUSTOMER, member_id=visit.customer_id)
        _prove(visit, by=by, method=method)
    return visit


def _locked(visit_id: UUID) -> Visit:
    try:
        return Visit.objects.select_for_update().get(pk=visit_id)
    except Visit.DoesNotExist:
        raise NotFound(what="visit") from None


def _prove(visit: Visit, *, by: Actor, method: str) -> None:
    visit.proved_at, visit.proved_by = clock.now(), method
    visit.save(update_fields=["proved_at", "proved_by"])
    publish(VisitProved(visit_id=str(visit.pk), method=method), by=by)

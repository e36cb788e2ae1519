"""Jobs that go round: what dispatch is asked, what it writes down, and who may read what of it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.money import Money
from marketplace.bookings.models import Booking, Offered, StepTaken, Wave
from marketplace.bookings.queries.preferences import stated_for
from marketplace.bookings.rules.lines import Kind
from marketplace.bookings.rules.process import Party, State
from marketplace.catalog.models import Worker
from marketplace.catalog.queries import own_worker
from marketplace.catalog.rules.areas import Place
from marketplace.matching.queries.candidates import LOOKS_BACK, Found, Request
from marketplace.matching.queries.favourites import favourites_of
from marketplace.matching.rules import dispatch
from marketplace.matching.rules.dispatch import Barrier
from marketplace.matching.rules.waves import Rounds, chosen
from tenants.support.models import DecisionRecord

POLICY = "dispatch-1"
MOST_TOLD = 10
ROWS = "rows"  # What is a table of its own, and shown as one.
EARNED = (State.DELIVERED, State.COMPLETED, State.RESOLVED)
SUBSTITUTED = (State.MATCHING, State.AWAITING_CHOICE)
Record = Mapping[str, Any]


def request_for(booking: Booking) -> Request:
    """Return what a booking asks of dispatch, with what everybody earned and was asked lately."""
    since = clock.now() - LOOKS_BACK
    done = Booking.objects.filter(state__in=EARNED, finished_at__gte=since)
    earned = done.values("worker_id").annotate(minor=Sum("worker_minor"))
    offers = Offered.objects.filter(at__gte=since).exclude(booking=booking)
    exposure = offers.values("worker_id").annotate(times=Count("pk"))
    at_customer = booking.worker_service.service.location == "at_customer"
    known = at_customer and booking.latitude is not None and booking.longitude is not None
    return Request(
        service_id=booking.worker_service.service_id,
        customer_id=booking.customer_id,
        starts_at=booking.starts_at,
        minutes=int((booking.ends_at - booking.starts_at) / timedelta(minutes=1)),
        place=Place(booking.latitude, booking.longitude) if known else None,  # type: ignore[arg-type]  # `known` looked.
        language=booking.customer.user.locale,
        price_minor=agreed_minor(booking),
        variant_id=booking.quote.variant_id,
        wishes=stated_for(booking),
        favourites=favourites_of(booking.customer_id),
        earned={row["worker_id"]: row["minor"] for row in earned},
        exposure={row["worker_id"]: row["times"] for row in exposure},
        barriers=dict.fromkeys(_said_no(booking), (Barrier.DECLINED,)),
    )


def agreed_minor(booking: Booking) -> int:
    """Return what the work itself was agreed at, for one of what is counted, without extras."""
    service = [line for line in booking.price_lines if line.kind == Kind.SERVICE]
    return service[0].unit_minor if service else booking.worker_service.price.minor


def _said_no(booking: Booking) -> set[UUID]:
    """Return who did not want this job: declined an offer of it, or had it and cannot come."""
    declined = Offered.objects.filter(booking=booking, state=Offered.DECLINED)
    found = set(declined.values_list("worker_id", flat=True))
    gave_up = StepTaken.objects.filter(booking=booking, step="cancel", state__in=SUBSTITUTED)
    members = gave_up.filter(actor_role=Party.WORKER).values("actor_id")
    found.update(Worker.objects.filter(member__in=members).values_list("pk", flat=True))
    if booking.sought_at is not None:
        found.add(booking.worker_id)  # Suspended, say: the step was not theirs.
    return found


def policy_version(weights: Mapping[str, float], rounds: Rounds) -> str:
    """Return a name for the rules in force: another weight is another policy."""
    told = json.dumps([dict(weights), rounds.size, rounds.lasts.seconds], sort_keys=True)
    return f"{POLICY}:{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def record_of(
    found: Found,
    placed: Sequence[dispatch.Placed],
    *,
    weights: Mapping[str, float],
    asked: frozenset[str],
    offered: Sequence[str],
    number: int,
    rounds: Rounds,
) -> dict[str, Any]:
    """Return what is written down of a wave: enough to work it out again, and to explain it."""
    inputs = {
        "wave": number,
        "size": rounds.size,
        "waves": rounds.most,
        "mean_minor": found.mean_minor,
        "candidates": dispatch.told(found.candidates),
        "asked_before": sorted(asked),
        "order": _order(placed),
        "excluded": dispatch.excluded(found.candidates),
        "offered": list(offered),
    }
    return {
        "policy_version": policy_version(weights, rounds),
        "weights": dict(weights),
        "candidates_n": len(found.candidates),
        "inputs": [
            {"name": name, "value": value, "unit": ROWS if isinstance(value, list | dict) else ""}
            for name, value in inputs.items()
        ],
    }


def _order(placed: Sequence[dispatch.Placed]) -> list[dict[str, Any]]:
    """Return an order as it is written down, and compared when it is worked out again."""
    return [
        {
            "worker": each.candidate.worker,
            "rank": each.rank,
            "score": each.score,
            "features": dict(each.features),
            "contributions": dict(each.contributions),
        }
        for each in placed
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A wave worked out again from its record alone."""

    record: DecisionRecord
    number: int
    size: int
    weights: Mapping[str, float]
    everyone: list[dispatch.Candidate]
    placed: list[dispatch.Placed]
    excluded: dict[str, str]
    offered: list[str]
    same: bool
    asked_before: frozenset[str]


def replay(record: DecisionRecord) -> Replay:
    """Work a wave out again, and tell whether it comes to the same order, scores and people."""
    body: Record = json.loads(record.body)
    given = {each["name"]: each["value"] for each in body["inputs"]}
    everyone = dispatch.heard(given["candidates"])
    placed = dispatch.rank(everyone, mean_minor=given["mean_minor"], weights=body["weights"])
    rounds = Rounds(size=given["size"], most=given["waves"])
    before = frozenset(given["asked_before"])
    order = [each.candidate.worker for each in placed]
    offered = chosen(order, asked=before, number=given["wave"], rounds=rounds)
    again = _order(placed)
    excluded = dispatch.excluded(everyone)
    return Replay(
        record=record,
        number=given["wave"],
        size=given["size"],
        weights=body["weights"],
        everyone=everyone,
        placed=placed,
        excluded=excluded,
        offered=offered,
        same=(again, excluded, offered) == (given["order"], given["excluded"], given["offered"]),
        asked_before=before,
    )


def words_about_offer(booking: Booking, *, net: Money) -> dict[str, str | int]:
    """Return what somebody may know of a job they are asked about, as plain values."""
    return {
        "code": booking.code,
        "service": booking.service_name,
        "starts_at": booking.starts_at.isoformat(),
        "zone": booking.zone,
        "currency": booking.currency,
        "net_minor": net.minor,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPart:
    """What one worker may read of a wave: their own values and place, nobody else's."""

    booking: Booking
    at: datetime
    rank: int | None
    reasons: list[str]
    barrier: str
    change: dispatch.Change | None
    km: float
    rating: float
    candidates_n: int


def own_part(wave: Wave, *, worker_id: UUID) -> OwnPart | None:
    """Return what a wave's record says about one worker; None if they do not offer the service."""
    again = replay(DecisionRecord.objects.get(pk=wave.decision_id))
    name = str(worker_id)
    own = next((each for each in again.everyone if each.worker == name), None)
    if own is None:
        return None
    placed = next((each for each in again.placed if each.candidate.worker == name), None)
    change = None
    if placed is not None and name not in again.offered:
        left = [each for each in again.placed if each.candidate.worker not in again.asked_before]
        change = dispatch.why_not(left, name, most=again.size, weights=again.weights)
    return OwnPart(
        booking=wave.booking,
        at=wave.at,
        rank=placed.rank if placed else None,
        reasons=dispatch.reasons(placed) if placed and name in again.offered else [],
        barrier=again.excluded.get(name, ""),
        change=change,
        km=own.km,
        rating=own.rating,
        candidates_n=len(again.everyone),
    )


def not_offered(by: Actor) -> list[OwnPart]:
    """Return the latest jobs that a worker was not asked about, with why not."""
    worker = own_worker(by)
    asked = Offered.objects.filter(worker=worker).values("booking_id")
    waves = Wave.objects.filter(number=1, at__gte=clock.now() - LOOKS_BACK)
    others = waves.exclude(booking__in=asked).select_related("booking")
    latest = others.order_by("-at")[:MOST_TOLD]
    parts = [own_part(wave, worker_id=worker.pk) for wave in latest]
    return [part for part in parts if part is not None and part.barrier != Barrier.BLOCK]


def offers_of(by: Actor) -> QuerySet[Offered]:
    """Return the jobs that a worker is being asked about, the soonest first."""
    mine = Offered.objects.filter(worker=own_worker(by), state=Offered.OPEN)
    open_ = mine.filter(booking__state=State.MATCHING)
    return open_.select_related("booking", "wave", "worker").order_by("booking__starts_at", "id")


def offer_to(*, by: Actor, offered_id: UUID) -> Offered:
    """Return a job that a worker was asked about, answered or not."""
    rows = Offered.objects.select_related("booking", "wave", "worker")
    if (found := rows.filter(pk=offered_id, worker=own_worker(by)).first()) is None:
        raise NotFound(what="offer")
    return found


def names_of(worker_ids: Sequence[str]) -> dict[str, str]:
    """Return the names of workers by id, for the office."""
    rows = Worker.objects.filter(pk__in=worker_ids).values_list("pk", "name")
    known = {str(key): name for key, name in rows}
    return {key: known.get(key, "—") for key in worker_ids}


def asked_so_far(booking: Booking) -> int:
    """Return how many people were asked whether they take a booking."""
    return Offered.objects.filter(booking=booking, entry=booking.entry).count()

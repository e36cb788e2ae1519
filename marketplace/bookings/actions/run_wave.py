"""A job goes round: the next few of those who may take it are asked, and why is written down."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM
from kernel.ids import uuid7
from kernel.timers import set_timer
from marketplace.bookings.actions.reprice import repriced
from marketplace.bookings.models import Booking, Offered, Wave
from marketplace.bookings.notices import dispatch as notices
from marketplace.bookings.queries.dispatch import record_of, request_for
from marketplace.bookings.queries.dispatch import words_about_offer as words_about
from marketplace.bookings.rules.process import State
from marketplace.matching.queries.candidates import Found, candidates
from marketplace.matching.rules import dispatch
from marketplace.matching.rules.waves import Rounds, chosen, next_at
from marketplace.matching.tenant_settings import DispatchSettings
from tenants.messaging.actions.notify import notify
from tenants.messaging.rules.quiet_hours import quiet_until
from tenants.support.actions.record_decision import record_decision
from tenants.tenancy.queries import settings_of

NEXT_WAVE = "bookings.next_wave"


@transaction.atomic
def run_wave(*, booking_id: UUID) -> Wave | None:
    """Ask the next few whether they take a job that nobody has taken; None when it is not open.

    In quiet hours only those are asked who wanted to be; with none of them it waits for morning.
    """
    booking = _locked(booking_id)
    if booking is None:
        return None
    at = clock.now()
    decided = settings_of(DispatchSettings)
    rounds = Rounds(size=decided.wave_size, lasts=timedelta(minutes=decided.wave_minutes))
    earlier = Offered.objects.filter(booking=booking, entry=booking.entry)
    asked = frozenset(str(key) for key in earlier.values_list("worker_id", flat=True))
    waves = Wave.objects.filter(booking=booking, entry=booking.entry)
    number = waves.count() + 1
    found = candidates(request_for(booking))
    weights = weights_of(decided)
    placed = dispatch.rank(found.candidates, mean_minor=found.mean_minor, weights=weights)
    order = [each.candidate.worker for each in placed]
    names = chosen(order, asked=asked, number=number, rounds=rounds)
    morning = quiet_until(at, zone=booking.zone)
    if morning is not None and not names:
        _come_back(booking, morning)
        return None
    record = record_of(
        found, placed, weights=weights, asked=asked, offered=names, number=number, rounds=rounds
    )
    decision = record_decision(
        by=SYSTEM,
        kind="offer",
        subject_kind="booking",
        subject_id=booking.pk,
        outcome="offered" if names else "nobody",
        automated="full",
        **record,
    )
    due = next_at(at=at, number=number, rounds=rounds) or morning
    wave = Wave.objects.create(
        booking=booking,
        entry=booking.entry,
        number=number,
        decision_id=decision.pk,
        asked=len(names),
        at=at,
        next_at=due,
    )
    _offer(wave, found, {each.candidate.worker: each for each in placed}, names, at=at)
    if due is not None:
        _come_back(booking, due)
    return wave


def weights_of(decided: DispatchSettings) -> dict[str, float]:
    """Return what counts how much, as shares of the whole."""
    values = {str(name): float(getattr(decided, name)) for name in dispatch.WEIGHTS}
    whole = sum(values.values())
    return {name: value / whole for name, value in values.items()} if whole != 1 else values


def _locked(booking_id: UUID) -> Booking | None:
    rows = Booking.objects.select_for_update(of=("self",)).select_related(
        "worker_service__service", "customer__user", "worker__member"
    )
    return rows.filter(pk=booking_id, state=State.MATCHING).first()


def _come_back(booking: Booking, at: datetime) -> None:
    set_timer(NEXT_WAVE, subject_id=booking.pk, at=at, entry=f"{booking.entry}:{at.isoformat()}")


def _offer(
    wave: Wave,
    found: Found,
    placed: Mapping[str, dispatch.Placed],
    names: Sequence[str],
    *,
    at: datetime,
) -> None:
    booking = wave.booking
    for name in names:
        offer, own = found.offers[name], placed[name]
        net = repriced(booking, offer).net_pay
        Offered.objects.create(
            id=uuid7(),
            wave=wave,
            booking=booking,
            entry=booking.entry,
            worker=offer.worker,
            offer=offer,
            rank=own.rank,
            km=own.candidate.km,
            reasons=dispatch.reasons(own),
            net_minor=net.minor,
            at=at,
        )
        about = f"{booking.code}:{booking.entry}:offer"
        notify(
            to_id=offer.worker.member_id,
            notice=notices.OFFERED_WORKER,
            about=about,
            **words_about(booking, net=net),
        )

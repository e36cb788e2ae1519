"""Somebody asks what a job would cost, and the slot is theirs for fifteen minutes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotAllowed
from kernel.ids import uuid7
from kernel.money import Money
from marketplace.bookings.models import Package, Place, Quote
from marketplace.bookings.models.priced import columns_of
from marketplace.bookings.queries.packages import price_in_package
from marketplace.bookings.queries.paying import how_paid, knows_cash
from marketplace.bookings.queries.prices import (
    commission_rules,
    facts_for,
    quote_of,
    rates_for,
    withheld_for,
)
from marketplace.bookings.queries.somebody import Errand, first_for, other_times
from marketplace.bookings.rules import commission, guards
from marketplace.bookings.rules.lines import Kind, Line
from marketplace.bookings.rules.offers import NobodyFree
from marketplace.bookings.rules.packages import DoesNotFit
from marketplace.bookings.rules.price import CARD, CASH, Price, price, rates_in
from marketplace.bookings.tenant_settings import BookingSettings
from marketplace.catalog.actions.keep_answers import keep_answers
from marketplace.catalog.models import Service, WorkerService
from marketplace.catalog.queries import readiness, worker_service
from marketplace.catalog.queries.areas import area_of
from marketplace.catalog.queries.fields import fields_of_service, raw_answers, sensitive_codes
from marketplace.catalog.queries.terms import terms_of
from marketplace.catalog.rules.areas import Place as Point
from marketplace.catalog.rules.composition import Chosen, Composed, compose
from marketplace.matching.actions.hold_slot import hold_slot
from marketplace.matching.models import Occupancy
from marketplace.matching.queries import hold_time
from marketplace.matching.queries.candidates import blocked_workers
from payments.actions.promise_cash import check_cash
from payments.queries.taxes import tax_lines
from payments.rules.cash import CashLimitReached, CashWithoutTip
from payments.rules.taxes import Withholding
from tenants.tenancy.queries import member, settings_of

SERVED = (Service.INSTANT, Service.REQUEST, Service.DISPATCH)  # What a quote can book.


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody would like to have done: no prices, those are ours to say.

    `agreed` is what two people worked out between them, where a service has no price of its own.
    """

    worker_service_id: UUID
    starts_at: datetime
    address: str
    latitude: float | None = None
    longitude: float | None = None
    postal_code: str = ""
    note: str = ""
    variant_id: UUID | None = None
    units: int | None = None
    add_ons: Mapping[UUID, int] = field(default_factory=dict)
    answers: Mapping[str, object] = field(default_factory=dict)
    consents: frozenset[str] = frozenset()
    tip_minor: int = 0
    substitute_ok: bool = False
    source: str = "page"
    pay_in: str = CARD
    agreed: Composed | None = None
    package_id: UUID | None = None
    ahead: bool = False  # Further ahead than visits are booked one by one.


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """A wish with its price and everything that was frozen to work it out."""

    offer: WorkerService
    price: Price
    composed: Composed
    rules: dict[str, object]
    fee_tax_bp: int
    policy: str
    withheld: list[Withholding]
    package: Package | None = None

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.composed.minutes


@transaction.atomic
def make_quote(*, by: Actor | None, wish: Wish) -> Quote:
    """Price a wish and, for a customer, hold its slot; or refuse with the reason.

    Where we find somebody nobody's time is held: it is enough that one could come.
    """
    priced = price_wish(wish=wish, customer_id=by.member_id if by else None)
    if priced.offer.service.booking_mode == Service.DISPATCH:
        priced = _through_somebody(by, priced, wish)
    worker = priced.offer.worker
    _check_customer(by, worker.member.user_id)
    served = priced.offer.service.booking_mode in SERVED or wish.agreed is not None
    if readiness(worker) or not served:
        raise guards.NotBookable
    _check_pair(by, priced.offer)
    _check_place(priced.offer, wish)
    _check_cash(priced, wish)
    valid_until = clock.now() + hold_time()
    dispatched = priced.offer.service.booking_mode == Service.DISPATCH
    held = _hold(by, priced, wish, valid_until) if by and not dispatched else None
    quote = _store(by, priced, wish, valid_until, held)
    keep_answers(
        by=by,
        subject_id=quote.pk,
        fields=fields_of_service(priced.offer.service, target="job" if wish.agreed else "booking"),
        given=wish.answers,
        consents=wish.consents,
    )
    return quote


def _through_somebody(by: Actor | None, priced: Priced, wish: Wish) -> Priced:
    """Price it through one of those who could come; refuse, saying when else, if nobody can."""
    errand = errand_of(priced, wish, by=by)
    if errand.service.location == "at_customer" and errand.place is None:
        raise guards.QuoteInvalid(fields=["place"])
    if (somebody := first_for(errand)) is None:
        raise NobodyFree(times=[each.isoformat() for each in other_times(errand)])
    again = replace(wish, worker_service_id=somebody.pk)
    return price_wish(wish=again, customer_id=by.member_id if by else None)


def errand_of(priced: Priced, wish: Wish, *, by: Actor | None) -> Errand:
    """Return a wish that anybody may fulfil as dispatch understands it."""
    return Errand(
        service=priced.offer.service,
        starts_at=priced.composed.starts_at,
        minutes=priced.minutes,
        place=_point(wish),
        by=by,
    )


def _check_customer(by: Actor | None, worker_user_id: UUID) -> None:
    if by is None:
        return
    if by.role != Role.CUSTOMER or by.member_id is None:
        raise NotAllowed
    if member(by.member_id).user_id == worker_user_id:
        raise guards.OwnService


def price_wish(*, wish: Wish, customer_id: UUID | None = None) -> Priced:
    """Work out what a wish costs; nothing is stored or held."""
    offer = worker_service(wish.worker_service_id)
    chosen_parts = Chosen(variant=wish.variant_id, units=wish.units, add_ons=wish.add_ons)
    composed = wish.agreed or compose(terms_of(offer), chosen_parts, starts_at=wish.starts_at)
    if wish.package_id is not None:
        return _paid_ahead(wish, offer, composed, customer_id)
    rules, facts = (
        commission_rules(),
        facts_for(offer, at=clock.now(), source=wish.source, customer_id=customer_id),
    )
    chosen = {
        kind.value: commission.choose(rules, kind=kind, facts=facts) for kind in commission.Kind
    }
    taxes = tax_lines()
    rates = rates_in(rates_for(taxes, worker_member_id=offer.worker.member_id), pay_in=wish.pay_in)
    worked = price(
        lines=_lines(composed),
        tip=Money(offer.service.currency, wish.tip_minor),
        commission_rule=chosen[commission.Kind.WORKER_COMMISSION],
        fee_rule=chosen[commission.Kind.CUSTOMER_FEE],
        rates=rates,
    )
    if wish.tip_minor > worked.work_minor:
        raise guards.TipTooLarge(fields=["tip"])
    return Priced(
        offer=offer,
        price=worked,
        composed=composed,
        rules={
            kind: {"id": str(rule.rule_id), "version": rule.version}
            for kind, rule in chosen.items()
            if rule.rule_id
        },
        fee_tax_bp=rates.tax_bp,
        policy=settings_of(BookingSettings).cancellation.value,
        withheld=withheld_for(
            taxes, offer, starts_at=wish.starts_at, earned_minor=worked.blocks.worker.minor
        ),
    )


def _paid_ahead(
    wish: Wish, offer: WorkerService, composed: Composed, customer_id: UUID | None
) -> Priced:
    """Return the price of a visit that a package pays: what its next visit is worth."""
    assert wish.package_id
    if wish.tip_minor or wish.pay_in != CARD:
        raise DoesNotFit
    package, worked = price_in_package(
        customer_id=customer_id, package_id=wish.package_id, offer=offer, composed=composed
    )
    earned = worked.blocks.worker.minor
    return Priced(
        offer=offer,
        price=worked,
        composed=composed,
        rules=package.rules,
        fee_tax_bp=package.fee_tax_bp,
        policy=settings_of(BookingSettings).cancellation.value,
        withheld=withheld_for(tax_lines(), offer, starts_at=wish.starts_at, earned_minor=earned),
        package=package,
    )


def _lines(composed: Composed) -> list[Line]:
    parts = [(Kind.SERVICE, composed.work), *((Kind.ADD_ON, each) for each in composed.extras)]
    return [Line(kind=kind, **asdict(part)) for kind, part in parts]


def _check_place(offer: WorkerService, wish: Wish) -> None:
    if offer.service.location != "at_customer":
        return
    if not wish.address.strip():
        raise guards.QuoteInvalid(fields=["address"])
    if wish.latitude is None or wish.longitude is None:
        raise guards.QuoteInvalid(fields=["place"])
    point = Point(wish.latitude, wish.longitude)
    if not area_of(offer).contains(point, wish.postal_code):
        raise guards.OutOfArea(fields=["place"])


def _check_pair(by: Actor | None, offer: WorkerService) -> None:
    """Refuse, without saying why, where one of the two does not want to meet the other."""
    if by is None or by.member_id is None or offer.service.booking_mode == Service.DISPATCH:
        return
    if offer.worker_id in blocked_workers(by.member_id):
        raise guards.NotBookable


def _check_cash(priced: Priced, wish: Wish) -> None:
    """Cash needs a service that takes it, a worker who owes little, and no tip on the books."""
    if wish.pay_in == CARD:
        return
    if wish.pay_in != CASH or not knows_cash(priced.offer.service):
        raise guards.QuoteInvalid(fields=["pay_in"])
    if wish.tip_minor:
        raise CashWithoutTip(fields=["tip"])
    check_cash(
        worker_member_id=priced.offer.worker.member_id,
        blocks=priced.price.blocks,
        withheld_minor=sum(each.minor for each in priced.withheld),
    )


def takes_cash(*, offer: WorkerService) -> bool:
    """Tell whether a visit, without extras, could be paid to this worker in cash."""
    if not knows_cash(offer.service):
        return False
    plain = Wish(
        worker_service_id=offer.pk, starts_at=clock.now(), address="", pay_in=CASH, tip_minor=0
    )
    try:
        _check_cash(price_wish(wish=plain), plain)
    except CashLimitReached:
        return False
    return True


def _hold(by: Actor, priced: Priced, wish: Wish, until: datetime) -> Occupancy:
    """Hold the slot under the customer's name: asking again moves the hold."""
    assert by.member_id
    return hold_slot(
        offer=priced.offer,
        starts_at=priced.composed.starts_at,
        minutes=priced.minutes,
        owner=f"hold:{by.member_id.hex}:",
        until=until,
        place=_point(wish),
        any_day=wish.ahead,
    )


def _point(wish: Wish) -> Point | None:
    if wish.latitude is None or wish.longitude is None:
        return None
    return Point(wish.latitude, wish.longitude)


def _store(
    by: Actor | None, priced: Priced, wish: Wish, valid_until: datetime, held: Occupancy | None
) -> Quote:
    offer = priced.offer
    quote = Quote(
        id=uuid7(),
        customer_id=by.member_id if by else None,
        worker=offer.worker,
        worker_service=offer,
        mode=offer.service.booking_mode,
        completion=offer.service.completion,
        service_name=offer.service.name,
        source=wish.source,
        add_ons={str(key): count for key, count in wish.add_ons.items()},
        variant_id=priced.composed.variant,
        units=priced.composed.units,
        starts_at=priced.composed.starts_at,
        minutes=priced.minutes,
        ends_at=priced.composed.ends_at,
        zone=offer.worker.zone,
        latitude=wish.latitude,
        longitude=wish.longitude,
        substitute_ok=wish.substitute_ok,
        occupancy_id=held.pk if held else None,
        policy=priced.policy,
        pay_in=wish.pay_in,
        package=priced.package,
        **_how_paid(priced, wish),
        rules=priced.rules,
        fee_tax_bp=priced.fee_tax_bp,
        withheld=[asdict(each) for each in priced.withheld],
        hash=_hash(priced, wish),
        made_at=clock.now(),
        expires_at=valid_until,
        **columns_of(priced.price),
    )
    quote.place = Place(address=wish.address.strip(), note=wish.note.strip())
    quote.save(force_insert=True)
    return quote


def _how_paid(priced: Priced, wish: Wish) -> dict[str, Any]:
    at_once = wish.pay_in == CASH or wish.package_id is not None
    return how_paid(priced.offer.service, starts_at=priced.composed.starts_at, at_once=at_once)


def _hash(priced: Priced, wish: Wish) -> str:
    """Return a hash of what was offered: what, when, for how much, under which rules."""
    offered = {
        "offer": str(_offered(priced)),
        "starts_at": priced.composed.starts_at.isoformat(),
        "minutes": priced.minutes,
        "variant": str(priced.composed.variant or ""),
        "policy": priced.policy,
        "pay_in": wish.pay_in,
        "package": str(wish.package_id or ""),
        **_how_paid(priced, wish),
        "rules": priced.rules,
        "withheld": [[each.code, each.version, each.minor] for each in priced.withheld],
    } | columns_of(priced.price)
    canonical = json.dumps(offered, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _offered(priced: Priced) -> UUID:
    """Return what is on offer: somebody's service, or where we find somebody the service itself."""
    service = priced.offer.service
    return service.pk if service.booking_mode == Service.DISPATCH else priced.offer.pk


def renew_quote(*, by: Actor, quote_id: UUID) -> Quote:
    """Ask again for what a quote was about, at today's price: after signing in, or too late."""
    return make_quote(by=by, wish=wish_of(quote_of(by=by, quote_id=quote_id)))


def wish_of(quote: Quote) -> Wish:
    """Return what a quote was asked for with."""
    return Wish(
        worker_service_id=quote.worker_service_id,
        starts_at=quote.starts_at,
        latitude=quote.latitude,
        longitude=quote.longitude,
        variant_id=quote.variant_id,
        units=quote.units,
        add_ons={UUID(key): count for key, count in quote.add_ons.items()},
        tip_minor=quote.tip_minor,
        pay_in=quote.pay_in,
        package_id=quote.package_id,
        substitute_ok=quote.substitute_ok,
        source=quote.source or "page",
        answers=raw_answers(quote.pk),
        consents=frozenset(sensitive_codes(quote.pk)),
        **asdict(quote.place),
    )

"""A customer pays several visits ahead."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotAllowed
from kernel.ids import uuid7
from kernel.money import zero
from kernel.timers import set_timer
from marketplace.bookings.models import Package, PackageCredit, PackageOffer
from marketplace.bookings.models.priced import columns_of
from marketplace.bookings.notices import packages as notices
from marketplace.bookings.queries.packages import package_offer
from marketplace.bookings.queries.prices import commission_rules, facts_for, rates_for
from marketplace.bookings.rules import commission, guards
from marketplace.bookings.rules.lines import Kind, Line
from marketplace.bookings.rules.packages import (
    TOLD_BEFORE_END,
    PackageGone,
    ends_at,
    parts_of_each,
    values_of,
)
from marketplace.bookings.rules.price import Price, price
from marketplace.bookings.tenant_settings import BookingSettings
from marketplace.catalog.queries import readiness
from marketplace.matching.queries.candidates import blocked_workers
from payments.actions.collect import collect
from payments.models import Payment
from payments.queries.taxes import tax_lines
from payments.rules.blocks import Item
from tenants.messaging.actions.notify import notify
from tenants.messaging.notice import Notice
from tenants.tenancy.queries import member, settings_of

PAY_WITHIN = timedelta(minutes=45)  # Nothing is kept for it: no hurry, but an end.
ENDS, REMINDS = "bookings.package_ends", "bookings.package_reminder"
COMMISSION = commission.Kind.WORKER_COMMISSION


@transaction.atomic
def buy_package(*, by: Actor, offer_id: UUID, key: str) -> Package:
    """Let a customer owe the price of a package; the same key again returns the same one.

    What the business takes of it is frozen now, for all of its visits.
    """
    if by.role != Role.CUSTOMER or by.member_id is None:
        raise NotAllowed
    known = Package.objects.filter(customer_id=by.member_id, key=key).first()
    if known:
        return known
    offer = package_offer(offer_id)
    _check(by.member_id, offer)
    package = _priced(by.member_id, offer, key)
    package.payment_id = collect(
        by=by,
        payer_id=by.member_id,
        reference=package.reference,
        amount=package.total,
        tip=zero(package.currency),
        title=package.service_name,
        capture=Payment.AUTOMATIC,
        return_path=f"/packages/{package.pk}/",
        expires_at=clock.now() + PAY_WITHIN,
        key=f"{package.reference}:buy",
        kind=Payment.PACKAGE,
        blocks=package.blocks,
        items=[
            Item(label=package.service_name, quantity=package.visits, minor=package.total.minor)
        ],
    ).pk
    package.save(force_insert=True)
    return package


def _check(member_id: UUID, offer: PackageOffer) -> None:
    service = offer.worker_service
    if not offer.active:
        raise PackageGone
    if member(member_id).user_id == service.worker.member.user_id:
        raise guards.OwnService
    if readiness(service.worker) or service.worker_id in blocked_workers(member_id):
        raise guards.NotBookable


def _priced(member_id: UUID, offer: PackageOffer, key: str) -> Package:
    """Work out the six parts of the whole: the commission of each visit, and no fee on top."""
    service = offer.worker_service
    facts = facts_for(service, at=clock.now(), source="page", customer_id=member_id)
    rule = commission.choose(commission_rules(), kind=COMMISSION, facts=facts)
    rates = rates_for(tax_lines(), worker_member_id=service.worker.member_id)
    line = Line(
        kind=Kind.SERVICE,
        code=service.service.slug,
        label=f"{service.service.name} × {offer.visits}",
        unit_minor=offer.price_minor,
        source=f"package:{offer.pk}",
    )
    each = [
        commission.amount_minor(rule, lines=[replace(line, unit_minor=minor)])
        for minor in values_of(offer.price_minor, visits=offer.visits)
    ]
    worked: Price = price(
        lines=[line],
        tip=zero(offer.price.currency),
        commission_rule=_fixed(COMMISSION, sum(each)),
        fee_rule=_fixed(commission.Kind.CUSTOMER_FEE, 0),
        rates=rates,
    )
    frozen = {"id": str(rule.rule_id), "version": rule.version} if rule.rule_id else None
    return Package(
        id=uuid7(),
        offer=offer,
        customer_id=member_id,
        worker_service=service,
        variant_id=offer.variant_id,
        service_name=service.service.name,
        visits=offer.visits,
        days=offer.days,
        key=key,
        rules={COMMISSION.value: frozen} if frozen else {},
        fee_tax_bp=rates.tax_bp,
        policy=settings_of(BookingSettings).cancellation.value,
        **columns_of(worked),
    )


def _fixed(kind: commission.Kind, minor: int) -> commission.Rule:
    return commission.Rule(kind=kind, made_at=clock.now(), fixed_minor=minor)


def package_paid_by(payment_id: UUID) -> Package | None:
    """Return the package that a payment is for, locked."""
    rows = Package.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("worker_service__worker").filter(payment_id=payment_id).first()


@transaction.atomic
def note_package_paid(*, payment_id: UUID) -> Package | None:
    """A package is paid: its visits can be booked from now on. Safe to repeat."""
    package = package_paid_by(payment_id)
    if package is None or package.state != Package.PENDING:
        return package
    package.state, package.bought_at = Package.OPEN, clock.now()
    package.expires_at = ends_at(bought_at=package.bought_at, days=package.days)
    package.save(update_fields=["state", "bought_at", "expires_at"])
    PackageCredit.objects.bulk_create(_credits(package))
    set_timer(ENDS, subject_id=package.pk, at=package.expires_at)
    set_timer(REMINDS, subject_id=package.pk, at=package.expires_at - TOLD_BEFORE_END)
    tell_owner(package, notices.BOUGHT, "bought", total_minor=package.total.minor)
    return package


def _credits(package: Package) -> list[PackageCredit]:
    commissions = values_of(package.commission_minor, visits=package.visits)
    parts = parts_of_each(package.blocks, visits=package.visits)
    return [
        PackageCredit(
            package=package,
            number=number,
            currency=package.currency,
            worker_minor=part.worker.minor,
            tenant_minor=part.tenant.minor,
            platform_minor=part.platform.minor,
            processor_minor=part.processor.minor,
            tax_minor=part.tax.minor,
            commission_minor=commission_minor,
        )
        for number, (part, commission_minor) in enumerate(zip(parts, commissions, strict=True), 1)
    ]


@transaction.atomic
def note_package_unpaid(*, payment_id: UUID) -> Package | None:
    """Nobody paid for a package in time."""
    package = package_paid_by(payment_id)
    if package is not None and package.state == Package.PENDING:
        package.state = Package.DROPPED
        package.save(update_fields=["state"])
    return package


def tell_owner(package: Package, notice: Notice, when: str, **more: str | int) -> None:
    """Tell whoever bought a package something about it, once per `when`."""
    values: dict[str, str | int] = {
        "package": str(package.pk),
        "service": package.service_name,
        "worker": package.worker_service.worker.name,
        "visits": package.visits,
        "currency": package.currency,
    }
    if package.expires_at:
        values["ends_at"] = package.expires_at.isoformat()
    notify(
        to_id=package.customer_id,
        notice=notice,
        about=f"package:{package.pk}:{when}",
        **values | more,
    )

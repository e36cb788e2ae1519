"""How the two marketplaces of the demo begin: people join, are checked, and get ready to work."""

import random
from dataclasses import dataclass, field
from datetime import time
from uuid import UUID

from stdnum.br import cpf
from stdnum.mx import curp

from config.demo.outside import Sandbox
from config.demo.people import PATITAS, Business, Place, email_of
from config.demo.pictures import document, portrait
from kernel.actor import Actor, Role
from kernel.edge import working_for
from marketplace.bookings.actions.set_rule import RuleFields, set_rule
from marketplace.bookings.actions.take_offer import ask_at_night
from marketplace.bookings.rules.commission import Kind
from marketplace.catalog.actions.apply import Profile, apply
from marketplace.catalog.actions.decide_worker import approve, start_review
from marketplace.catalog.actions.edit_catalogue import save_service
from marketplace.catalog.actions.publish_service import Choice, set_services
from marketplace.catalog.models import Service, Worker
from marketplace.catalog.rules.areas import Circle
from marketplace.catalog.rules.areas import Place as Point
from marketplace.matching.actions.set_plan import set_plan
from marketplace.matching.rules.local_time import Hours
from payments.actions.onboard import onboarding_link
from payments.models import Payee
from tenants.identity.actions.decide import decide
from tenants.identity.actions.request_check import request_check
from tenants.identity.actions.submit_evidence import submit_evidence
from tenants.tenancy.actions.invite_member import invite_member
from tenants.tenancy.actions.join import join
from tenants.tenancy.actions.open_tenant import open_tenant
from tenants.tenancy.actions.sign_up import find_or_make_user
from tenants.tenancy.actions.take_upload import take_upload
from tenants.tenancy.models import Tenant, User

RADIUS_KM = 14
SERVICES_EACH = 4
OFFERING = 3  # So many always do what customers describe.


@dataclass
class Stage:
    """A marketplace that is open, and who acts in it."""

    business: Business
    tenant: Tenant
    owner: Actor
    moderators: list[Actor]
    workers: dict[str, Actor] = field(default_factory=dict)
    customers: dict[str, Actor] = field(default_factory=dict)
    homes: dict[str, Place] = field(default_factory=dict)


def account(name: str, business: Business, number: int) -> User:
    """Return somebody's account, with an e-mail address and a phone."""
    first, _, last = name.partition(" ")
    return find_or_make_user(
        email=email_of(name),
        phone=f"{business.phone_prefix}{number:02d}",
        first_name=first,
        last_name=last,
        locale=business.opening.locale,
    )


def open_marketplace(business: Business) -> Stage:
    """Open a marketplace with its owner and two moderators."""
    owner = account(business.owner, business, 90)
    tenant = open_tenant(opening=business.opening, owner=owner)
    with working_for(tenant.pk):
        by = Actor(role=Role.OWNER, member_id=join(user=owner, role=Role.OWNER).pk)
        _agree_on_shares(by)
        moderators = [_invite(by, name) for name in (business.moderator, business.second_moderator)]
    return Stage(business=business, tenant=tenant, owner=by, moderators=moderators)


def let_one_be_paid_in_cash(stage: Stage) -> None:
    """Let customers pay the first service in cash if they like, to whoever comes."""
    service = Service.objects.filter(active=True).exclude(payment="after_service")
    service = service.exclude(booking_mode=Service.DISPATCH)
    first = service.order_by("position", "pk")[0]
    first.cash = True
    save_service(by=stage.owner, service=first)


def _agree_on_shares(by: Actor) -> None:
    """Let the business keep 12 % of a job, and ask customers for 5 % on top."""
    set_rule(by=by, fields=RuleFields(kind=Kind.WORKER_COMMISSION, rate_bp=1_200))
    set_rule(by=by, fields=RuleFields(kind=Kind.CUSTOMER_FEE, rate_bp=500))


def _invite(by: Actor, name: str) -> Actor:
    first, _, last = name.partition(" ")
    member = invite_member(
        by=by,
        email=email_of(name),
        role=Role.STAFF,
        first_name=first,
        last_name=last,
        moderates=True,
    )
    return Actor(role=Role.STAFF, member_id=member.pk)


def bring_customer(stage: Stage, name: str, number: int) -> None:
    """Let somebody sign up as a customer."""
    user = account(name, stage.business, number + 20)
    member = join(user=user, role=Role.CUSTOMER)
    stage.customers[name] = Actor(role=Role.CUSTOMER, member_id=member.pk)
    places = stage.business.places
    stage.homes[name] = places[number % len(places)]


def hire(stage: Stage, name: str, number: int, sandbox: Sandbox) -> None:
    """Let somebody apply, be checked and approved, and get ready to work."""
    user = account(name, stage.business, number)
    worker = apply(user=user, profile=_profile(stage, name, number))
    by = Actor(role=Role.WORKER, member_id=worker.member_id)
    stage.workers[name] = by
    photo = take_upload(by=by, upload=portrait(name), purpose="catalog.worker_photo")
    apply(user=user, profile=_profile(stage, name, number, photo_id=photo.pk))
    _prove_identity(stage, by, number)
    start_review(by=stage.moderators[0], worker_id=worker.pk)
    approve(by=stage.moderators[0], worker_id=worker.pk)
    _open_payout_account(by, sandbox)
    _offer(stage, worker, by, number)


def _profile(stage: Stage, name: str, number: int, photo_id: UUID | None = None) -> Profile:
    places = stage.business.places
    base = places[number % len(places)]
    return Profile(
        headline=stage.business.headlines[number % len(stage.business.headlines)],
        languages=tuple(code.partition("-")[0] for code in stage.business.languages),
        photo_id=photo_id,
        area=Circle(Point(base.latitude, base.longitude), RADIUS_KM),
    )


def _prove_identity(stage: Stage, by: Actor, number: int) -> None:
    assert by.member_id is not None
    papers = {"front": document("front"), "back": document("back")}
    check = request_check(by=by, member_id=by.member_id, kind="id_document")
    submit_evidence(
        by=by,
        check_id=check.pk,
        files=papers,
        fields={"number": national_number(stage.business, number)},
    )
    decide(by=stage.moderators[0], check_id=check.pk, outcome="pass")
    selfie = request_check(by=by, member_id=by.member_id, kind="selfie_match")
    submit_evidence(by=by, check_id=selfie.pk, files={"selfie": portrait(str(number))}, fields={})
    decide(by=stage.moderators[1], check_id=selfie.pk, outcome="pass")


def national_number(business: Business, number: int) -> str:
    """Make up a number that is well formed, another for everybody."""
    if business is PATITAS:
        bare = f"TOXA90{1 + number % 12:02d}{1 + number:02d}MDFRRN0"
        return bare + str(curp.calc_check_digit(bare + "0"))
    bare = f"{390533440 + number * 7:09d}"
    return next(full for tail in range(100) if cpf.is_valid(full := f"{bare}{tail:02d}"))


def _open_payout_account(by: Actor, sandbox: Sandbox) -> None:
    onboarding_link(by=by)
    payee = Payee.objects.get(member_id=by.member_id)
    sandbox.onboard(payee.account_ref)


def _offer(stage: Stage, worker: Worker, by: Actor, number: int) -> None:
    chance = random.Random(f"{stage.tenant.slug}:{number}")
    offered = Service.objects.filter(active=True).order_by("position", "pk")
    for_anybody = list(offered.filter(booking_mode=Service.DISPATCH))
    services = list(offered.exclude(booking_mode=Service.DISPATCH))
    chosen = chance.sample(services, k=min(SERVICES_EACH, len(services))) + for_anybody
    described = [each for each in services if each.booking_mode == Service.POST]
    chosen += [each for each in described if number < OFFERING and each not in chosen]
    set_services(by=by, worker_id=worker.pk, choices=[Choice(each.pk) for each in chosen])
    days = range(7) if number % 3 else range(6)
    set_plan(by=by, rows=[Hours(day, time(8), time(20)) for day in days])
    ask_at_night(by=by, wanted=number == 0)

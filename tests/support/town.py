"""A whole town: a marketplace that is open, with somebody to book and somebody who books.

Made by the product's own actions: Ana handed in her documents and was approved, has a payout
account at Stripe's sandbox, offers services and works every day; Clara lives there; Olga owns it;
Mauricio moderates.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kernel import clock, outbox
from kernel.actor import Actor, Role
from kernel.edge import working_for
from kernel.timers import claim_due, run
from marketplace.bookings.actions.set_rule import RuleFields, set_rule
from marketplace.bookings.rules.commission import Kind
from marketplace.catalog.actions.apply import Profile, edit_profile
from marketplace.catalog.models import WorkerService
from marketplace.catalog.rules.areas import Place
from tenants.tenancy.actions.invite_member import invite_member
from tenants.tenancy.actions.open_tenant import Opening, open_tenant
from tenants.tenancy.actions.take_upload import take_upload
from tenants.tenancy.models import Membership, Tenant
from tests.identity.papers import CURP, is_verified, photo
from tests.support.sandbox import StripeSandbox
from tests.support.worlds import LAR_LIMPO, PATITAS, joins, person
from tests.support.worlds_market import works


@dataclass(frozen=True)
class Cast:
    """Who plays, and what is offered."""

    opening: Opening
    owner: str
    moderator: str
    worker: str
    customer: str
    services: tuple[str, ...]
    number: str


IN_MEXICO = Cast(PATITAS, "olga", "mauricio", "ana", "clara", ("walk-60", "training"), CURP)
IN_BRAZIL = Cast(
    LAR_LIMPO, "berta", "marcos", "carla", "caio", ("home-2h", "after-works"), "390.533.447-05"
)


@dataclass
class Town:
    """A marketplace with its people, and the company that moves its money."""

    cast: Cast
    tenant: Tenant
    owner: Actor
    moderator: Actor
    worker: Actor
    customer: Actor
    offers: list[WorkerService]
    stripe: StripeSandbox

    @property
    def host(self) -> str:
        """Where it is."""
        return f"{self.tenant.slug}.localhost"

    def works(self) -> None:
        """Stand in for the workers behind the pages, until nothing waits."""
        work(self.stripe)


def work(stripe: StripeSandbox) -> None:
    """Hear what Stripe has to say, and do what waits and what is due."""
    stripe.deliver()
    while due := claim_due(clock.now()):
        for tenant_id, timer_id in due:
            with working_for(tenant_id):
                run(timer_id)
        stripe.deliver()


def build(cast: Cast, stripe: StripeSandbox, portrait: SimpleUploadedFile | None = None) -> Town:
    """Let a town come about."""
    tenant = open_tenant(opening=cast.opening, owner=person(cast.owner))
    outbox.drain()
    with working_for(tenant.pk):
        owner = joins(cast.owner, Role.OWNER)
        moderates = invite_member(
            by=owner,
            email=f"{cast.moderator}@example.com",
            role=Role.STAFF,
            first_name=cast.moderator.title(),
            last_name="Prueba",
            moderates=True,
        )
        for kind, rate_bp in ((Kind.WORKER_COMMISSION, 1_200), (Kind.CUSTOMER_FEE, 500)):
            set_rule(by=owner, fields=RuleFields(kind=kind, rate_bp=rate_bp))
        assert tenant.latitude is not None
        assert tenant.longitude is not None
        place = Place(tenant.latitude, tenant.longitude)
        offers = works(
            cast.worker, services=cast.services, place=place, opens_account=stripe.onboards
        )
        member = Membership.objects.get(role=Role.WORKER)
        worker = Actor(role=Role.WORKER, member_id=member.pk)
        shows_a_face(worker, portrait or photo("me.jpg", "teal", (400, 400)))
        is_verified(worker, owner, number=cast.number)
        customer = joins(cast.customer, Role.CUSTOMER)
        work(stripe)
    moderator = Actor(role=Role.STAFF, member_id=moderates.pk)
    return Town(cast, tenant, owner, moderator, worker, customer, offers, stripe)


def shows_a_face(worker: Actor, portrait: SimpleUploadedFile) -> None:
    """Let a worker put a photo on the profile."""
    stored = take_upload(by=worker, upload=portrait, purpose="worker_photo")
    profile = Profile(
        headline="Con calma y cariño",
        bio="Vivo en la zona desde hace diez años.",
        languages=("es",),
        photo_id=stored.pk,
    )
    edit_profile(by=worker, profile=profile)


@pytest.fixture(params=[IN_MEXICO, IN_BRAZIL], ids=["patitas-es", "lar-limpo-pt"])
def towns(
    request: pytest.FixtureRequest, transactional_db: None, stripe_sandbox: StripeSandbox
) -> Iterator[Town]:
    """Each of two towns in turn; we work for its marketplace."""
    town = build(request.param, stripe_sandbox)
    with working_for(town.tenant.pk):
        yield town


@pytest.fixture
def town(transactional_db: None, stripe_sandbox: StripeSandbox) -> Iterator[Town]:
    """Patitas in Mexico City; we work for it."""
    town = build(IN_MEXICO, stripe_sandbox)
    with working_for(town.tenant.pk):
        yield town

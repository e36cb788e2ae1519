"""Somebody would like to work here: apply, add to the application, correct a profile."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import Invalid
from kernel.events import publish
from marketplace.catalog.actions.keep_holder import keep_holder
from marketplace.catalog.events import WorkerApplied, WorkerEdited, WorkerStateChanged
from marketplace.catalog.models import Worker
from marketplace.catalog.queries import own_worker
from marketplace.catalog.rules.areas import Circle
from marketplace.catalog.rules.names import slug_of
from marketplace.catalog.rules.worker_states import State, Step, check_again, take
from tenants.tenancy.actions.join import join
from tenants.tenancy.models import Membership, User
from tenants.tenancy.queries import here

LANGUAGES = ("es", "pt", "en", "qu", "ay", "gn", "fr", "lse")


class ProfileInvalid(Invalid):
    """A profile that says too little, too much, or something unknown."""

    code = "worker.profile_invalid"
    title = "Please complete your profile."


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How a worker presents themselves; `area` may follow later."""

    headline: str
    bio: str = ""
    languages: tuple[str, ...] = ()
    photo_id: UUID | None = None
    area: Circle | None = None
    first_name: str = ""
    last_name: str = ""


@transaction.atomic
def apply(*, user: User, profile: Profile, by: Actor | None = None) -> Worker:
    """Let a person apply, or add to an application that is still open. A person applies once.

    After a rejection, applying again starts over once thirty days have passed.
    """
    check_profile(profile)
    member = join(user=_named(user, profile), role=Role.WORKER, by=by)
    worker = Worker.objects.select_for_update().filter(member=member).first()
    if worker is None:
        return _begin(member, profile)
    if worker.state == State.REJECTED:
        _begin_again(worker)
    _describe(worker, profile)
    return worker


@transaction.atomic
def edit_profile(*, by: Actor, profile: Profile) -> Worker:
    """Let a worker correct how they are presented."""
    check_profile(profile)
    worker = Worker.objects.select_for_update().get(pk=own_worker(by).pk)
    _describe(worker, profile)
    return worker


def check_profile(profile: Profile) -> None:
    """Refuse an empty headline and languages nobody has heard of, naming the field."""
    if not 3 <= len(profile.headline.strip()) <= 80:
        raise ProfileInvalid(fields=["headline"])
    if len(profile.bio) > 1500:
        raise ProfileInvalid(fields=["bio"])
    if not set(profile.languages) <= set(LANGUAGES):
        raise ProfileInvalid(fields=["languages"])


def _named(user: User, profile: Profile) -> User:
    """Give an account a name where it has none: other people see its first name and initial."""
    if not user.first_name:
        if not profile.first_name.strip():
            raise ProfileInvalid(fields=["first_name"])
        user.first_name = profile.first_name.strip()[:60]
        user.last_name = profile.last_name.strip()[:60]
        user.save(update_fields=["first_name", "last_name"])
    return user


def _begin(member: Membership, profile: Profile) -> Worker:
    taken = set(Worker.objects.values_list("slug", flat=True))
    name = member.user.public_name
    worker = Worker.objects.create(
        member=member,
        slug=slug_of(name, taken=taken),
        name=name,
        zone=here().timezone,
        state=take(Step.APPLY, state=None, role=Role.WORKER),
        state_at=clock.now(),
        applied_at=clock.now(),
    )
    _describe(worker, profile)
    publish(WorkerApplied(worker_id=str(worker.pk)), by=_self(worker))
    return worker


def _begin_again(worker: Worker) -> None:
    check_again(worker.state_at, clock.now())
    worker.state = take(Step.APPLY, state=State(worker.state), role=Role.WORKER)
    worker.state_at = worker.applied_at = clock.now()
    worker.state_note = worker.state_reason = ""
    publish(
        WorkerStateChanged(
            worker_id=str(worker.pk), step=Step.APPLY.value, state=str(worker.state)
        ),
        by=_self(worker),
    )


def _describe(worker: Worker, profile: Profile) -> None:
    worker.name = worker.member.user.public_name
    worker.headline = profile.headline.strip()
    worker.bio = profile.bio.strip()
    worker.languages = list(profile.languages)
    worker.photo_id = profile.photo_id or worker.photo_id
    if profile.area is not None:
        worker.base_latitude = profile.area.base.latitude
        worker.base_longitude = profile.area.base.longitude
        worker.radius_km = round(profile.area.radius_km)
    worker.save()
    keep_holder(by=_self(worker), worker=worker)
    publish(WorkerEdited(worker_id=str(worker.pk)), by=_self(worker))


def _self(worker: Worker) -> Actor:
    return Actor(role=Role.WORKER, member_id=worker.member_id)

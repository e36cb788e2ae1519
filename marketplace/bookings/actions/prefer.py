"""A customer says what they would like of whoever comes, and takes it back."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotAllowed, NotFound
from kernel.ids import uuid7
from marketplace.bookings.models import Preference
from marketplace.bookings.queries.preferences import checkable, preferences_of
from marketplace.bookings.rules import preferences as rules
from marketplace.catalog.queries import service


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody would like, for which visits, for how long, and that they agree."""

    text: str
    scope: str = rules.ANY
    service_id: UUID | None = None
    sensitive: bool = False
    months: int = 12
    consent: bool = False
    offered: str = ""  # "code=answer" of what workers say of their service.


@transaction.atomic
def prefer(*, by: Actor, wanted: Wanted) -> Preference:
    """Keep a preference, sealed, with the moment of consent."""
    if by.role != Role.CUSTOMER or by.member_id is None:
        raise NotAllowed
    words = rules.check_preference(
        text=wanted.text, scope=wanted.scope, service_id=wanted.service_id, consent=wanted.consent
    )
    if wanted.service_id is not None:
        service(wanted.service_id)
    if wanted.offered and wanted.offered not in dict(checkable()):
        raise rules.PreferenceInvalid(fields=["offered"])
    if len(preferences_of(by)) >= rules.MOST_KEPT:
        raise rules.TooManyPreferences(most=rules.MOST_KEPT)
    at = clock.now()
    code, _, answer = wanted.offered.partition("=")
    kept = Preference(
        id=uuid7(),
        customer_id=by.member_id,
        scope=wanted.scope,
        service_id=wanted.service_id,
        sensitive=wanted.sensitive,
        code=code,
        answer=answer,
        made_at=at,
        consent_at=at,
        expires_at=rules.expires_at(at=at, months=wanted.months),
    )
    kept.text = words
    kept.save(force_insert=True)
    return kept


@transaction.atomic
def withdraw_preference(*, by: Actor, preference_id: UUID) -> None:
    """Take consent back: nobody reads it from now on, and its words are gone. May be repeated."""
    mine = Preference.objects.select_for_update().filter(
        pk=preference_id, customer_id=by.member_id if by.role == Role.CUSTOMER else None
    )
    if (kept := mine.first()) is None:
        raise NotFound(what="preference")
    if kept.withdrawn_at is None:
        kept.withdrawn_at, kept.text, kept.code, kept.answer = clock.now(), "", "", ""
        kept.save(update_fields=["withdrawn_at", "text_sealed", "code", "answer"])

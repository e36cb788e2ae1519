"""From a draft to what customers see: what a worker offers, and who reads it first."""

from enum import StrEnum

from kernel.actor import OFFICE, Role
from kernel.errors import Conflict, Invalid, NotAllowed

LONGEST_ABOUT, MOST_PHOTOS, SHORTEST_REASON = 2_000, 12, 10
OFFER_PHOTO = "offer_photo"  # What a file is kept for that shows a service.


class OfferState(StrEnum):
    """Where a worker's service stands."""

    DRAFT = "draft"
    PENDING = "pending"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    REJECTED = "rejected"


class OfferStep(StrEnum):
    """What can happen to it."""

    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    HIDE = "hide"
    SHOW = "show"


S, T = OfferState, OfferStep
OFFER_TABLE: dict[tuple[OfferState, OfferStep], OfferState] = {
    (S.DRAFT, T.SUBMIT): S.PENDING,
    (S.REJECTED, T.SUBMIT): S.PENDING,
    (S.PENDING, T.APPROVE): S.PUBLISHED,
    (S.PENDING, T.REJECT): S.REJECTED,
    (S.PENDING, T.WITHDRAW): S.DRAFT,
    (S.PUBLISHED, T.HIDE): S.HIDDEN,
    (S.HIDDEN, T.SHOW): S.PUBLISHED,
}
_OFFICE = frozenset(OFFICE)
_BOTH = _OFFICE | {Role.WORKER}
# What needs no reading is approved by the house rules themselves, at once.
OFFER_WHO: dict[OfferStep, frozenset[Role]] = {
    T.SUBMIT: _BOTH,
    T.APPROVE: _OFFICE | {Role.SYSTEM},
    T.REJECT: _OFFICE,
    T.WITHDRAW: _BOTH,
    T.HIDE: _BOTH | {Role.SYSTEM},
    T.SHOW: _BOTH,
}
# Customers have seen what stands here: a change of it may have to be read first.
LIVE = frozenset({S.PUBLISHED, S.HIDDEN})


class OfferStepIllegal(Conflict):
    """This step does not lead anywhere from where the service stands."""

    code = "offer.wrong_state"
    title = "That is not possible for a service in this state."


class OfferStepNotYours(NotAllowed):
    """Somebody else takes this step."""

    code = "offer.not_yours"
    title = "Somebody else decides about this."


class RejectionUnexplained(Invalid):
    """The worker has a right to know why."""

    code = "offer.reason_missing"
    title = "Write a reason of at least 10 characters: the worker will read it."


class AboutInvalid(Invalid):
    """Words or photos beyond the limits."""

    code = "offer.about_invalid"
    title = "A description has at most 2000 characters, and there are at most 12 photos."


def take_offer_step(step: OfferStep, *, state: OfferState, role: Role) -> OfferState:
    """Return the state after a step, or refuse it: first for the state, then for who asks."""
    if (state, step) not in OFFER_TABLE:
        raise OfferStepIllegal(state=state.value, step=step.value)
    if role not in OFFER_WHO[step]:
        raise OfferStepNotYours(step=step.value)
    return OFFER_TABLE[state, step]


def needs_reading(*, every_service: bool, own_words: bool, read_words: bool) -> bool:
    """Tell whether somebody reads a service before customers do."""
    return every_service or (own_words and read_words)


def check_rejection(reason: str) -> None:
    """Refuse a no that does not say why."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise RejectionUnexplained(fields=["reason"])


def check_about(about: str, photos: int) -> None:
    """Refuse words and photos beyond the limits."""
    if len(about) > LONGEST_ABOUT or "\x00" in about:
        raise AboutInvalid(fields=["about"])
    if photos > MOST_PHOTOS:
        raise AboutInvalid(fields=["photos"])

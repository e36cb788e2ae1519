"""What a customer would like of whoever comes, for programs."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from marketplace.bookings.access import customer_of
from marketplace.bookings.actions.prefer import Wanted, prefer, withdraw_preference
from marketplace.bookings.models import Preference
from marketplace.bookings.queries.preferences import preferences_of

router = Router(tags=["preferences"])


class PreferenceIn(Schema):
    """A wish with consent; `offered` is a `code=answer` that searches filter by."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=300)
    scope: Literal["any", "favourites", "service"] = "any"
    service_id: UUID | None = None
    sensitive: bool = False
    months: int = Field(default=12, ge=1, le=12)
    consent: bool
    offered: str = Field(default="", max_length=121)


class PreferenceOut(Schema):
    """A wish that whoever comes may read until it expires or is withdrawn."""

    id: UUID
    text: str
    scope: str
    service_id: UUID | None
    sensitive: bool
    consent_at: datetime
    expires_at: datetime


class PreferenceList(Schema):
    """One's own, latest first; never more than twenty."""

    items: list[PreferenceOut]


def _out(kept: Preference) -> PreferenceOut:
    return PreferenceOut(**{name: getattr(kept, name) for name in PreferenceOut.model_fields})


@router.get("/preferences", response=PreferenceList, operation_id="list_preferences")
def list_preferences(request: HttpRequest) -> PreferenceList:
    """List what the caller would like of whoever comes to them."""
    return PreferenceList(items=[_out(each) for each in preferences_of(customer_of(request))])


@router.post("/preferences", response={201: PreferenceOut}, operation_id="add_preference")
def add_preference(request: HttpRequest, body: PreferenceIn) -> Status[PreferenceOut]:
    """Keep a wish, with consent: `preference.consent_missing` without."""
    return Status(201, _out(prefer(by=customer_of(request), wanted=Wanted(**body.dict()))))


@router.delete(
    "/preferences/{preference_id}", response={204: None}, operation_id="withdraw_preference"
)
def delete_preference(request: HttpRequest, preference_id: UUID) -> Status[None]:
    """Withdraw consent: nobody reads it from now on, and its words are gone."""
    withdraw_preference(by=customer_of(request), preference_id=preference_id)
    return Status(204, None)

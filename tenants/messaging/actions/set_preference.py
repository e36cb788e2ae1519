"""A person decides what to hear from a tenant, and how."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.errors import Invalid
from tenants.messaging.models import Preference
from tenants.messaging.rules.routing import ANY, CHANNELS, PURPOSES


class CannotTurnOff(Invalid):
    code = "preference.cannot_turn_off"
    title = "These messages keep you and your money safe and cannot be turned off."


class NoSuchChoice(Invalid):
    code = "preference.unknown"
    title = "We do not know this kind of message."


@transaction.atomic
def set_preference(*, user_id: UUID, purpose: str, channel: str, wanted: bool) -> Preference:
    """Turn a channel on or off for a purpose, or as a whole (`any`)."""
    if channel not in CHANNELS or purpose not in (ANY, *PURPOSES):
        raise NoSuchChoice(fields=["purpose"])
    if purpose != ANY and PURPOSES[purpose].choice == "none" and not wanted:
        raise CannotTurnOff(fields=["purpose"])
    choice, _ = Preference.objects.update_or_create(
        user_id=user_id,
        purpose=purpose,
        channel=channel,
        defaults={"wanted": wanted, "at": clock.now()},
    )
    return choice

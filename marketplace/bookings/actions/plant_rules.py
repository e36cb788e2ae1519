"""A new tenant takes nothing until its owner says otherwise."""

from marketplace.bookings.models import CommissionRule
from marketplace.bookings.rules.commission import Kind


def plant_rules() -> list[CommissionRule]:
    """Make the default rule of each kind, at zero. Safe to repeat."""
    return [CommissionRule.objects.get_or_create(kind=kind.value, default=True)[0] for kind in Kind]

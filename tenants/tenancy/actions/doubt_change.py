"""Somebody says of a change to their account: this was not me."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM
from kernel.edge import working_for
from kernel.events import publish
from tenants.tenancy.actions.end_sessions import end_everywhere
from tenants.tenancy.actions.hand_off import hashed
from tenants.tenancy.actions.hold_money import hold_money
from tenants.tenancy.events import AccountDoubted
from tenants.tenancy.models import Membership, SecurityAlert
from tenants.tenancy.queries import alert_with, tenants_of_person
from tenants.tenancy.rules.holds import DOUBTED


@transaction.atomic
def doubt_change(*, secret: str) -> SecurityAlert:
    """End all sessions of the account, let no money out, and call the people of every office.

    Once per link; whoever comes again is told the same. Works for the house.
    """
    alert = alert_with(hashed(secret))
    first = SecurityAlert.objects.filter(pk=alert.pk, acted_at=None).update(acted_at=clock.now())
    if first:
        end_everywhere(user=alert.user)
        hold_money(user=alert.user, reason=DOUBTED)
        for tenant_id in tenants_of_person(alert.user_id):
            with working_for(tenant_id):
                _tell_office(alert.user_id, alert.pk, alert.kind)
    alert.refresh_from_db()
    return alert


def _tell_office(user_id: UUID, alert_id: UUID, kind: str) -> None:
    """One person may have several roles here; one of them is enough to find them by."""
    member = Membership.objects.filter(user_id=user_id).order_by("role", "pk").last()
    if member is not None:
        fact = AccountDoubted(member_id=str(member.pk), alert_id=str(alert_id), change=kind)
        publish(fact, by=SYSTEM)

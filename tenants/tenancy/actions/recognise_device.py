"""Somebody signs in with a browser: with one that the account knows, or with a new one."""

from django.db import transaction

from tenants.tenancy.actions.hand_off import hashed
from tenants.tenancy.actions.hold_money import hold_money
from tenants.tenancy.actions.warn import warn
from tenants.tenancy.models import KnownDevice, User
from tenants.tenancy.rules.alerts import NEW_DEVICE as ALERT
from tenants.tenancy.rules.holds import NEW_DEVICE


@transaction.atomic
def recognise_device(*, user: User, cookie: str, name: str) -> KnownDevice:
    """Remember the browser that has this cookie.

    An account's first one is welcome. With any other, money rests for a day and the person is told.
    """
    device, new = KnownDevice.objects.get_or_create(
        user=user, cookie_hash=hashed(cookie), defaults={"name": name}
    )
    if new and KnownDevice.objects.filter(user=user).exclude(pk=device.pk).exists():
        hold_money(user=user, reason=NEW_DEVICE)
        warn(user=user, kind=ALERT, about=name or "?")
    return device

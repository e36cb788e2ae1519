"""A person is told that something about their account changed, with a link to say it was not them.

They may have lost a contact to somebody else, so everyone who could be them is told: the contacts
of the account, and the one that was replaced.
"""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from kernel import clock
from kernel.context import HOUSE
from kernel.edge import working_for
from tenants.tenancy.actions.hand_off import fresh_secret, hashed
from tenants.tenancy.models import Domain, SecurityAlert, User
from tenants.tenancy.queries import address
from tenants.tenancy.rules.alerts import LIVES
from tenants.tenancy.rules.contacts import masked


@transaction.atomic
def warn(*, user: User, kind: str, also: tuple[str, ...] = (), about: str = "") -> int:
    """Write to all contacts of an account, and to those it had; return how many were told.

    Each message has a link of its own, kept as a hash only. The house sends it, so that the link
    counts wherever the person is.
    """
    contacts = [each for each in dict.fromkeys((user.email, user.phone, *also)) if each]
    with working_for(HOUSE):
        for contact in contacts:
            _warn(user, kind, contact, about)
    return len(contacts)


def _warn(user: User, kind: str, contact: str, about: str) -> None:
    secret = fresh_secret()
    SecurityAlert.objects.create(
        user=user,
        kind=kind,
        token_hash=hashed(secret),
        sent_to=masked(contact),
        expires_at=clock.now() + LIVES,
    )
    _send(
        channel="email" if "@" in contact else "sms",
        to=contact,
        kind=kind,
        locale=user.locale,
        values={"about": about, "link": address(f"/not-me/{secret}/", serves=Domain.AUTH)},
    )


def _send(*, channel: str, to: str, kind: str, locale: str, values: dict[str, str]) -> None:
    sender: Callable[..., object] = import_string(settings.ALERT_SENDER)
    sender(channel=channel, to=to, kind=kind, locale=locale, values=values)

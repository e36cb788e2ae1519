"""What can be asked about messages. Nothing here writes."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext, override

from kernel.errors import NotFound
from kernel.reading import filled
from tenants.messaging.models import Notification, Preference
from tenants.messaging.notice import NOTICES, Notice
from tenants.messaging.rules.wording import Values, language, words
from tenants.tenancy.models import Tenant, User


@dataclass(frozen=True, slots=True)
class Text:
    """A notice in words: the short form, the long one, and where a tap leads."""

    subject: str
    body: str
    path: str


def notifications_of(user_id: UUID) -> QuerySet[Notification]:
    """Return what a person was told at this tenant in any role, newest first."""
    return Notification.objects.filter(to__user_id=user_id).order_by("-at", "-id")


def notification_for(user_id: UUID, notification_id: UUID) -> Notification:
    """Return one notification of this very person."""
    try:
        return notifications_of(user_id).get(pk=notification_id)
    except Notification.DoesNotExist:
        raise NotFound(what="notification") from None


def unread_of(user_id: UUID) -> int:
    """Return how many notifications a person has not opened."""
    return notifications_of(user_id).filter(read_at__isnull=True).count()


def choices_of(user_id: UUID) -> dict[tuple[str, str], bool]:
    """Return what a person has turned on or off, by purpose and channel."""
    rows = Preference.objects.filter(user_id=user_id)
    return {
        (purpose, channel): wanted
        for purpose, channel, wanted in rows.values_list("purpose", "channel", "wanted")
    }


def locale_of(user: User, tenant: Tenant) -> str:
    """Return the language to write to a person in: their own, else the tenant's."""
    return language(user.locale or tenant.locale)


def in_words(notice: Notice, values: Values, *, locale: str, zone: str, country: str = "") -> Text:
    """Return a notice in one language, its placeholders filled in."""
    readable = words(values, locale=locale, zone=zone, country=country)
    with override(language(locale)):
        subject, body = gettext(notice.subject), gettext(notice.body)
    return Text(filled(subject, readable), filled(body, readable), notice.path.format_map(values))


def text_of(notification: Notification, *, locale: str, tenant: Tenant) -> Text:
    """Return what a notification says in one language, on the tenant's clock."""
    return in_words(
        NOTICES[notification.notice],
        notification.values,
        locale=locale,
        zone=str(notification.values.get("zone") or tenant.timezone),
        country=tenant.country,
    )

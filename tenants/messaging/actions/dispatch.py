"""A notification goes out: channel by channel, each claimed before it is tried."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM
from kernel.events import publish
from kernel.timers import cancel_timers, set_timer
from tenants.messaging.actions.claim import attempt, take
from tenants.messaging.channels.base import CHANNELS, Contact, Parcel
from tenants.messaging.events import PersonNotReached
from tenants.messaging.models import Delivery, Notification
from tenants.messaging.queries import choices_of, locale_of, text_of
from tenants.messaging.rules.delivery_states import QUEUED, SENDING, after, fate
from tenants.messaging.rules.quiet_hours import quiet_until
from tenants.messaging.rules.routing import PURPOSES, next_step, usable
from tenants.tenancy.models import User
from tenants.tenancy.queries import address, here

TIMER = "messaging.dispatch"


def dispatch(*, notification_id: UUID) -> None:
    """Send what a notification still owes, on the next channels. Safe to repeat, and in parallel.

    Never call it inside a transaction: it waits for other companies.
    """
    while claimed := _claim(notification_id):
        delivery, parcel = claimed
        after_attempt = attempt(delivery, parcel)
        if after_attempt.state == QUEUED:
            _come_back(after_attempt)


@transaction.atomic
def _claim(notification_id: UUID) -> tuple[Delivery, Parcel] | None:
    """Take one message in hand, with what it says; None when there is nothing to do now."""
    notification = _lock(notification_id)
    if notification is None or notification.finished_at is not None:
        return None
    if notification.expires_at <= clock.now():
        _finish(notification, step="expire")
        return None
    if _sleeps(notification):
        return None
    _open_next_channels(notification)
    if notification.finished_at is not None:
        return None
    ready = notification.deliveries.filter(
        state__in=(QUEUED, SENDING), free_at__lte=clock.system_now()
    )
    delivery = ready.order_by("free_at", "id").first()
    if delivery is None:
        return None
    lease_ends_at = take(delivery)
    entry = f"{delivery.pk}:{delivery.attempts}"
    set_timer(TIMER, subject_id=notification.pk, at=lease_ends_at, entry=entry)
    return delivery, _parcel(notification, delivery)


def _lock(notification_id: UUID) -> Notification | None:
    """Lock the notification; one that somebody else works on is theirs."""
    locked = Notification.objects.select_for_update(skip_locked=True, of=("self",))
    return locked.select_related("to__user").filter(pk=notification_id).first()


def _sleeps(notification: Notification) -> bool:
    """Tell whether it must wait for the morning, and see to it that it is woken."""
    if not PURPOSES[notification.purpose].waits_at_night:
        return False
    morning = quiet_until(clock.now(), zone=here().timezone)
    if morning is not None:
        entry = morning.date().isoformat()
        set_timer(TIMER, subject_id=notification.pk, at=morning, entry=entry)
    return morning is not None


def _open_next_channels(notification: Notification) -> None:
    """Open deliveries on the channels whose turn it is, or find that nothing is left to do."""
    tried = {each.channel: fate(each.state) for each in notification.deliveries.all()}
    user = notification.to.user
    reachable = tuple(name for name in CHANNELS if _address(user, name))
    step = next_step(
        notification.purpose,
        usable=usable(notification.purpose, reachable=reachable, choices=choices_of(user.pk)),
        tried=tried,
    )
    for channel in step.channels:
        Delivery.objects.create(notification=notification, channel=channel)
    if step.over:
        _finish(notification, step="suppress")
        if not step.reached and PURPOSES[notification.purpose].choice in ("none", "channels"):
            _say_not_reached(notification)


def _finish(notification: Notification, *, step: str) -> None:
    for delivery in notification.deliveries.filter(state__in=(QUEUED, SENDING)):
        delivery.state = after(delivery.state, step)
        delivery.save(update_fields=["state"])
    notification.finished_at = clock.now()
    notification.save(update_fields=["finished_at"])
    cancel_timers(notification.pk)


def _say_not_reached(notification: Notification) -> None:
    fact = PersonNotReached(
        notification_id=str(notification.pk),
        member_id=str(notification.to_id),
        purpose=notification.purpose,
    )
    publish(fact, by=SYSTEM)


def _come_back(delivery: Delivery) -> None:
    """Move the timer of this attempt to when the next may be made."""
    entry = f"{delivery.pk}:{delivery.attempts}"
    set_timer(TIMER, subject_id=delivery.notification_id, at=delivery.free_at, entry=entry)


def _parcel(notification: Notification, delivery: Delivery) -> Parcel:
    """Put a notification into words for one channel."""
    tenant, user = here(), notification.to.user
    text = text_of(notification, locale=locale_of(user, tenant), tenant=tenant)
    said = text.subject if CHANNELS[delivery.channel].short else text.body
    return Parcel(
        tracker=str(delivery.pk),
        channel=delivery.channel,
        to=_address(user, delivery.channel),
        tenant=tenant.name,
        subject=text.subject,
        text=f"{said}\n{address(text.path)}",
        at=clock.now().isoformat(),
    )


def _address(user: User, channel: str) -> str:
    return CHANNELS[channel].address(Contact(email=user.email or "", phone=user.phone or ""))

"""Notes on the screen of a device."""

from tenants.messaging.channels.base import Channel, Contact, Parcel, register
from tenants.messaging.channels.transport import hand_over


@register
class Push(Channel):
    """The subject and a link, to a device that subscribed. None can yet: that is later work."""

    name = "push"
    short = True

    def address(self, contact: Contact) -> str:
        """Return nothing: no device has subscribed."""
        return ""

    def send(self, parcel: Parcel) -> str:
        """Hand the message over."""
        return hand_over(parcel)

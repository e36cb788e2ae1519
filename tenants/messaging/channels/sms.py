"""Short messages to a phone."""

from tenants.messaging.channels.base import Channel, Contact, Parcel, register
from tenants.messaging.channels.transport import hand_over


@register
class Sms(Channel):
    """The subject and a link: whoever holds the phone may read them on a locked screen."""

    name = "sms"
    short = True

    def address(self, contact: Contact) -> str:
        """Return the phone number."""
        return contact.phone

    def send(self, parcel: Parcel) -> str:
        """Hand the message over."""
        return hand_over(parcel)

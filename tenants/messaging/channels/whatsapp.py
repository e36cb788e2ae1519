"""WhatsApp messages to a phone."""

from tenants.messaging.channels.base import Channel, Contact, Parcel, register
from tenants.messaging.channels.transport import hand_over


@register
class Whatsapp(Channel):
    """Text and link, to people who asked for it."""

    name = "whatsapp"

    def address(self, contact: Contact) -> str:
        """Return the phone number."""
        return contact.phone

    def send(self, parcel: Parcel) -> str:
        """Hand the message over."""
        return hand_over(parcel)

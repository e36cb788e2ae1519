"""E-mail."""

from tenants.messaging.channels.base import Channel, Contact, Parcel, register
from tenants.messaging.channels.transport import hand_over


@register
class Email(Channel):
    """Subject, text and link, to a person's e-mail address."""

    name = "email"

    def address(self, contact: Contact) -> str:
        """Return the e-mail address."""
        return contact.email

    def send(self, parcel: Parcel) -> str:
        """Hand the message over."""
        return hand_over(parcel)

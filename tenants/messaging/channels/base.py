"""What every channel owes us: an address for a person, and sending."""

from dataclasses import dataclass
from typing import ClassVar


class TryLater(Exception):
    """The other side is busy or did not answer: nobody knows whether it arrived."""


class Undeliverable(Exception):
    """The other side will never take this message."""


@dataclass(frozen=True, slots=True)
class Contact:
    """How a person can be reached."""

    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One message on one channel. The tracker is the same at every attempt."""

    tracker: str
    channel: str
    to: str
    tenant: str
    subject: str
    text: str
    at: str


class Channel:
    """A way to reach people. Register a subclass, and it is there."""

    name: ClassVar[str]
    short: ClassVar[bool] = False  # Takes the subject only: no addresses, no bodies.

    def address(self, contact: Contact) -> str:
        """Return where a person is reached, or nothing."""
        raise NotImplementedError

    def send(self, parcel: Parcel) -> str:
        """Send, and return the other side's id; raise `TryLater` or `Undeliverable`."""
        raise NotImplementedError


CHANNELS: dict[str, Channel] = {}


def register(channel: type[Channel]) -> type[Channel]:
    """Add a channel under its name."""
    CHANNELS[channel.name] = channel()
    return channel

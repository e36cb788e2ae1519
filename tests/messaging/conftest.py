"""What messaging's tests stand on: a notice of their own, and an empty outbox."""

import pytest

from tenants.messaging.channels.base import CHANNELS, Parcel, TryLater, Undeliverable
from tenants.messaging.channels.transport import RECORDED


@pytest.fixture
def sent() -> list[Parcel]:
    """What was sent in this test."""
    return RECORDED


@pytest.fixture
def broken_email(monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """E-mail that refuses every message; `busy` makes it ask to come back later."""
    mood = {"busy": False}

    def refuse(parcel: Parcel) -> str:
        raise TryLater("HTTP 503") if mood["busy"] else Undeliverable("HTTP 400")

    monkeypatch.setattr(CHANNELS["email"], "send", refuse)
    return mood

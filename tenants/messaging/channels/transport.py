"""Where messages go until a real provider is connected: the outbox for developers, over HTTP.

Connecting a real e-mail, SMS, WhatsApp or push provider is later work. Without an outbox's address
tests find what was sent in `RECORDED`; anywhere else a message then fails, and says why.
"""

import json
import urllib.error
import urllib.request
from dataclasses import asdict

from django.conf import settings

from tenants.messaging.channels.base import Parcel, TryLater, Undeliverable

TIMEOUT_SECONDS = 3
TOO_BUSY = 429

RECORDED: list[Parcel] = []


def hand_over(parcel: Parcel) -> str:
    """Give a message to the outbox for developers and return its id there."""
    if settings.DEV_OUTBOX_URL:
        _post(f"{settings.DEV_OUTBOX_URL.rstrip('/')}/messages", parcel)
    elif settings.OFICIO_SIMULATORS:
        RECORDED.append(parcel)
    else:
        raise Undeliverable(f"no provider is connected for {parcel.channel}")
    return f"outbox:{parcel.tracker}"


def _post(url: str, parcel: Parcel) -> None:
    request = urllib.request.Request(
        url,
        data=json.dumps(asdict(parcel)).encode(),
        headers={"Content-Type": "application/json"},
        method="POST",
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):
            pass
    except urllib.error.HTTPError as error:
        error.close()
        if error.code >= 500 or error.code == TOO_BUSY:
            raise TryLater(f"HTTP {error.code}") from None
        raise Undeliverable(f"HTTP {error.code}") from None
    except OSError as error:
        raise TryLater(str(error)) from None

"""A visitor who signs in the way people do: with a code that was sent, and an app's code."""

import re
from urllib.parse import urlsplit

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.http import HttpResponseBase
from django.test import Client

from kernel import outbox
from tenants.messaging.channels.transport import RECORDED


class Visitor:
    """A browser with a cookie jar for every host, which follows what it is told."""

    def __init__(self) -> None:
        self.jars: dict[str, Client] = {}

    def at(self, host: str) -> Client:
        """Return the browser at one host."""
        return self.jars.setdefault(host, Client(headers={"host": host}))

    def get(self, address: str) -> HttpResponseBase:
        """Open an absolute address, without following anything."""
        parts = urlsplit(address)
        return self.at(parts.netloc).get(
            f"{parts.path}?{parts.query}" if parts.query else parts.path
        )

    def post(self, address: str, **fields: str) -> HttpResponseBase:
        """Send a form."""
        parts = urlsplit(address)
        return self.at(parts.netloc).post(parts._replace(scheme="", netloc="").geturl(), fields)

    def follow(self, response: HttpResponseBase, host: str) -> tuple[str, HttpResponseBase]:
        """Follow redirects over hosts; return the address of the last page, and the page."""
        address = f"http://{host}/"
        while response.status_code == 302:
            target = response["Location"]
            address = target if "://" in target else f"http://{urlsplit(address).netloc}{target}"
            response = self.get(address)
        return address, response

    def open(self, address: str) -> tuple[str, HttpResponseBase]:
        """Open an address and follow it to the end."""
        return self.follow(self.get(address), urlsplit(address).netloc)


def last_code(to: str = "") -> str:
    """Return the six digits that were sent last, to anybody or to one address."""
    outbox.drain()
    codes = [each for each in reversed(RECORDED) if "/not-me/" not in each.text]
    wanted = [each for each in codes if not to or each.to == to]
    found = (re.search(r"\b(\d{6})\b", each.text) for each in wanted[: None if to else 1])
    code = next(filter(None, found), None)
    assert code, [each.text for each in wanted]
    return code.group(1)


def app_code(secret: str, steps: int = 0) -> str:
    """Return what an authenticator app shows now, or some steps later."""
    now = list(yield_hotp_counters_from_time())[1]
    return format_hotp_value(hotp_value(secret.replace(" ", ""), now + steps))

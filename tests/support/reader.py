"""A person at a browser without scripts: reads pages, follows links, fills in the forms it finds.

It sends what the page's forms hold, hidden fields and CSRF tokens included, keeps cookies by host,
and walks to the payment company's pages and back over real HTTP.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from bs4 import BeautifulSoup, Tag
from django.test import Client

from kernel import outbox
from tests.support.signing_in import app_code, last_code

UNSENT = {"submit", "button", "image", "file", "reset"}
SWITCHES = {"checkbox", "radio"}
REDIRECTS = {301, 302, 303, 307, 308}


class Stay(HTTPRedirectHandler):
    """Shows where a page outside leads instead of going there."""

    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass
class Answer:
    """What came back: a status, where it leads, and a page."""

    status: int
    location: str
    text: str


@dataclass
class Reader:
    """A person at a browser."""

    name: str
    language: str = "es-MX,es;q=0.9"
    address: str = ""
    status: int = 0
    text: str = ""
    secret: str = ""
    jars: dict[str, Client] = field(default_factory=dict)

    @property
    def page(self) -> BeautifulSoup:
        """The page this person looks at."""
        return BeautifulSoup(self.text, "html.parser")

    @property
    def said(self) -> str:
        """What the page says, in one line."""
        return " ".join(self.page.get_text(" ").split())

    @property
    def path(self) -> str:
        """Where this person is, without the host."""
        return urlsplit(self.address).path

    def opens(self, address: str) -> "Reader":
        """Open an address, absolute or on the host one is at, and follow where it leads."""
        return self._go("GET", urljoin(self.address, address), {})

    def clicks(self, part: str) -> "Reader":
        """Follow the first link whose address contains, or matches, a text."""
        for link in self.page.find_all("a", href=True):
            if re.search(part, str(link["href"])):
                return self.opens(str(link["href"]))
        raise AssertionError(f"no link to {part!r} at {self.address}: {self.said[:1500]}")

    def link(self, part: str) -> str:
        """Return the address of a link."""
        found = [str(a["href"]) for a in self.page.find_all("a", href=True)]
        return next(each for each in found if re.search(part, each))

    def form(self, part: str = "") -> Tag:
        """Return the form with a field of a name, or which leads to an address."""
        forms = self.page.find_all("form")
        if part:
            forms = [
                each
                for each in forms
                if each.find(attrs={"name": part}) or part in str(each.get("action", ""))
            ]
        own = [each for each in forms if "i18n" not in str(each.get("action", ""))]
        assert own, f"no form with {part!r} at {self.address}: {self.said[:1500]}"
        return own[0]

    def sends(self, part: str = "", /, **fields: Any) -> "Reader":
        """Fill in a form and send it; a field that the form does not have is a mistake."""
        form = self.form(part)
        filled = values_of(form)
        known = {str(each["name"]) for each in form.find_all(attrs={"name": True})}
        assert set(fields) <= known, f"{set(fields) - known} not in {known} at {self.address}"
        filled = {name: value for name, value in {**filled, **fields}.items() if value is not None}
        target = urljoin(self.address, str(form.get("action") or self.address))
        return self._go(str(form.get("method", "get")).upper(), target, filled)

    def signs_in(self, address: str) -> "Reader":
        """Open an address that wants to know who one is, and sign in with the code sent."""
        self.opens(address)
        assert urlsplit(self.address).netloc.startswith("auth."), self.address
        if self.path == "/account/login/":
            email = f"{self.name}@example.com"
            self.sends("contact", contact=email)
            self.sends("code", code=last_code(email))
        if self.path == "/account/name/":
            self.sends("first_name", first_name=self.name.title(), last_name="Prueba")
        if self.path == "/factor/new/":
            self._sets_up_a_second_factor()
        elif self.path == "/factor/":
            self.sends("code", code=app_code(self.secret, 1))
        return self

    def _sets_up_a_second_factor(self) -> None:
        code = self.page.find("code")
        assert code is not None
        self.secret = code.get_text().strip()
        self.sends("code", code=app_code(self.secret))
        if self.path == "/factor/recovery/":
            links = [str(a["href"]) for a in self.page.select("main a.button[href]")]
            self.opens(links[-1])

    def waits(self, work: Callable[[], object] = outbox.drain) -> "Reader":
        """Let the workers behind the pages finish, and look at the page again."""
        work()
        return self.opens(self.address)

    def _go(self, method: str, address: str, fields: dict[str, Any]) -> "Reader":
        for _ in range(12):
            answer = self._ask(method, address, fields)
            self.address, self.status, self.text = address, answer.status, answer.text
            target = answer.location if answer.status in REDIRECTS else self._refreshes_to()
            if not target:
                return self
            method, fields, address = "GET", {}, urljoin(address, target)
        raise AssertionError(f"walked in circles at {address}")

    def _refreshes_to(self) -> str:
        """Return where the page leads by itself."""
        found = self.page.select_one('meta[http-equiv="refresh" i]')
        return str(found["content"]).partition("=")[2].strip() if found else ""

    def _ask(self, method: str, address: str, fields: dict[str, Any]) -> Answer:
        host = urlsplit(address).netloc.lower()
        if host.partition(":")[0].endswith("localhost"):
            return self._ask_ours(method, address, fields, host)
        return self._ask_outside(method, address, fields)

    def _ask_ours(self, method: str, address: str, fields: dict[str, Any], host: str) -> Answer:
        if host not in self.jars:
            headers = {"host": host, "accept-language": self.language}
            self.jars[host] = Client(headers=headers, enforce_csrf_checks=True)
        parts = urlsplit(address)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if method == "POST":
            got = self.jars[host].post(path, fields)
        else:
            got = self.jars[host].get(path, fields or None)
        body = b"" if got.streaming else got.content
        return Answer(
            got.status_code, got.headers.get("Location", ""), body.decode(errors="replace")
        )

    def _ask_outside(self, method: str, address: str, fields: dict[str, Any]) -> Answer:
        body = urlencode(fields).encode() if method == "POST" else None
        request = Request(address, body, {"Accept-Language": self.language})
        try:
            with build_opener(Stay).open(request, timeout=10) as got:
                return Answer(got.status, "", got.read().decode())
        except HTTPError as error:
            with error:
                location = error.headers.get("Location", "")
                return Answer(error.code, location, error.read().decode())


def values_of(form: Tag) -> dict[str, Any]:
    """Return what a form would send as it stands."""
    values: dict[str, Any] = {}
    for each in form.find_all(["input", "textarea", "select"], attrs={"name": True}):
        name, kind = str(each["name"]), str(each.get("type", "text"))
        if each.name == "input" and kind in UNSENT:
            continue
        if each.name == "input" and kind in SWITCHES:
            if each.has_attr("checked"):
                values[name] = str(each.get("value", "on"))
        elif each.name == "select":
            options = each.find_all("option")
            chosen = [option for option in options if option.has_attr("selected")] or options[:1]
            values[name] = [option_value(option) for option in chosen]
        elif each.name == "textarea":
            values[name] = unescape(each.get_text()).removeprefix("\n")
        else:
            values[name] = str(each.get("value", ""))
    return values


def option_value(option: Tag) -> str:
    """Return what choosing an option sends."""
    return str(option.get("value", option.get_text()))

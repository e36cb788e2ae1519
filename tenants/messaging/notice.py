"""What a floor can tell a person: declared once, in its `notices.py`, in English.

`subject` is the short form (SMS, push, lists), `body` the long one (e-mail, WhatsApp); both may
hold placeholders, filled from the values given to `notify`. `path` is where a tap leads.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from tenants.messaging.rules.routing import PURPOSES

NOTICES: dict[str, "Notice"] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something people are told. Declaring one registers it under its name."""

    name: str
    purpose: str
    subject: str
    body: str
    path: str

    def __post_init__(self) -> None:
        if self.purpose not in PURPOSES:
            raise ValueError(f"{self.name}: no such purpose as {self.purpose!r}")
        if NOTICES.setdefault(self.name, self) != self:
            raise ValueError(f"two notices are called {self.name}")


LOGIN_CODE = Notice(
    name="messaging.login_code",
    purpose="otp",
    subject=_("{code} is your code"),
    body=_("{code} is your code to sign in. It is valid for 10 minutes. Do not share it."),
    path="/",
)

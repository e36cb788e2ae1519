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


ALERTS = {
    "email_changed": Notice(
        name="messaging.email_changed",
        purpose="safety",
        subject=_("The e-mail of your account was changed"),
        body=_(
            "Your account now has the e-mail {about}. Nobody can take money out of it for 48 hours."
            " If this was not you, say so here: {link}"
        ),
        path="/",
    ),
    "phone_changed": Notice(
        name="messaging.phone_changed",
        purpose="safety",
        subject=_("The phone of your account was changed"),
        body=_(
            "Your account now has the phone {about}. Nobody can take money out of it for 48 hours."
            " If this was not you, say so here: {link}"
        ),
        path="/",
    ),
    "new_device": Notice(
        name="messaging.new_device",
        purpose="safety",
        subject=_("Somebody signed in to your account with a new device"),
        body=_(
            "A device that your account had not seen before was used to sign in: {about}. Nobody"
            " can take money out of it for 24 hours. If this was not you, say so here: {link}"
        ),
        path="/",
    ),
    "account_changed": Notice(
        name="messaging.account_changed",
        purpose="safety",
        subject=_("The bank account that your money goes to was changed"),
        body=_(
            "Your money now goes to another bank account: {about}. Nobody can take money out for 72"
            " hours. If this was not you, say so here: {link}"
        ),
        path="/",
    ),
    "factor_changed": Notice(
        name="messaging.factor_changed",
        purpose="safety",
        subject=_("The second step of your account was changed"),
        body=_(
            "An authenticator app was set up, or taken away, for your account."
            " If this was not you, say so here: {link}"
        ),
        path="/",
    ),
}
LOGIN_CODE = Notice(
    name="messaging.login_code",
    purpose="otp",
    subject=_("{code} is your code"),
    body=_("{code} is your code to sign in. It is valid for 10 minutes. Do not share it."),
    path="/",
)
CONFIRM_CODE = Notice(
    name="messaging.confirm_code",
    purpose="otp",
    subject=_("{code} is your code"),
    body=_(
        "{code} confirms that it is you who is moving money or changing your account."
        " It is valid for 10 minutes. If that was not you, do not use it and do not share it."
    ),
    path="/",
)

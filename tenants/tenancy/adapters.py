"""What we change in allauth: codes by our own channels, no host in keys, sealed secrets."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from kernel.crypto import seal, unseal
from tenants.tenancy.access.devices import greet_device
from tenants.tenancy.access.sessions import stamp_session
from tenants.tenancy.actions.edit_person import keep_phone
from tenants.tenancy.actions.prove import send_code
from tenants.tenancy.models import User
from tenants.tenancy.queries import user_by_phone
from tenants.tenancy.rules.handoff import safe_next

CODES = {"account/email/login_code"}
ABOUT = "allauth.mfa"


class Accounts(DefaultAccountAdapter):
    """Accounts that are signed in to with a code sent to an e-mail address or a phone."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a login code; allauth has nothing else to say to people here."""
        if template_prefix in CODES:
            locale = get_language() or ""
            send_code(channel="email", to=email, code=context["code"], locale=locale)

    def send_verification_code_sms(self, user: User, phone: str, code: str, **_: Any) -> None:
        """Send a login code by SMS."""
        send_code(channel="sms", to=phone, code=code, locale=get_language() or user.locale)

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        """Remember a phone."""
        keep_phone(user=user, phone=phone, verified=verified)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """Return a person's phone, and whether it was proved to be theirs."""
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone_verified(self, user: User, phone: str) -> None:
        """Note that a code sent there came back."""
        if not user.phone_verified:
            keep_phone(user=user, phone=phone, verified=True)

    def get_user_by_phone(self, phone: str) -> User | None:
        """Find who has a phone."""
        return user_by_phone(phone)

    def is_safe_url(self, url: str) -> bool:
        """Follow paths of this host, and nothing else."""
        return bool(url) and safe_next(url) == url

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin a session of the auth host, stamped like any other."""
        super().login(request, user)
        stamp_session(request, user, strong=False)

    def post_login(self, request: HttpRequest, user: User, **about: Any) -> HttpResponse:
        """Greet the browser: one that the account has not seen gets a cookie to be known by."""
        response: HttpResponse = super().post_login(request, user, **about)
        greet_device(request, response, user)
        return response

    def add_message(self, *args: Any, message: str | None = None, **options: Any) -> None:
        """Say what went wrong, and nothing about what went well: the next page shows it."""
        if message:
            super().add_message(*args, message=message, **options)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count guesses per account: not per host, and never all phones together."""
        known = (credentials.get(name) for name in ("email", "phone", "username"))
        return next((str(each).lower() for each in known if each), "")


class SecondFactors(DefaultMFAAdapter):
    """Authenticator apps, whose secrets lie sealed in the database."""

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return base64.b64encode(seal(text.encode(), about=ABOUT)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return unseal(base64.b64decode(encrypted_text), about=ABOUT).decode()

    def get_totp_issuer(self) -> str:
        """Return the name that stands above the code in the app."""
        return "Oficio"

    def get_totp_label(self, user: User) -> str:
        """Return whose code it is."""
        return user.email or user.phone or user.public_name

    def send_notification_mail(self, *args: Any, **options: Any) -> None:
        """Send nothing: the house does not write to people by itself yet."""

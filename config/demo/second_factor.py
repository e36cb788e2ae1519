"""The authenticator apps of the people whom a visitor of the demo can be in the office."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from config.demo.people import email_of
from kernel.context import HOUSE
from kernel.edge import working_for
from tenants.tenancy.models import User


def app_secret_of(name: str) -> str:
    """Return the secret in somebody's authenticator app (base32); set one up if there is none."""
    with working_for(HOUSE):
        user = User.objects.get(email=email_of(name))
        known = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
        if known is not None:
            return str(get_adapter().decrypt(known.data["secret"]))
        secret = str(generate_totp_secret())
        TOTP.activate(user, secret)
        return secret

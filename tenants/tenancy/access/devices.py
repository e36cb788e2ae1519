"""The browsers that an account knows, by a cookie of the auth host."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tenants.tenancy.actions.hand_off import fresh_secret
from tenants.tenancy.actions.recognise_device import recognise_device
from tenants.tenancy.models import User
from tenants.tenancy.rules.devices import COOKIE_LIVES, device_name


def greet_device(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Remember the browser that somebody has just signed in with."""
    cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME) or fresh_secret()
    recognise_device(
        user=user, cookie=cookie, name=device_name(request.headers.get("User-Agent", ""))
    )
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        cookie,
        max_age=int(COOKIE_LIVES.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )

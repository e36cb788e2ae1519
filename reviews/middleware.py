"""Notes on which device a person who has signed in uses a marketplace."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase

from reviews.access import COOKIE, device_of
from reviews.actions.see_device import see_device
from tenants.tenancy.access import me

HALF_A_YEAR = 180 * 86_400
A_DAY = 86_400


class DeviceMiddleware:
    """Gives a browser a random name of its own, and remembers a fingerprint of it: nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if getattr(request, "user", None) is None or not request.user.is_authenticated:
            return response
        known = device_of(request)
        device = known or secrets.token_hex(16)
        if known is None:
            response.set_cookie(
                COOKIE,
                device,
                max_age=HALF_A_YEAR,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        user_id = me(request).pk
        if cache.add(f"device-seen:{user_id}:{device}", True, A_DAY):
            see_device(user_id=user_id, device=device)
        return response

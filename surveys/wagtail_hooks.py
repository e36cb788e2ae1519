"""The office asks workers how it is to work here."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from wagtail import hooks

from kernel.errors import Refusal
from surveys.actions.open_wave import open_wave
from tenants.tenancy.access import office_actor_of
from tenants.tenancy.forms import tell_refusal


@require_POST
def open_wave_now(request: HttpRequest) -> HttpResponse:
    """Open a wave of the confidential survey; only the owner may."""
    by = office_actor_of(request)
    try:
        with transaction.atomic():
            open_wave(by=by)
    except Refusal as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, gettext("All workers have been asked, for ten days."))
    return redirect("wagtailadmin_home")


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Return where the office opens a wave."""
    return [path("voice/open/", open_wave_now, name="surveys_open_wave")]

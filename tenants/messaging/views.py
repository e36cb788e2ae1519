"""A person's inbox at a tenant, and what they want to hear."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from tenants.messaging.actions.read_notification import read_notification
from tenants.messaging.actions.set_preference import set_preference
from tenants.messaging.forms import PreferencesForm
from tenants.messaging.models import Notification
from tenants.messaging.queries import choices_of, notifications_of, text_of
from tenants.messaging.rules.routing import ANY, EMAIL, WHATSAPP
from tenants.tenancy.access import Request, signed_in
from tenants.tenancy.models import Tenant

PAGE = 20


@require_safe
@signed_in
def inbox(request: Request) -> HttpResponse:
    """List what the person was told here, newest first, unread ones marked."""
    page = Paginator(notifications_of(_person(request)), PAGE).get_page(request.GET.get("page"))
    zone = request.tenant.timezone
    items = [(each, _text(each, request.tenant)) for each in page]
    return render(request, "messaging/inbox.html", {"items": items, "page": page, "zone": zone})


@require_POST
@signed_in
def open_notification(request: Request, notification_id: UUID) -> HttpResponse:
    """Note that it was seen, and go where it leads."""
    row = read_notification(user_id=_person(request), notification_id=notification_id)
    return redirect(text_of(row, locale="en", tenant=request.tenant).path)


@signed_in
def preferences(request: HttpRequest) -> HttpResponse:
    """Let the person choose what to hear, and how."""
    user_id = _person(request)
    form = PreferencesForm(request.POST or None, initial=_chosen(user_id))
    if request.method == "POST":
        form = PreferencesForm(request.POST)
        if form.is_valid():
            _choose(user_id, form.cleaned_data)
            messages.success(request, gettext("Saved."))
            return redirect("messaging:preferences")
    return render(request, "messaging/preferences.html", {"form": form})


def _chosen(user_id: UUID) -> dict[str, bool]:
    choices = choices_of(user_id)
    return {
        "whatsapp": choices.get((ANY, WHATSAPP), False),
        "survey": choices.get(("survey", EMAIL), True),
        "marketing": choices.get(("marketing", EMAIL), False),
    }


def _choose(user_id: UUID, wanted: dict[str, bool]) -> None:
    set_preference(user_id=user_id, purpose=ANY, channel=WHATSAPP, wanted=wanted["whatsapp"])
    for purpose in ("survey", "marketing"):
        for channel in (EMAIL, WHATSAPP):
            set_preference(
                user_id=user_id, purpose=purpose, channel=channel, wanted=wanted[purpose]
            )


def _text(notification: Notification, tenant: Tenant) -> str:
    return text_of(notification, locale=get_language() or "es", tenant=tenant).body


def _person(request: HttpRequest) -> UUID:
    return cast("UUID", request.user.pk)

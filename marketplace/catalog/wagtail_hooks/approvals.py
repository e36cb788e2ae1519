"""The office's queue of what waits to be read: services, and changes of them."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from kernel.errors import NotFound, Refusal
from marketplace.catalog.actions.approve_offer import decide_revision, take_step
from marketplace.catalog.queries.approvals import waiting
from marketplace.catalog.rules.offer_states import OfferStep
from tenants.tenancy.access import Request, office_actor_of
from tenants.tenancy.access.menu import PEOPLE, OfficeItem
from tenants.tenancy.forms import refusal_words

LABELS = {"about": gettext_lazy("In their own words"), "photos": gettext_lazy("Photos")}
DECISIONS = {"approve": True, "reject": False}


@require_safe
def queue(request: Request) -> HttpResponse:
    """List what waits to be read, oldest first, with what would change."""
    return _show(request)


def _show(request: Request, *, about: UUID | None = None, sentence: str = "") -> HttpResponse:
    rows = waiting(office_actor_of(request))
    context = {
        "rows": [
            (row, [(LABELS.get(each.label, each.label), each) for each in row.changes])
            for row in rows
        ],
        "refused": about,
        "sentence": sentence,
        "zone": request.tenant.timezone,
    }
    return render(
        request, "catalog/office/approvals.html", context, status=422 if sentence else 200
    )


@require_POST
def decide(request: Request, what: str, subject_id: UUID, decision: str) -> HttpResponse:
    """Say yes or no to one thing; a no without a reason is asked for one."""
    by = office_actor_of(request)
    if decision not in DECISIONS or what not in ("offer", "revision"):
        raise NotFound(what="decision")
    reason, yes = request.POST.get("reason", ""), DECISIONS[decision]
    try:
        with transaction.atomic():
            if what == "revision":
                decide_revision(by=by, revision_id=subject_id, approve=yes, reason=reason)
            else:
                step = OfferStep.APPROVE if yes else OfferStep.REJECT
                take_step(by=by, offer_id=subject_id, step=step, reason=reason)
    except NotFound:
        raise
    except Refusal as refusal:
        return _show(request, about=subject_id, sentence=refusal_words(refusal))
    messages.success(request, gettext("Decided. The worker is told."))
    return redirect("catalog_approvals")


@hooks.register("register_admin_urls")
def approvals_addresses() -> list[URLPattern]:
    """Say where these pages are."""
    return [
        path("approvals/", queue, name="catalog_approvals"),
        path(
            "approvals/<slug:what>/<uuid:subject_id>/<slug:decision>/",
            decide,
            name="catalog_approval",
        ),
    ]


@hooks.register("register_admin_menu_item")
def approvals_item() -> MenuItem:
    """Put the queue into the menu."""
    return OfficeItem(
        gettext_lazy("Approvals"),
        reverse("catalog_approvals"),
        icon_name="check",
        order=205,
        group=PEOPLE,
    )

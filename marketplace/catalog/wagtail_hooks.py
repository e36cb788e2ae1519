"""The office's pages about what is on offer and who works here."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import ForeignKey
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permissions import register_permission_policy

from kernel.errors import NotFound, Refusal
from marketplace.catalog.access import LooseOfficePolicy, OfficePolicy
from marketplace.catalog.actions.decide_worker import Because, take_step
from marketplace.catalog.actions.edit_catalogue import (
    save_add_on,
    save_category,
    save_service,
    save_zone,
)
from marketplace.catalog.forms import DecisionForm, OfThisTenantField, PriceField
from marketplace.catalog.models import AddOn, Category, Service, Worker, Zone
from marketplace.catalog.queries import published_services, readiness, worker, workers_for
from marketplace.catalog.rules.worker_states import State, Step, steps_from
from tenants.tenancy.access import Request, office_actor_of
from tenants.tenancy.access.menu import OfficeItem
from tenants.tenancy.forms import show_refusal

register_permission_policy(Category, OfficePolicy(Category))
register_permission_policy(Service, OfficePolicy(Service))
register_permission_policy(AddOn, LooseOfficePolicy(AddOn))
register_permission_policy(Zone, LooseOfficePolicy(Zone))

PAGE = 30
STEP_NAMES = {
    Step.START_REVIEW: gettext_lazy("Start the review"),
    Step.ASK_INFO: gettext_lazy("Ask for something"),
    Step.REJECT: gettext_lazy("Reject"),
    Step.APPROVE: gettext_lazy("Approve"),
    Step.SUSPEND: gettext_lazy("Suspend"),
    Step.REINSTATE: gettext_lazy("End the suspension"),
    Step.REMOVE: gettext_lazy("Remove for good"),
}
SAVERS: dict[type, Any] = {
    Category: lambda by, row: save_category(by=by, category=row),
    Service: lambda by, row: save_service(by=by, service=row),
    AddOn: lambda by, row: save_add_on(by=by, add_on=row),
    Zone: lambda by, row: save_zone(by=by, zone=row),
}


class PriceColumn(Column):
    """A price in a list, as people write it."""

    def get_value(self, instance: Any) -> str:
        """Return the price with its currency."""
        price = instance.price
        return f"{Decimal(price.minor).scaleb(-price.exponent)} {price.currency}"


PRICE = PriceColumn("price", label=gettext_lazy("price"))


class SavesByAction:
    """Lets a form's row be stored by the action that also tells the index."""

    request: Request
    form: Any
    model: type

    def save_instance(self) -> Any:
        """Store what was filled in."""
        return SAVERS[self.model](office_actor_of(self.request), self.form.instance)


class Create(SavesByAction, generic.CreateView):
    """Add a row through its action."""


class Edit(SavesByAction, generic.EditView):
    """Change a row through its action."""


class CatalogueViewSet(ModelViewSet):
    """How every part of the catalogue is edited."""

    add_view_class = Create
    edit_view_class = Edit
    copy_view_enabled = False
    inspect_view_enabled = False

    def formfield_for_dbfield(self, db_field: Any, **kwargs: Any) -> Any:
        """Offer this tenant's rows only, asked for when the form is shown: not when it is made."""
        if isinstance(db_field, ForeignKey):
            return OfThisTenantField(
                rows=db_field.related_model._default_manager.all,
                required=not db_field.blank,
                label=capfirst(db_field.verbose_name),
            )
        if db_field.name == "price_minor":
            return PriceField(label=capfirst(db_field.verbose_name))
        return super().formfield_for_dbfield(db_field, **kwargs)


class CategoryViewSet(CatalogueViewSet):
    """Shelves."""

    model = Category
    icon = "folder-open-inverse"
    menu_label = gettext_lazy("Categories")
    list_display = ["name", "position", "archived"]
    form_fields = ["name", "parent", "description", "icon", "position", "archived"]


class ServiceViewSet(CatalogueViewSet):
    """Services."""

    model = Service
    icon = "list-ul"
    menu_label = gettext_lazy("Services")
    list_display = ["name", "category", "minutes", PRICE, "active"]
    list_filter = ["active"]
    form_fields = [
        "category",
        "name",
        "description",
        "booking_mode",
        "minutes",
        "price_minor",
        "cash",
        "buffer_before",
        "buffer_after",
        "min_notice",
        "horizon_days",
        "slot_step",
        "max_minutes_day",
        "position",
        "active",
    ]


class AddOnViewSet(CatalogueViewSet):
    """Extras."""

    model = AddOn
    icon = "plus-inverse"
    menu_label = gettext_lazy("Extras")
    list_display = ["name", "service", PRICE, "minutes", "active"]
    form_fields = [
        "service",
        "name",
        "price_minor",
        "minutes",
        "max_quantity",
        "position",
        "active",
    ]


class ZoneViewSet(CatalogueViewSet):
    """Parts of town."""

    model = Zone
    icon = "site"
    menu_label = gettext_lazy("Parts of town")
    list_display = ["name", "latitude", "longitude"]
    form_fields = ["name", "latitude", "longitude", "position"]


class CatalogueGroup(ModelViewSetGroup):
    """The catalogue in the menu."""

    menu_label = gettext_lazy("Catalogue")
    menu_icon = "list-ul"
    menu_order = 210
    items = (ServiceViewSet, CategoryViewSet, AddOnViewSet, ZoneViewSet)


@hooks.register("register_admin_viewset")
def catalogue() -> CatalogueGroup:
    """Put the catalogue into the menu."""
    return CatalogueGroup()


@require_safe
def worker_list(request: Request) -> HttpResponse:
    """List who applied and who works here; applications that wait come first."""
    wanted = request.GET.get("state", "waiting")
    rows = workers_for(office_actor_of(request), wanted=wanted)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "states": ["waiting", *(each.value for each in State)],
        "zone": request.tenant.timezone,
    }
    return render(request, "catalog/office/workers.html", context)


@require_safe
def worker_page(request: Request, worker_id: UUID) -> HttpResponse:
    """Show one worker: who they are, what is missing, and what can be decided."""
    office_actor_of(request)
    return _show(request, worker(worker_id))


def _show(request: Request, row: Worker, **filled: DecisionForm) -> HttpResponse:
    by = office_actor_of(request)
    steps = steps_from(State(row.state), role=by.role)
    forms = [
        (step.value, STEP_NAMES[step], filled.get(step.value) or DecisionForm(step=step))
        for step in steps
    ]
    context = {
        "worker": row,
        "offers": published_services(row.pk),
        "gaps": [gettext(gap.title) for gap in readiness(row)],
        "forms": forms,
        "zone": request.tenant.timezone,
    }
    return render(request, "catalog/office/worker.html", context, status=422 if filled else 200)


@require_POST
def worker_step(request: Request, worker_id: UUID, step: str) -> HttpResponse:
    """Decide about a worker; what does not fit is shown beside the form it came from."""
    by = office_actor_of(request)
    if step not in {each.value for each in STEP_NAMES}:
        raise NotFound(what="step")
    row, taken = worker(worker_id), Step(step)
    form = DecisionForm(request.POST, step=taken)
    if not form.is_valid():
        return _show(request, row, **{step: form})
    because = Because(form.cleaned_data.get("note", ""), form.cleaned_data.get("reason", ""))
    try:
        with transaction.atomic():
            take_step(by=by, worker_id=row.pk, step=taken, because=because)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return _show(request, row, **{step: form})
    messages.success(request, gettext("Decided. The worker is told."))
    return redirect("catalog_worker", row.pk)


@hooks.register("register_admin_urls")
def our_addresses() -> list[URLPattern]:
    """Say where these pages are."""
    return [
        path("workers/", worker_list, name="catalog_workers"),
        path("workers/<uuid:worker_id>/", worker_page, name="catalog_worker"),
        path("workers/<uuid:worker_id>/<slug:step>/", worker_step, name="catalog_worker_step"),
    ]


@hooks.register("register_admin_menu_item")
def workers_item() -> MenuItem:
    """Put workers into the menu."""
    return OfficeItem(
        gettext_lazy("Workers"), reverse("catalog_workers"), icon_name="group", order=200
    )

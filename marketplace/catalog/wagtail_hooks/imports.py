"""The office's page for lists that a business brings along."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from kernel.errors import Conflict, Refusal, all_refusals
from marketplace.catalog.actions.import_list import begin_import, start_import
from marketplace.catalog.forms.imports import ImportForm
from marketplace.catalog.queries.imports import import_job, imports
from marketplace.catalog.rules.importing import COLUMNS
from tenants.tenancy.access import Request, office_actor_of
from tenants.tenancy.access.menu import CATALOGUE, OfficeItem
from tenants.tenancy.forms import show_refusal, tell_refusal

REASONS = {
    "unknown": gettext_lazy("We do not know this column."),
    "missing": gettext_lazy("This column is missing."),
    "twice": gettext_lazy("This is there twice."),
    "empty": gettext_lazy("This may not be empty."),
    "does_not_fit": gettext_lazy("This does not fit here."),
    "no_contact": gettext_lazy("An e-mail address or a phone number is needed."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: Request) -> HttpResponse:
    """List what was brought along, and take another list."""
    by = office_actor_of(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            with transaction.atomic():
                name = str(getattr(request.FILES["file"], "name", ""))
                job = begin_import(by=by, kind=said["kind"], text=said["file"], name=name)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return redirect("catalog_import", job.pk)
    context = {
        "form": form,
        "jobs": imports(by)[:30],
        "columns": [
            (kind, [(name, column.required) for name, column in columns.items()])
            for kind, columns in COLUMNS.items()
        ],
        "zone": request.tenant.timezone,
    }
    status = 422 if form.errors else 200
    return render(request, "catalog/office/imports.html", context, status=status)


@require_safe
def import_page(request: Request, job_id: UUID) -> HttpResponse:
    """Show how far a list is, and what is wrong with it by row and column."""
    job = import_job(office_actor_of(request), job_id)
    titles = {each.code: each.title for each in all_refusals()}
    problems = [
        (each["row"], each["column"], _words(each["reason"], titles)) for each in job.problems
    ]
    context = {"job": job, "problems": problems, "busy": job.state in ("checking", "running")}
    return render(request, "catalog/office/import.html", context)


def _words(reason: str, titles: dict[str, str]) -> str:
    """Say in the reader's language what is wrong: our own reason, or that of a refusal."""
    own = REASONS.get(reason)
    return str(own) if own is not None else gettext(titles.get(reason, reason))


@require_POST
def import_start(request: Request, job_id: UUID) -> HttpResponse:
    """Take a list in."""
    try:
        with transaction.atomic():
            start_import(by=office_actor_of(request), job_id=job_id)
    except Conflict as refusal:
        tell_refusal(request, refusal)
    return redirect("catalog_import", job_id)


@hooks.register("register_admin_urls")
def import_addresses() -> list[URLPattern]:
    """Say where these pages are."""
    return [
        path("imports/", import_list, name="catalog_imports"),
        path("imports/<uuid:job_id>/", import_page, name="catalog_import"),
        path("imports/<uuid:job_id>/start/", import_start, name="catalog_import_start"),
    ]


@hooks.register("register_admin_menu_item")
def imports_item() -> MenuItem:
    """Put imports into the menu."""
    return OfficeItem(
        gettext_lazy("Import"),
        reverse("catalog_imports"),
        icon_name="upload",
        order=219,
        group=CATALOGUE,
    )

"""The office's pages about the business itself: what it has decided, and who works there."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from kernel.actor import Actor, Role
from kernel.context import country_here
from kernel.errors import Refusal
from kernel.money import Money
from kernel.reading import babel_locale, number
from tenants.tenancy.access import (
    actor_of,
    demand_proof,
    kept_fields,
    me,
    office_actor_of,
)
from tenants.tenancy.access.menu import PAY, PEOPLE, SETTINGS, GroupedItem, OwnersItem, in_groups
from tenants.tenancy.actions.change_setting import change_setting
from tenants.tenancy.actions.create_key import create_key, revoke_key
from tenants.tenancy.actions.end_membership import end_membership
from tenants.tenancy.actions.invite_member import invite_member
from tenants.tenancy.actions.release_hold import release_hold
from tenants.tenancy.forms import (
    InviteForm,
    KeyForm,
    ReleaseForm,
    setting_word,
    settings_form,
    show_refusal,
    tell_refusal,
)
from tenants.tenancy.queries import held_people, here, keys, office_members, settings_of
from tenants.tenancy.rules.keys import READ, SCOPES
from tenants.tenancy.settings_schema import SCHEMAS, TenantSettings

LAST = 1_000  # After everybody who adds to the menu.
CONCERNS = {
    "customers": gettext_lazy("For whoever books"),
    "workers": gettext_lazy("For whoever works"),
    "office": gettext_lazy("For your office"),
}


def _owner(request: HttpRequest) -> Actor:
    return actor_of(request, role=Role.OWNER)


def decisions(request: HttpRequest) -> HttpResponse:
    """List the groups of settings, by whom they concern, with what is decided now."""
    _owner(request)
    shelves = {name: (words, _groups(name)) for name, words in CONCERNS.items()}
    return render(request, "tenancy/office/settings.html", {"shelves": shelves})


def _groups(concerns: str) -> list[dict[str, Any]]:
    return [
        {
            "group": name,
            "title": _title(schema),
            "purpose": gettext(schema.purpose) if schema.purpose else "",
            "decided": _decided(schema, settings_of(schema)),
        }
        for name, schema in sorted(SCHEMAS.items())
        if schema.concerns == concerns
    ]


def _title(schema: type[TenantSettings]) -> str:
    """Return a group's headline: its first line, which is a sentence, without the full stop."""
    return gettext((schema.__doc__ or schema.group).strip()).rstrip(".")


def _decided(schema: type[TenantSettings], current: TenantSettings) -> list[tuple[str, object]]:
    return [
        (gettext(about.title or name), _shown(name, getattr(current, name)))
        for name, about in schema.model_fields.items()
    ]


def _shown(name: str, value: Any) -> object:
    """Return a setting as people read it; amounts are put in words by the page."""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if name.endswith("_minor"):
        return Money(here().currency, value)
    if isinstance(value, tuple):
        return ", ".join(setting_word(each) for each in value) or "—"
    if isinstance(value, float):
        where = babel_locale(get_language(), country_here())
        return number(value, locale=where, decimals=2)
    word = str(getattr(value, "value", value))
    return setting_word(word) if word.isidentifier() else word


def decision(request: HttpRequest, group: str) -> HttpResponse:
    """Show one group of settings, and store what the owner decides."""
    by = _owner(request)
    if (schema := SCHEMAS.get(group)) is None:
        raise Http404
    form = settings_form(schema, settings_of(schema))(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change_setting(by=by, group=group, values=form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("tenancy_setting", group=group)
    context = {
        "form": form,
        "heading": _title(schema),
        "purpose": gettext(schema.purpose) if schema.purpose else "",
        "current": settings_of(schema),
    }
    return render(request, "tenancy/office/setting.html", context)


def people(request: HttpRequest) -> HttpResponse:
    """List who works in the office, and let owners invite."""
    by = office_actor_of(request)
    form = InviteForm(request.POST or None, initial=kept_fields(request))
    if request.method == "POST" and form.is_valid():
        demand_proof(request)
        wanted: dict[str, Any] = form.cleaned_data
        try:
            invite_member(by=by, **{**wanted, "role": Role(wanted["role"])})
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("They can sign in now."))
            return redirect("tenancy_people")
    context = {
        "members": office_members().order_by("role", "joined_at"),
        "form": form,
        "owns": by.role == Role.OWNER,
    }
    return render(request, "tenancy/office/people.html", context)


@require_POST
def let_go(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """End somebody's role in the office."""
    by = _owner(request)
    demand_proof(request, back=reverse("tenancy_people"))
    try:
        end_membership(by=by, member_id=member_id)
    except Refusal as refusal:
        tell_refusal(request, refusal)
    return redirect("tenancy_people")


def programs(request: HttpRequest) -> HttpResponse:
    """List the keys of programs, and make one; its secret is on this page, once."""
    by = _owner(request)
    form, secret = KeyForm(request.POST or None, initial=kept_fields(request)), ""
    if request.method == "POST" and form.is_valid():
        demand_proof(request)
        scopes = SCOPES if form.cleaned_data["writes"] else (READ,)
        secret = create_key(by=by, name=form.cleaned_data["name"], scopes=scopes).secret
        form = KeyForm()
    context = {"keys": keys(), "form": form, "secret": secret, "zone": here().timezone}
    response = render(request, "tenancy/office/keys.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def revoke(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """Take a key away."""
    by = _owner(request)
    demand_proof(request, back=reverse("tenancy_keys"))
    revoke_key(by=by, key_id=key_id)
    return redirect("tenancy_keys")


def holds(request: HttpRequest) -> HttpResponse:
    """List the workers whose money waits because of a change to their account."""
    by = office_actor_of(request)
    context = {
        "held": held_people(by),
        "form": ReleaseForm(),
        "mine": me(request).pk,
        "zone": here().timezone,
    }
    response = render(request, "tenancy/office/holds.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def release(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """Ask for a release, or confirm somebody else's wish for one."""
    by = office_actor_of(request)
    demand_proof(request, back=reverse("tenancy_holds"))
    try:
        done = release_hold(by=by, hold_id=hold_id, why=request.POST.get("why", ""))
    except Refusal as refusal:
        tell_refusal(request, refusal)
    else:
        asked = gettext("Asked. Now somebody else of the office has to confirm it.")
        released = gettext("Released. The money can be taken out here.")
        messages.success(request, released if done.confirmed_at else asked)
    return redirect("tenancy_holds")


@hooks.register("register_admin_urls")
def our_addresses() -> list[URLPattern]:
    """Say where these pages are."""
    return [
        path("rules/", decisions, name="tenancy_settings"),
        path("rules/<str:group>/", decision, name="tenancy_setting"),
        path("keys/", programs, name="tenancy_keys"),
        path("keys/<uuid:key_id>/revoke/", revoke, name="tenancy_revoke_key"),
        path("holds/", holds, name="tenancy_holds"),
        path("holds/<uuid:hold_id>/release/", release, name="tenancy_release_hold"),
        path("people/", people, name="tenancy_people"),
        path("people/<uuid:member_id>/let-go/", let_go, name="tenancy_let_go"),
    ]


@hooks.register("construct_main_menu")
def leave_out_help(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out what Wagtail tells about itself: its guide and its news are for other readers."""
    items[:] = [each for each in items if each.name != "help"]


@hooks.register("construct_main_menu", order=LAST)
def put_in_groups(request: HttpRequest, items: list[MenuItem]) -> None:
    """Put our entries into a few groups: thirty of them are a list that nobody reads."""
    items[:] = in_groups(items, request)


@hooks.register("construct_reports_menu")
def leave_out_page_types(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out a report for programmers."""
    items[:] = [each for each in items if each.name != "page-types-usage"]


@hooks.register("register_admin_menu_item")
def settings_item() -> MenuItem:
    """Put our settings into the menu."""
    words, where = gettext_lazy("Rules of the house"), reverse("tenancy_settings")
    return OwnersItem(words, where, icon_name="cog", order=810, group=SETTINGS)


@hooks.register("register_admin_menu_item")
def people_item() -> MenuItem:
    """Put the people of the office into the menu."""
    where = reverse("tenancy_people")
    return GroupedItem(gettext_lazy("Team"), where, icon_name="group", order=290, group=PEOPLE)


@hooks.register("register_admin_menu_item")
def holds_item() -> MenuItem:
    """Put money that waits after changes to accounts into the menu."""
    words, where = gettext_lazy("Money on hold"), reverse("tenancy_holds")
    return GroupedItem(words, where, icon_name="lock", order=337, group=PAY)


@hooks.register("register_admin_menu_item")
def keys_item() -> MenuItem:
    """Put the keys of programs into the menu."""
    where = reverse("tenancy_keys")
    return OwnersItem(gettext_lazy("API keys"), where, icon_name="key", order=820, group=SETTINGS)

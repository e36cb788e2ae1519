"""How a business opens its marketplace: a form, a code to prove who asks, and it is there."""

from typing import Any
from urllib.parse import quote, urlencode

from allauth.core.internal.httpkit import get_client_ip
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from kernel.errors import Invalid
from kernel.reading import country_name
from tenants.tenancy.access import me, signed_in
from tenants.tenancy.actions.count_code import count_opening
from tenants.tenancy.actions.edit_person import edit_name
from tenants.tenancy.actions.open_tenant import open_tenant, opening_in
from tenants.tenancy.countries import COUNTRIES
from tenants.tenancy.forms import OpenForm
from tenants.tenancy.models import Domain
from tenants.tenancy.queries import address, origin_of, tenant_named
from tenants.tenancy.rules.niches import NICHES
from tenants.tenancy.rules.regions import region_of

SALT = "tenancy.opening"
VALID_SECONDS = 1800
WISH = ("slug", "name", "niche", "city", "brand_color")


class WishExpired(Invalid):
    code = "tenant.wish_expired"
    title = "This form was filled in too long ago. Please begin again."
    status = 400


def landing(request: HttpRequest) -> HttpResponse:
    """Say what this is, for whom, and how to begin."""
    countries = [country_name(code, language=get_language()) for code in COUNTRIES]
    context = {"house": address("/", serves=Domain.AUTH), "countries": countries}
    return render(request, "tenancy/landing.html", context)


def wish(request: HttpRequest) -> HttpResponse:
    """Take what a new marketplace should be; it opens once the owner has signed in."""
    said = request.headers.get("Accept-Language", "")
    form = OpenForm(request.POST or None, initial={"country": region_of(said, known=COUNTRIES)})
    if request.method == "POST":
        count_opening(ip=get_client_ip(request))
        if form.is_valid():
            token = signing.dumps(form.cleaned_data, salt=SALT, compress=True)
            asked = urlencode({"wish": token})
            return redirect(address(f"/open/?{asked}", serves=Domain.AUTH))
    response = render(request, "tenancy/open.html", {"form": form})
    auth = address("", serves=Domain.AUTH)
    response._csp_update = {"form-action": auth}  # type: ignore[attr-defined]  # For django-csp.
    return response


def wished(request: HttpRequest) -> dict[str, Any]:
    """Return what was wished for on the platform's host, as long as it counts."""
    token = request.POST.get("wish") or request.GET.get("wish", "")
    try:
        found: dict[str, Any] = signing.loads(token, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        raise WishExpired from None
    return found


def confirm(request: HttpRequest) -> HttpResponseBase:
    """Show the wish once more to whoever has proved to be its author, and open it."""
    fields = wished(request)
    if not request.user.is_authenticated:
        back = quote(request.get_full_path())
        return redirect(f"{reverse('account_login')}?next={back}&contact={quote(fields['email'])}")
    if request.method == "POST":
        return _open(request, fields)
    context = {
        "wish": request.GET.get("wish", ""),
        "fields": fields,
        "niche": NICHES[fields["niche"]],
        "host": address("", serves=Domain.PLATFORM).split("://")[1],
    }
    return render(request, "tenancy/open_confirm.html", context)


def _open(request: HttpRequest, fields: dict[str, Any]) -> HttpResponse:
    user = me(request)
    if not user.first_name:
        edit_name(user=user, first_name=fields["first_name"], last_name=fields["last_name"])
    asked = {name: fields[name] for name in WISH}
    tenant = open_tenant(opening=opening_in(country_code=fields["country"], **asked), owner=user)
    return redirect("opened", slug=tenant.slug)


@signed_in
def opened(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead a new owner to the marketplace and to its office."""
    tenant = tenant_named(slug)
    context = {"opened": tenant, "tenant": tenant, "origin": origin_of(tenant)}
    return render(request, "tenancy/opened.html", context)

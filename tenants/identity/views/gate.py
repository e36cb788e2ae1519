"""Pages of the badge host: what whoever scans a badge sees, and the customer's own link.

The host is the house's; the serial or token says whose badge it is. No page here needs a login or
a script, none may be stored, indexed, or told to another site. Cross-site request tokens are left
out: browsers that may not name a referrer send no origin either, nothing here is done in anybody's
name but by the booking cookie, and that one does not travel across sites (SameSite=Lax).
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel import clock, ids
from kernel.edge import working_for
from kernel.errors import NotFound, Refusal, TooMany
from kernel.limits import Limit, take
from tenants.identity import queries
from tenants.identity.access import portrait_response
from tenants.identity.actions.check_pin import vouch
from tenants.identity.actions.record_scan import record_scan
from tenants.identity.models import Badge, Holder, Visit
from tenants.identity.rules import badge_page
from tenants.identity.rules.badge_page import Card, PageState, Proof
from tenants.identity.rules.onlookers import address_block
from tenants.tenancy.queries import address, here

MISSES = Limit("badge.misses", 30, 600)
ASKED_HERE = Limit("badge.asked_here", 5, 3600)
ASKED_TODAY = Limit("badge.asked_today", 20, 86_400)
COOKIE_KEPT = timedelta(hours=2)
HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}
log = logging.getLogger(__name__)

View = Callable[..., HttpResponse]


def at_the_door(view: View) -> View:
    """Give every answer the same headers, and let wrong guesses run into a limit."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except NotFound:
            response = _missed(request)
        except TooMany as refusal:
            response = render(request, "identity/gate_busy.html", status=429)
            response["Retry-After"] = str(refusal.details["retry_after_seconds"])
        for name, value in HEADERS.items():
            response[name] = value
        return response

    return guarded


@at_the_door
@require_http_methods(["GET", "HEAD", "POST"])
def badge(request: HttpRequest, code: str) -> HttpResponse:
    """Say what a badge is worth right now; POST asks whether its holder is expected."""
    serial = _plain(code)
    with working_for(_whose(queries.tenant_of_serial(serial))):
        found = _badge(serial)
        at = clock.now()
        visit, proof = _proof(request, found)
        state = badge_page.page_state(_card(found), proof, at=at)
        context = _page(found, state, visit, proof)
        if request.method == "POST" and state == PageState.VALID:
            context["answer"] = _asked(request, found)
        if request.method == "GET":
            _note(request, found, state, visit)
        return render(request, "identity/gate_badge.html", context)


@at_the_door
@require_safe
def badge_photo(request: HttpRequest, code: str) -> HttpResponse:
    """Show the portrait, as long as the page would."""
    serial = _plain(code)
    with working_for(_whose(queries.tenant_of_serial(serial))):
        found = _badge(serial)
        if badge_page.page_state(_card(found), None, at=clock.now()) != PageState.VALID:
            raise NotFound(what="photo")
        return portrait_response(found.holder)


@at_the_door
@require_POST
def start_here(request: HttpRequest, code: str) -> HttpResponse:
    """Let the customer who scanned the badge of the expected person start the visit."""
    serial = _plain(code)
    with working_for(_whose(queries.tenant_of_serial(serial))):
        found = _badge(serial)
        visit, proof = _proof(request, found)
        state = badge_page.page_state(_card(found), proof, at=clock.now())
        if visit is None or state != PageState.EXPECTED_NOW:
            raise NotFound(what="visit")
        refusal = _start(visit, Visit.BADGE_SCAN)
        context = {**_page(found, state, visit, proof), "refusal": refusal}
        return render(request, "identity/gate_badge.html", context)


@at_the_door
@require_safe
def link(request: HttpRequest, code: str) -> HttpResponse:
    """Turn a customer's link into a cookie, and lead to the page about the visit."""
    token = _plain(code)
    with working_for(_whose(queries.tenant_of_link(token))):
        visit = _visit(token)
        if not badge_page.link_works(visit.starts_at, visit.ends_at, at=clock.now()):
            return render(request, "identity/gate_closed.html", {"tenant": here(), "visit": visit})
    response = HttpResponseRedirect("/B", status=303)
    response.set_cookie(
        _cookie_name(),
        token,
        max_age=COOKIE_KEPT,
        secure=settings.PUBLIC_SCHEME == "https",
        httponly=True,
        samesite="Lax",
    )
    return response


@at_the_door
@require_safe
def my_visit(request: HttpRequest) -> HttpResponse:
    """Show the customer who comes, what to hear at the door and what to say."""
    token = _plain(request.COOKIES.get(_cookie_name(), ""))
    with working_for(_whose(queries.tenant_of_link(token))):
        return render(request, "identity/gate_visit.html", _visit_page(_open_visit(token)))


@at_the_door
@require_POST
def start_by_link(request: HttpRequest) -> HttpResponse:
    """Let the customer start the visit without a PIN."""
    token = _plain(request.COOKIES.get(_cookie_name(), ""))
    with working_for(_whose(queries.tenant_of_link(token))):
        visit = _open_visit(token)
        refusal = _start(visit, Visit.CUSTOMER_LINK)
        context = {**_visit_page(visit), "refusal": refusal}
        return render(request, "identity/gate_visit.html", context)


@at_the_door
@require_safe
def visit_photo(request: HttpRequest) -> HttpResponse:
    """Show the customer the portrait of who comes."""
    token = _plain(request.COOKIES.get(_cookie_name(), ""))
    with working_for(_whose(queries.tenant_of_link(token))):
        return portrait_response(queries.holder_of(_open_visit(token).worker_id))


@at_the_door
def nothing(request: HttpRequest) -> HttpResponse:
    """Answer every other address of this host exactly as an unknown serial."""
    raise NotFound(what="page")


def _plain(code: str) -> str:
    """Return a serial or token as it was meant; what cannot be one becomes empty."""
    plain = ids.forgiving(code)
    return plain if badge_page.well_formed(plain) else ""


def _whose(tenant_id: int | None) -> int:
    if tenant_id is None:
        raise NotFound(what="badge")
    return tenant_id


def _badge(serial: str) -> Badge:
    found = queries.badge_with_serial(serial)
    if found is None:
        raise NotFound(what="badge")
    return found


def _visit(token: str) -> Visit:
    visit = queries.visit_behind(token)
    if visit is None:
        raise NotFound(what="visit")
    return visit


def _open_visit(token: str) -> Visit:
    visit = _visit(token)
    if not badge_page.link_works(visit.starts_at, visit.ends_at, at=clock.now()):
        raise NotFound(what="visit")
    return visit


def _missed(request: HttpRequest) -> HttpResponse:
    """Answer a wrong guess: always the same page, until there were too many."""
    subject = address_block(_address(request), v4=32, v6=64)
    try:
        take(MISSES, subject=subject)
    except TooMany as refusal:
        log.warning("too many unknown badges asked for from %s", subject)
        response = render(request, "identity/gate_busy.html", status=429)
        response["Retry-After"] = str(refusal.details["retry_after_seconds"])
        return response
    return render(request, "identity/gate_unknown.html", status=404)


def _card(found: Badge) -> Card:
    return Card(
        revoked=found.revoked_at is not None,
        holder_active=found.holder.active,
        expires_at=found.expires_at,
    )


def _proof(request: HttpRequest, found: Badge) -> tuple[Visit | None, Proof | None]:
    """Return the visit that the customer's cookie stands for, seen from this badge."""
    token = _plain(request.COOKIES.get(_cookie_name(), ""))
    tenant_id = queries.tenant_of_link(token)
    if tenant_id is None:
        return None, None
    at = clock.now()
    visit = queries.visit_behind(token)
    if visit is None:  # A visit at another tenant: whoever stands here is not expected.
        return None, Proof(same_worker=False, starts_at=at, ends_at=at, stands=True)
    if not badge_page.link_works(visit.starts_at, visit.ends_at, at=at):
        return None, None
    same = visit.worker_id == found.holder.member_id
    return visit, Proof(same, visit.starts_at, visit.ends_at, visit.ended_at is None)


def _page(
    found: Badge, state: PageState, visit: Visit | None, proof: Proof | None
) -> dict[str, Any]:
    context: dict[str, Any] = {"tenant": here(), "state": state.value, "code": found.serial}
    if state == PageState.NOT_EXPECTED and proof is not None:
        right_person = badge_page.only_the_time_differs(proof)
        context |= {"right_person": right_person, "help_url": address("/")}
    if state in (PageState.EXPECTED_NOW, PageState.NOT_EXPECTED):
        context["visit"] = visit
    if state in badge_page.WITH_IDENTITY:
        member = found.holder.member
        checks = queries.verified(member.pk, at=clock.now())
        context |= {"badge": found, "name": member.user.public_name, "checks": checks}
    return context


def _visit_page(visit: Visit) -> dict[str, Any]:
    return {
        "tenant": here(),
        "visit": visit,
        "name": visit.worker.user.first_name,
        "holder": _holder(visit.worker_id),
        "codes": queries.codes_of(visit.pk),
        "may_start": badge_page.may_start(visit.starts_at, visit.ends_at, at=clock.now()),
    }


def _holder(member_id: UUID) -> Holder | None:
    """Return how the worker looks, where that is known."""
    try:
        return queries.holder_of(member_id)
    except NotFound:
        return None


def _start(visit: Visit, method: str) -> Refusal | None:
    """Start a visit; return why not, if not."""
    try:
        started = vouch(visit_id=visit.pk, method=method)
    except Refusal as refusal:
        return refusal
    visit.proved_at = started.proved_at
    return None


def _asked(request: HttpRequest, found: Badge) -> str:
    """Answer whether the holder is expected today by who knows a booking: yes or no, no more."""
    where = address_block(_address(request), v4=32, v6=64)
    take(ASKED_HERE, subject=f"{found.pk}|{where}")
    take(ASKED_TODAY, subject=str(found.pk))
    said = request.POST.get("booking", "")[:40]
    visits = queries.expected_today(found.holder.member_id, at=clock.now())
    known = any(
        badge_page.is_my_worker(said, phone=each.customer.user.phone, reference=each.reference)
        for each in visits
    )
    return "yes" if known else "no"


def _note(request: HttpRequest, found: Badge, state: PageState, visit: Visit | None) -> None:
    if request.headers.get("Sec-Purpose", "").startswith("prefetch"):
        return
    record_scan(
        badge=found,
        outcome=state.value,
        address=_address(request),
        user_agent=request.headers.get("User-Agent", ""),
        visit=visit,
    )


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _cookie_name() -> str:
    """Browsers keep a `__Host-` cookie to one host, and take it over HTTPS only."""
    return "__Host-bk" if settings.PUBLIC_SCHEME == "https" else "bk"

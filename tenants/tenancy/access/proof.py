"""Money, keys, roles and contacts ask for a fresh proof: at the door, before anything happens.

A page is sent to the auth host and comes back (`middleware.StepUpMiddleware`); what its form held
is kept in the session meanwhile. A program gets `step_up_required` with the methods and an address.
"""

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext

from kernel import clock
from tenants.tenancy.access.people import me
from tenants.tenancy.access.sessions import KEPT, proved_at
from tenants.tenancy.models import Domain
from tenants.tenancy.queries import address, proofs_of
from tenants.tenancy.rules.proof import KEPT_FOR, StepUpRequired, is_recent

NEVER_KEPT = {"csrfmiddlewaretoken"}


def recently_proved(request: HttpRequest) -> bool:
    """Tell whether whoever asks has proved who they are in the last minutes; a program has not."""
    if getattr(request, "_by_key", False):
        return False
    return is_recent(proved_at(request), at=clock.system_now())


def demand_proof(request: HttpRequest, *, back: str | None = None) -> None:
    """Refuse with `StepUpRequired` unless the person has proved who they are in the last minutes.

    Call it first thing in a door. `back` is the page to come back to where it is not this one.
    """
    if recently_proved(request):
        return
    path = back or request.get_full_path()
    raise StepUpRequired(
        methods=list(proofs_of(me(request).pk)),
        url=address(f"/account/confirm/?next={quote(path)}", serves=Domain.TENANT),
    )


def keep_form(request: HttpRequest) -> None:
    """Keep what a form held until its sender comes back with a proof."""
    fields = request.POST.copy()
    for name in NEVER_KEPT:
        fields.pop(name, None)
    request.session[KEPT] = {
        "path": request.path,
        "fields": fields.urlencode(),
        "at": clock.system_now().timestamp(),
    }


def kept_form(request: HttpRequest) -> QueryDict | None:
    """Return what this page's form held before its sender had to prove who they are, once."""
    kept = request.session.get(KEPT)
    if request.method != "GET" or not kept or kept["path"] != request.path:
        return None
    del request.session[KEPT]
    age_seconds = clock.system_now().timestamp() - kept["at"]
    if age_seconds > KEPT_FOR.total_seconds() or not recently_proved(request):
        return None
    messages.info(request, gettext("Thank you: we know it is you. Check this and send it again."))
    return QueryDict(kept["fields"])


def kept_fields(request: HttpRequest) -> dict[str, str]:
    """Return the same as values to fill a form with; nothing where nothing was kept."""
    kept = kept_form(request)
    return {name: str(value) for name, value in kept.items()} if kept else {}

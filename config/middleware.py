"""A refusal that no view caught becomes a page a person understands; some are noted as well."""

from collections.abc import Callable
from traceback import walk_tb

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from config.refusals import explain
from kernel.actor import SYSTEM, Actor, Role
from kernel.errors import Refusal
from tenants.tenancy.access import refused_with, remember_refusal, roles
from tenants.tenancy.actions.note_security import note_refusal
from tenants.tenancy.rules.security import suspicion


class RefusalMiddleware:
    """Last of all middleware: answers refusals with their own status.

    The view's transaction has ended with the refusal by then, and nothing of it remains.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and note what may be an attack in a transaction of its own, after the view's."""
        response = self.get_response(request)
        if refusal := refused_with(request):
            _note(request, refusal)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Render the refusal; anything else is a mistake of ours and stays one."""
        if not isinstance(error, Refusal):
            return None
        remember_refusal(request, error)
        context = {"refusal": error, "sentence": explain(error)}
        return render(request, "refused.html", context, status=error.status)


def _note(request: HttpRequest, refusal: Refusal) -> None:
    """Write down a refusal that honest people rarely meet: the door, never what was sent to it."""
    kind = suspicion(
        status=refusal.status,
        code=refusal.code,
        details=refusal.details,
        about_money=_about_money(refusal),
    )
    if kind is None or not request.user.is_authenticated:
        return
    route = request.resolver_match.route if request.resolver_match else ""
    door = f"{request.method} /{route}"
    note_refusal(by=_who(request), kind=kind, door=door, code=refusal.code)


def _about_money(refusal: Refusal) -> bool:
    """Tell whether a refusal came up on a way that leads through payments."""
    frames = (frame for frame, _ in walk_tb(refusal.__traceback__))
    return any(each.f_globals.get("__name__", "").startswith("payments.") for each in frames)


def _who(request: HttpRequest) -> Actor:
    """Return who was refused: a member here, or nobody we know at this tenant."""
    for role, membership in roles(request).items():
        return Actor(role=Role(role), member_id=membership.pk)
    return SYSTEM

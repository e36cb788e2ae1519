"""Where people answer: customers by a link of their own, workers in confidence by a code."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock
from kernel.errors import Refusal
from surveys.actions.answer import answer
from surveys.actions.speak import speak
from surveys.forms import AnswerForm, VoiceForm
from surveys.kinds import KINDS, Kind
from surveys.models import Answer, Invitation
from surveys.queries import answer_to, invitation_by, open_wave_now, service_of
from surveys.rules.anonymity import K
from surveys.rules.surveys import SURVEYS, AlreadyDone, CodeUnknown, WaveClosed
from tenants.tenancy.access import Request
from tenants.tenancy.forms import refusal_words

NOT_FOR_SEARCH = {"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: Request, token: str) -> HttpResponse:
    """Show a customer's survey, and store it when it is sent. Looking at it stores nothing."""
    asked = invitation_by(token)
    kind = KINDS[SURVEYS[asked.survey].kind]
    form = AnswerForm(request.POST or None, kind=kind, initial=_preselected(request, asked))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        answer(
            token=token,
            score=given["score"],
            stages=tuple(given.get("stages", ())),
            text=given["text"],
            language=get_language() or "es",
        )
        return redirect(f"{request.path}?thanks")
    shown = _state(request, asked)
    context = {"form": form, "shown": shown, "sorry": _is_low(kind, answer_to(asked))}
    context["service"] = service_of(asked)
    return _page(request, "surveys/survey.html", context | _words(kind, request), form.errors)


def _state(request: HttpRequest, asked: Invitation) -> str:
    """Return which face the page shows: thanks, the form, or that it is too late."""
    at, given = clock.now(), answer_to(asked)
    if given is not None and "edit" not in request.GET and request.method != "POST":
        return "thanks" if not given.is_settled(at) and asked.is_open(at) else "settled"
    if given is not None and given.is_settled(at):
        return "settled"
    return "form" if asked.is_open(at) else "expired"


def _is_low(kind: Kind, given: Answer | None) -> bool:
    """Tell whether somebody will be in touch about this answer."""
    return given is not None and given.value <= {"csat": 2, "nps": 6}[kind.key]


def _preselected(request: HttpRequest, asked: Invitation) -> dict[str, Any]:
    """Return what is already filled in: the last answer, or the number that was tapped."""
    given = answer_to(asked)
    if given is not None:
        return {"score": given.value, "stages": given.stages, "text": given.text}
    tapped = request.GET.get("q", "")
    return {"score": tapped} if tapped.isdecimal() else {}


@never_cache
@sensitive_post_parameters("code", "score")
@require_http_methods(["GET", "HEAD", "POST"])
@transaction.non_atomic_requests
def voice(request: Request) -> HttpResponse:
    """Ask workers in confidence. The code comes in the body, so that no log has its address."""
    kind = KINDS["enps"]
    form = VoiceForm(request.POST or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            speak(code=form.cleaned_data["code"], score=form.cleaned_data["score"])
        except (CodeUnknown, AlreadyDone, WaveClosed) as refusal:
            form.add_error("code", _sentence(refusal))
        else:
            return redirect("surveys:voice_thanks")
    context = {"form": form, "k": K, "wave": open_wave_now(), "zone": request.tenant.timezone}
    return _page(request, "surveys/voice.html", context | _words(kind, request), form.errors)


@never_cache
@require_safe
def voice_thanks(request: HttpRequest) -> HttpResponse:
    """Thank whoever answered. Nothing on this page says who that is."""
    return _page(request, "surveys/voice_thanks.html", {"k": K}, {})


def _sentence(refusal: Refusal) -> str:
    return refusal_words(refusal)


def _words(kind: Kind, request: Request) -> dict[str, Any]:
    return {
        "question": gettext(kind.question).format(tenant=request.tenant.name),
        "low": gettext(kind.low_means),
        "high": gettext(kind.high_means),
        "first": kind.low,
        "last": kind.high,
    }


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], errors: object
) -> HttpResponse:
    response = render(request, template, context, status=422 if errors else 200)
    for name, value in NOT_FOR_SEARCH.items():
        response[name] = value
    return response

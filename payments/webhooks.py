"""Where providers tell us what happened: verified, kept, answered at once, worked on later."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kernel import clock
from payments.actions.receive_event import count_refusal, receive_event
from payments.queries.signals import read_signal
from payments.rules.refusals import SignatureWrong


@csrf_exempt
@require_POST
def from_provider(request: HttpRequest, provider: str, endpoint: str) -> HttpResponse:
    """Keep a signed message, or say 400 to anything else and only count it."""
    try:
        signal = read_signal(
            provider=provider,
            endpoint=endpoint,
            body=request.body,
            headers=request.headers,
            at=clock.now(),
        )
    except SignatureWrong:
        count_refusal(provider=provider, endpoint=endpoint)
        return HttpResponseBadRequest("bad signature\n", content_type="text/plain")
    receive_event(provider=provider, signal=signal)
    return HttpResponse("ok\n", content_type="text/plain")

"""A refusal that no view caught becomes a page a person understands."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from config.refusals import explain
from kernel.errors import Refusal


class RefusalMiddleware:
    """Last of all middleware: answers refusals with their own status.

    The view's transaction has ended with the refusal by then, and nothing of it remains.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Render the refusal; anything else is a mistake of ours and stays one."""
        if not isinstance(error, Refusal):
            return None
        context = {"refusal": error, "sentence": explain(error)}
        return render(request, "refused.html", context, status=error.status)

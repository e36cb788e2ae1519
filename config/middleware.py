"""A refusal that no view caught becomes a page a person understands."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from config.refusals import explain
from kernel.errors import Refusal


class RefusalMiddleware:
    """Last of all middleware: answers refusals with their own status, and undoes the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Render the refusal; anything else is a mistake of ours and stays one."""
        if not isinstance(error, Refusal):
            return None
        if transaction.get_connection().in_atomic_block:
            transaction.set_rollback(True)
        context = {"refusal": error, "sentence": explain(error)}
        return render(request, "refused.html", context, status=error.status)

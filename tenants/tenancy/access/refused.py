"""What a request was refused with, kept until its transaction is over and it can be noted."""

from django.http import HttpRequest

from kernel.errors import Refusal


def remember_refusal(request: HttpRequest, refusal: Refusal) -> None:
    """Keep a refusal that a door answers, so that it is noted if it may be an attack."""
    request._refusal = refusal  # type: ignore[attr-defined]  # Kept for this request only.


def refused_with(request: HttpRequest) -> Refusal | None:
    """Return what this request was refused with, if it was."""
    return getattr(request, "_refusal", None)

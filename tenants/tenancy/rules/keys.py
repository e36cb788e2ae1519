"""What API keys may be and do."""

from datetime import timedelta

from kernel.errors import Invalid, NotAllowed

READ, WRITE = "read", "write"
SCOPES = (READ, WRITE)
LONGEST = timedelta(days=365)
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class ScopeUnknown(Invalid):
    code = "key.scope_unknown"
    title = "A key may read, or read and write."


class ScopeMissing(NotAllowed):
    code = "key.scope_missing"
    title = "This key may only read."


class CsrfFailed(NotAllowed):
    code = "csrf"
    title = "Send the X-CSRFToken header with the session's token, or use an API key."


def needed_scope(method: str) -> str:
    """Return what a request of this method asks of a key."""
    return READ if method in SAFE_METHODS else WRITE

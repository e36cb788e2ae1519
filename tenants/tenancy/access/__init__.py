"""Who is behind a request, in which session, and what of their files it may be given."""

from tenants.tenancy.access.files import file_response
from tenants.tenancy.access.keys import by_key_or_session
from tenants.tenancy.access.people import (
    Request,
    actor_of,
    login_address,
    me,
    office_actor_of,
    roles,
    signed_in,
)
from tenants.tenancy.access.sessions import (
    is_strong,
    keep_or_drop_session,
    record_id,
    sign_in,
    sign_out,
)

__all__ = [
    "Request",
    "actor_of",
    "by_key_or_session",
    "file_response",
    "is_strong",
    "keep_or_drop_session",
    "login_address",
    "me",
    "office_actor_of",
    "record_id",
    "roles",
    "sign_in",
    "sign_out",
    "signed_in",
]

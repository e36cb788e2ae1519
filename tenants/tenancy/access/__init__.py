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
from tenants.tenancy.access.proof import (
    demand_proof,
    keep_form,
    kept_fields,
    kept_form,
    recently_proved,
)
from tenants.tenancy.access.refused import refused_with, remember_refusal
from tenants.tenancy.access.sessions import (
    is_strong,
    keep_or_drop_session,
    record_id,
    renew_session,
    sign_in,
    sign_out,
)

__all__ = [
    "Request",
    "actor_of",
    "by_key_or_session",
    "demand_proof",
    "file_response",
    "is_strong",
    "keep_form",
    "keep_or_drop_session",
    "kept_fields",
    "kept_form",
    "login_address",
    "me",
    "office_actor_of",
    "recently_proved",
    "record_id",
    "refused_with",
    "remember_refusal",
    "renew_session",
    "roles",
    "sign_in",
    "sign_out",
    "signed_in",
]

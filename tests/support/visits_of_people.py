"""Visitors who sign in at Patitas with a code, and whose proofs grow old."""

from django.contrib.sessions.models import Session

from kernel.context import HOUSE
from kernel.edge import working_for
from tests.support.signing_in import Visitor, last_code
from tests.support.worlds import proved_long_ago

HERE = "http://patitas.localhost"
AUTH = "http://auth.localhost"


def sign_in(visitor: Visitor, contact: str, path: str = "/account/") -> str:
    address, _ = visitor.open(f"{HERE}/account/login/?next={path}")
    response = visitor.post(address, contact=contact)
    page = f"http://auth.localhost{response['Location']}"
    address, _ = visitor.follow(visitor.post(page, code=last_code()), "auth.localhost")
    return address


def grow_old(visitor: Visitor, minutes: int = 6) -> None:
    """Let the proofs of a visitor age, at the marketplace and at the auth host."""
    proved_long_ago(visitor.at("patitas.localhost"), minutes)
    with working_for(HOUSE):
        records_grow_old(minutes)


def records_grow_old(minutes: int) -> None:
    """Let everybody's proofs at the auth host age."""
    for stored in Session.objects.all():
        held = stored.get_decoded()
        for record in held.get("account_authentication_methods", []):
            record["at"] -= minutes * 60
        stored.session_data = Session.objects.encode(held)
        stored.save()

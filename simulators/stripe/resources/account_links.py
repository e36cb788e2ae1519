"""Links to hosted onboarding: single use, valid for a few minutes."""

from __future__ import annotations

from simulators.stripe.errors import Json, Refused
from simulators.stripe.resources.accounts import visible
from simulators.stripe.routes import Call, operation
from simulators.stripe.state import base62
from simulators.stripe.world import World

VALID_SECONDS = 300


@operation("post", "/v1/account_links")
def create(world: World, call: Call) -> Json:
    """A link for the owner of an account; it is spent when the form is sent."""
    params = call.params
    account = visible(world, params["account"], call.account)
    if account["id"] == world.platform:
        raise Refused("You cannot create an account link for your own account.", param="account")
    for name in ("refresh_url", "return_url"):
        if name not in params:
            raise Refused(f"Missing required param: {name}.", code="parameter_missing", param=name)
    world.state.counter += 1
    token = base62(world.state.digest("link", world.state.counter))[:24]
    link: Json = {
        "object": "account_link",
        "created": world.now,
        "expires_at": world.now + VALID_SECONDS,
        "url": f"{world.settings.base_url}/onboarding/{token}",
    }
    world.family("links")[token] = {
        **link,
        "account": account["id"],
        "return_url": params["return_url"],
        "refresh_url": params["refresh_url"],
        "used": False,
    }
    return link


@operation("post", "/v1/accounts/{account}/login_links")
def create_login_link(world: World, call: Call) -> Json:
    """A link to an express account's own page; here, the sandbox's front page."""
    account = visible(world, call.key, call.account)
    if not account["details_submitted"]:
        raise Refused("Cannot create a login link for an account that has not been onboarded.")
    url = f"{world.settings.base_url}/?account={account['id']}"
    return {"object": "login_link", "created": world.now, "url": url}

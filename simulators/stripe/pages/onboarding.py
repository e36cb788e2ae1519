"""Hosted onboarding of a connected account, and identity checks."""

from __future__ import annotations

from simulators.loopback import Response
from simulators.stripe import visits
from simulators.stripe.errors import Json, Refused
from simulators.stripe.pages.layout import (
    button,
    card,
    choice,
    field,
    fieldset,
    form,
    page,
    paragraph,
    problem,
)
from simulators.stripe.pages.pay import leave
from simulators.stripe.pages.words import WORDS, Speaker
from simulators.stripe.resources import verifications
from simulators.stripe.tables import COUNTRIES
from simulators.stripe.world import World


def show(world: World, say: Speaker, token: str, error: str = "") -> Response:
    """The form, its fields filled with test values; a spent link leads to a fresh one."""
    found = world.family("links").get(token)
    if found is None:
        return page(say, say("onboarding"), problem(say("link_unknown")), status=404)
    if found["used"] or found["expires_at"] < world.now:
        return _spent(world, say, found)
    account = world.family("accounts")[found["account"]]
    country = COUNTRIES[account["country"]]
    label = "pix_key" if country.account_label == "pix" else country.account_label
    outcomes = [
        choice("outcome", outcome, say(f"outcome_{outcome}"), chosen=outcome == "complete")
        for outcome in visits.OUTCOMES
    ]
    return page(
        say,
        say("onboarding"),
        problem(error) if error else "",
        paragraph(say("onboarding_why", name=world.settings.business_name)),
        form(
            card(
                field(
                    "account_holder_name", say("holder"), "", say("holder_example"), needed=False
                ),
                field(
                    "account_number",
                    say(label if label in WORDS else "account"),
                    country.test_account,
                    say("bank_hint"),
                ),
            ),
            fieldset(say("outcome"), *outcomes),
            button(say("send")),
        ),
        status=400 if error else 200,
    )


def _spent(world: World, say: Speaker, found: Json) -> Response:
    """As at Stripe: whoever comes with a spent link is sent to fetch a new one."""
    url = str(found["refresh_url"])
    if world.settings.may_return_to(url):
        return leave(world, say, url)
    return page(say, say("onboarding"), problem(say("link_used")), status=410)


def send(world: World, say: Speaker, token: str, filled: dict[str, str]) -> Response:
    """The form was sent: the link is spent."""
    found = world.family("links").get(token)
    if found is None or found["used"] or found["expires_at"] < world.now:
        return show(world, say, token)
    account = world.family("accounts")[found["account"]]
    bank: Json = {
        name: filled[name].strip()
        for name in ("account_holder_name", "account_number")
        if filled.get(name, "").strip()
    }
    try:
        visits.onboard(world, account, filled.get("outcome", "complete"), bank)
    except Refused as refused:
        return show(world, say, token, str(refused))
    found["used"] = True
    return leave(world, say, found["return_url"])


def show_check(world: World, say: Speaker, row: Json) -> Response:
    """An identity check, with buttons in the place of a camera."""
    if row["status"] != "requires_input":
        return page(say, say("verify"), card(paragraph(say("verify_done"))))
    buttons = (
        button(say("verify_ok"), name="outcome", value="verified"),
        button(say("verify_bad"), name="outcome", value="requires_input", kind="second"),
    )
    return page(say, say("verify"), card(form(*buttons)))


def send_check(world: World, say: Speaker, row: Json, outcome: str) -> Response:
    """The check was decided."""
    if row["status"] == "requires_input":
        verifications.decide(world, row, outcome)
    if row["_return_url"]:
        return leave(world, say, row["_return_url"])
    return show_check(world, say, row)

"""The hosted pay page, the bank's question, and the voucher."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

from simulators.loopback import Response, redirect
from simulators.stripe import visits
from simulators.stripe.errors import Json, Refused
from simulators.stripe.pages.layout import (
    button,
    card,
    choice,
    fieldset,
    folded,
    form,
    lines,
    link,
    page,
    paragraph,
    problem,
)
from simulators.stripe.pages.words import Speaker
from simulators.stripe.resources.checkout import captured_by_hand
from simulators.stripe.tables import CARDS
from simulators.stripe.world import World

GOOD = ("visa", "visa_b", "mastercard")
TROUBLE = ("declined", "declined_later", "3ds", "dispute", "warning")
ERRORS = {
    "card_declined": "error_declined",
    "payment_intent_authentication_failure": "error_authentication",
}


def business(world: World, session: Json) -> str:
    """Who is paid: the session's own name for it, or the platform's."""
    branding = session.get("branding_settings") or {}
    return str(branding.get("display_name") or world.settings.business_name)


def show(world: World, say: Speaker, session: Json, error: Refused | None = None) -> Response:
    """The pay page; a closed session says so."""
    name = business(world, session)
    if session["status"] != "open":
        return _closed(world, say, session)
    setup = session["mode"] == "setup"
    title = say("keep_card_for" if setup else "pay_to", name=name)
    parts = [_summary(say, session)] if not setup else []
    if error:
        code = error.body["error"].get("code", "")
        parts.insert(0, problem(say(ERRORS[code]) if code in ERRORS else str(error)))
    parts.append(form(*_choices(say, session), _send(say, session)))
    if session["cancel_url"]:
        parts.append(link(say("abandon"), f"/pay/{session['id']}/abandon"))
    return page(say, title, *parts, status=402 if error else 200)


def _summary(say: Speaker, session: Json) -> str:
    rows = [
        (_described(line), say.money(line["amount_total"], line["currency"]))
        for line in session["_lines"]
    ]
    total = say.money(session["amount_total"], session["currency"])
    by_hand = captured_by_hand(
        session["payment_method_options"], {"payment_intent_data": session["_intent"]}
    )
    note = paragraph(say("held_only"), "hint") if by_hand else ""
    return card(lines(rows, (say("total"), total)), note)


def _described(line: Json) -> str:
    several = f" × {line['quantity']}" if line["quantity"] != 1 else ""
    return f"{line['description']}{several}"


def _choices(say: Speaker, session: Json) -> list[str]:
    kinds = session["payment_method_types"]
    parts = []
    if "card" in kinds:
        good = [_card_choice(key, CARDS[key].brand.title(), first=key == GOOD[0]) for key in GOOD]
        parts.append(fieldset(say("test_cards"), *good))
    vouchers = [choice("choice", kind, say(kind)) for kind in kinds if kind in visits.VOUCHER_KINDS]
    if vouchers:
        parts.append(fieldset(say("other_ways"), *vouchers))
    if "card" in kinds:
        bad = [_card_choice(key, say(key)) for key in TROUBLE]
        parts.append(folded(say("trouble"), *bad))
    return parts


def _card_choice(key: str, text: str, *, first: bool = False) -> str:
    return choice("choice", key, text, aside=f"•••• {CARDS[key].last4}", chosen=first)


def _send(say: Speaker, session: Json) -> str:
    if session["mode"] == "setup":
        return button(say("keep_card"))
    return button(say("pay", amount=say.money(session["amount_total"], session["currency"])))


def _closed(world: World, say: Speaker, session: Json) -> Response:
    done = session["status"] == "complete"
    text = say("already_complete" if done else "expired")
    url = session["success_url"] if done else session["cancel_url"]
    name = business(world, session)
    parts = [card(paragraph(text))]
    if url:
        parts.append(link(say("back_to", name=name), _with_session(url, session)))
    return page(say, say("pay_to", name=name), *parts, status=200 if done else 410)


def send(world: World, say: Speaker, session: Json, wish: str) -> Response:
    """Somebody pressed the button."""
    if session["status"] != "open":
        return show(world, say, session)
    if wish == "3ds":
        return ask_bank(say, session)
    try:
        visits.pay(world, session, wish)
    except Refused as refused:
        return show(world, say, session, refused)
    if wish in visits.VOUCHER_KINDS:
        return redirect(f"/voucher/{session['payment_intent']}")
    return leave(world, say, _with_session(session["success_url"], session))


def ask_bank(say: Speaker, session: Json) -> Response:
    """The bank wants to know whether it is really the card's owner."""
    buttons = (
        button(say("yes"), name="choice", value="3ds_ok"),
        button(say("no"), name="choice", value="3ds_fail", kind="second"),
    )
    question = paragraph(say("is_it_you"))
    return page(say, say("bank_asks"), card(question, form(*buttons)))


def abandon(world: World, say: Speaker, session: Json) -> Response:
    """Back to the shop without paying; the page stays open."""
    if not session["cancel_url"]:
        return show(world, say, session)
    return leave(world, say, _with_session(session["cancel_url"], session))


def leave(world: World, say: Speaker, url: str) -> Response:
    """Send the visitor back to where they came from, if that is allowed here."""
    if urlsplit(url).scheme in ("http", "https") and world.settings.may_return_to(url):
        return redirect(url)
    parts = (problem(say("return_refused")), f"<p><code>{escape(url)}</code></p>")
    return page(say, say("simulation"), *parts, status=400)


def _with_session(url: str, session: Json) -> str:
    return url.replace("{CHECKOUT_SESSION_ID}", str(session["id"]))


def voucher(world: World, say: Speaker, intent: Json) -> Response:
    """The voucher: its reference, and buttons instead of a counter."""
    session = world.family("sessions")[intent["_session"]]
    amount = say.money(intent["amount"], intent["currency"])
    digits = int.from_bytes(world.state.digest("voucher", intent["id"])[:8], "big") % 10**14
    parts = [
        lines([], (business(world, session), amount)),
        f'<p class="reference">{digits:014d}</p>',
    ]
    if intent["status"] == "requires_action":
        parts += [
            paragraph(say("voucher_how")),
            form(
                button(say("voucher_pay"), name="do", value="pay"),
                button(say("voucher_expire"), name="do", value="expire", kind="second"),
            ),
        ]
    elif intent["status"] == "processing":
        parts += [
            paragraph(say("voucher_processing")),
            form(button(say("voucher_fail"), name="do", value="fail", kind="second")),
        ]
    else:
        over = "voucher_paid" if intent["status"] == "succeeded" else "voucher_over"
        parts.append(paragraph(say(over)))
    back = link(
        say("back_to", name=business(world, session)),
        _with_session(session["success_url"], session),
    )
    return page(say, say("voucher"), card(*parts), back)


def settle_voucher(world: World, intent: Json, wish: str) -> Response:
    """The voucher was paid, or nobody came, or the money that was paid never did."""
    possible = {"requires_action": ("pay", "expire"), "processing": ("fail",)}
    if wish in possible.get(intent["status"], ()):
        visits.VOUCHER_ENDS[wish](world, intent)
    return redirect(f"/voucher/{intent['id']}")

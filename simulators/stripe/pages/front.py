"""The front page: what the sandbox holds, and buttons for what the world may do."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import islice

from simulators.loopback import Response, redirect
from simulators.stripe import switches
from simulators.stripe.calendar import iso
from simulators.stripe.engine import Engine
from simulators.stripe.errors import Json, Refused
from simulators.stripe.pages.layout import button, card, form, lines, page, paragraph, problem
from simulators.stripe.pages.words import Speaker
from simulators.stripe.resources import accounts, disputes, payouts
from simulators.stripe.world import DAY

NEWEST = 12
ACCOUNTS = {"restrict": accounts.restrict, "disconnect": accounts.deauthorize}
WAITS = {"hour_later": 3600, "day_later": DAY, "week_later": 7 * DAY}


def show(engine: Engine, say: Speaker, error: str = "") -> Response:
    """Everything at a glance."""
    return page(
        say,
        say("front"),
        problem(error) if error else "",
        _clock(engine, say),
        '<div class="columns">',
        _balances(engine, say),
        _section(say, "payments", (_payment(say, row) for row in _charges(engine))),
        _section(say, "open_disputes", (_dispute(say, row) for row in _rows(engine, "disputes"))),
        _section(say, "payouts", (_payout(say, row) for row in _rows(engine, "payouts"))),
        _section(say, "open_pages", (_open_page(say, row) for row in _open_sessions(engine))),
        _section(say, "accounts", (_account(say, row) for row in _connected(engine))),
        "</div>",
        status=400 if error else 200,
        wide=True,
    )


def act(engine: Engine, say: Speaker, filled: dict[str, str]) -> Response:
    """One of the buttons."""
    wish, key = filled.get("do", ""), filled.get("key", "")
    world = engine.world
    row = world.find(key) or {}
    try:
        if wish in WAITS:
            switches.set_clock(engine, {"add": WAITS[wish]})
        elif wish == "dispute" and row.get("object") == "charge":
            disputes.open_dispute(world, row)
        elif wish == "warn" and row.get("object") == "charge":
            disputes.warn(world, row)
        elif wish in ("won", "lost") and row.get("object") == "dispute":
            disputes.decide(world, row, wish)
        elif wish in ACCOUNTS and row.get("object") == "account":
            ACCOUNTS[wish](world, row)
        elif wish == "fail" and row.get("object") == "payout":
            payouts.come_back(world, row)
    except Refused as refused:
        return show(engine, say, str(refused))
    return redirect("/")


def _rows(engine: Engine, family: str) -> Iterable[Json]:
    return islice(engine.world.rows(family), NEWEST)


def _charges(engine: Engine) -> Iterable[Json]:
    return islice(engine.world.rows("charges", engine.world.platform), NEWEST)


def _open_sessions(engine: Engine) -> Iterable[Json]:
    rows = engine.world.rows("sessions")
    return islice((row for row in rows if row["status"] == "open"), NEWEST)


def _connected(engine: Engine) -> Iterable[Json]:
    rows = engine.world.rows("accounts")
    return islice((row for row in rows if row["id"] != engine.world.platform), NEWEST)


def _clock(engine: Engine, say: Speaker) -> str:
    buttons = "".join(_do(say(wait), wait) for wait in WAITS)
    waiting = say("webhooks_waiting", count=len(engine.state.deliveries))
    return card(
        paragraph(iso(engine.state.now)),
        f'<div class="row">{buttons}</div>',
        f'<p class="hint">{escape(waiting)}</p>',
        title=say("clock"),
    )


def _balances(engine: Engine, say: Speaker) -> str:
    parts = []
    for owner, buckets in engine.state.balances.items():
        if not any(any(held) for held in buckets.values()):
            continue
        name = say("platform") if owner == engine.world.platform else owner
        parts.append(f'<div class="item"><code class="grow">{escape(name)}</code></div>')
        for currency, (available, pending) in buckets.items():
            rows = (("available", available), ("pending", pending))
            parts.append(lines((say(key), say.money(held, currency)) for key, held in rows))
    return card(*(parts or [paragraph(say("nothing"))]), title=say("balances"))


def _section(say: Speaker, key: str, items: Iterable[str]) -> str:
    return card("".join(items) or paragraph(say("nothing")), title=say(key))


def _item(text: str, key: str, status: str, *more: str) -> str:
    buttons = f'<span class="row">{"".join(more)}</span>' if more else ""
    return (
        f'<div class="item"><span class="grow"><strong>{escape(text)}</strong> {escape(status)}'
        f"<br><code>{escape(key)}</code></span>{buttons}</div>"
    )


def _payment(say: Speaker, row: Json) -> str:
    status = row["status"]
    if status == "succeeded":
        status = "succeeded" if row["captured"] else "held"
        status = "refunded" if row["amount_refunded"] else status
        status = "disputed" if row["disputed"] else status
    buttons = []
    if row["captured"] and not row["disputed"]:
        buttons = [_do(say("do_dispute"), "dispute", row), _do(say("do_warn"), "warn", row)]
    amount = say.money(row["amount"], row["currency"])
    return _item(amount, row["id"], say.status(status), *buttons)


def _dispute(say: Speaker, row: Json) -> str:
    buttons = []
    if row["status"] in (*disputes.OPEN, "lost"):
        buttons.append(_do(say("do_won"), "won", row))
    if row["status"] in disputes.OPEN:
        buttons.append(_do(say("do_lost"), "lost", row))
    amount = say.money(row["amount"], row["currency"])
    return _item(amount, row["id"], say.status(row["status"]), *buttons)


def _payout(say: Speaker, row: Json) -> str:
    amount = say.money(row["amount"], row["currency"])
    fails = [_do(say("do_fail"), "fail", row)] if row["status"] in payouts.UNDER_WAY else []
    return _item(amount, row["id"], say.status(row["status"]), *fails)


def _open_page(say: Speaker, row: Json) -> str:
    total = row["amount_total"]
    text = say.money(total, row["currency"]) if total is not None else say("keep_card")
    where = f'<a class="quiet" href="/pay/{escape(row["id"])}">{escape(text)}</a>'
    return f'<div class="item">{where}</div>'


def _account(say: Speaker, row: Json) -> str:
    status = say.status("active" if row["payouts_enabled"] else "inactive")
    buttons = [_do(say("do_restrict"), "restrict", row)] if row["payouts_enabled"] else []
    if row.get("_deauthorized"):
        status, buttons = say.status("disconnected"), []
    else:
        buttons.append(_do(say("do_disconnect"), "disconnect", row))
    return _item(row.get("email") or row["country"], row["id"], status, *buttons)


def _do(text: str, wish: str, row: Json | None = None) -> str:
    key = f'<input type="hidden" name="key" value="{escape(row["id"])}">' if row else ""
    return form(key, button(text, name="do", value=wish, kind="second"), action="/")

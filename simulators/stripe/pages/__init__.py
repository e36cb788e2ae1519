"""The pages people see: pay, vouchers, onboarding, identity checks, and the front page."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import parse_qsl

from simulators.loopback import Request, Response
from simulators.stripe.engine import Engine
from simulators.stripe.errors import Json
from simulators.stripe.pages import front, onboarding, pay
from simulators.stripe.pages.layout import page, problem
from simulators.stripe.pages.words import Speaker, language_of


class Visit(NamedTuple):
    """Who came, to which object's page, with which form (None: only to look)."""

    engine: Engine
    say: Speaker
    key: str
    further: str
    filled: dict[str, str] | None


def visit(engine: Engine, request: Request) -> Response:
    """The page for a request, in the visitor's language."""
    room, key, further, *_ = [*request.path.strip("/").split("/", 2), "", ""]
    posted = request.method == "POST"
    with engine.lock:
        say = _speaker(request, engine.world.family("sessions").get(key))
        filled = dict(parse_qsl(request.body)) if posted else None
        answer = ROOMS.get(room, _nowhere)(Visit(engine, say, key, further, filled))
        if posted:
            engine.touch()
        return answer


def _front(visit: Visit) -> Response:
    if visit.filled is None:
        return front.show(visit.engine, visit.say)
    return front.act(visit.engine, visit.say, visit.filled)


def _pay(visit: Visit) -> Response:
    world = visit.engine.world
    session = world.family("sessions").get(visit.key)
    if session is None:
        return _nowhere(visit)
    if visit.further == "abandon":
        return pay.abandon(world, visit.say, session)
    if visit.filled is None:
        return pay.show(world, visit.say, session)
    return pay.send(world, visit.say, session, visit.filled.get("choice", ""))


def _voucher(visit: Visit) -> Response:
    world = visit.engine.world
    intent = world.family("payment_intents").get(visit.key)
    if intent is None or "_session" not in intent:
        return _nowhere(visit)
    if visit.filled is None:
        return pay.voucher(world, visit.say, intent)
    return pay.settle_voucher(world, intent, visit.filled.get("do", ""))


def _onboarding(visit: Visit) -> Response:
    world = visit.engine.world
    if visit.filled is None:
        return onboarding.show(world, visit.say, visit.key)
    return onboarding.send(world, visit.say, visit.key, visit.filled)


def _verify(visit: Visit) -> Response:
    world = visit.engine.world
    check = world.family("verifications").get(visit.key)
    if check is None:
        return _nowhere(visit)
    if visit.filled is None:
        return onboarding.show_check(world, visit.say, check)
    return onboarding.send_check(world, visit.say, check, visit.filled.get("outcome", ""))


def _nowhere(visit: Visit) -> Response:
    say = visit.say
    return page(say, say("not_found"), problem(say("link_unknown")), status=404)


ROOMS: dict[str, Callable[[Visit], Response]] = {
    "": _front,
    "pay": _pay,
    "voucher": _voucher,
    "onboarding": _onboarding,
    "verify": _verify,
}


def _speaker(request: Request, session: Json | None) -> Speaker:
    heads = {name.lower(): value for name, value in request.headers.items()}
    wished = dict(parse_qsl(request.query)).get("locale")
    if wished is None and session and session.get("locale") not in (None, "auto"):
        wished = session["locale"]
    return Speaker(language_of(wished, heads.get("accept-language", "")))

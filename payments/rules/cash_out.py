"""How much a worker may take out now, how, for what fee, and if not, why not.

Money that has settled at the provider may go out whole. Money that has not is an advance: a rate of
it, up to a float, which is 0 unless the business gives one. Nothing else about a person counts.
"""

from dataclasses import dataclass
from datetime import datetime

from kernel.errors import Conflict, Invalid


class CashOutRefused(Invalid):
    code = "cashout.not_allowed"
    title = "That cannot be cashed out now."


class QuoteChanged(Conflict):
    code = "cashout.quote_changed"
    title = "What you can cash out has changed. Please look again."


class OptionUnknown(Invalid):
    code = "cashout.option"
    title = "This way of being paid is not offered here."


@dataclass(frozen=True, slots=True, kw_only=True)
class WalletFacts:
    """What is true of a wallet at a moment; amounts in minor units."""

    at: datetime
    available_minor: int
    unsettled_minor: int = 0
    unsettled_tips_minor: int = 0
    advanced_minor: int = 0
    open_count: int = 0
    today_count: int = 0
    payee_active: bool = True
    frozen: bool = False
    held_until: datetime | None = None
    account_hold: str = ""
    account_hold_until: datetime | None = None
    next_settles_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CashOutPolicy:
    """What a business and its provider allow."""

    minimum_minor: int = 1
    open_at_once: int = 1
    per_day: int = 5
    advance_rate_bp: int = 0
    float_minor: int = 0
    fast_fee_minor: int = 0
    fee_from: str = "worker"
    free_rail: str = "standard"
    fast_rail: str | None = None
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why not (all of) it. `code` says which sentence; the rest fills it in."""

    code: str
    minor: int | None = None
    at: datetime | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A way to be paid: what it costs and the most that can arrive that way."""

    name: str
    rail: str
    fee_minor: int
    most_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CashOutQuote:
    """The answer. Options stand in order: the free one first."""

    allowed_minor: int
    settled_minor: int
    advance_minor: int
    reasons: tuple[Reason, ...]
    options: tuple[Option, ...]

    def option(self, name: str) -> Option:
        """Return an option by name, or refuse it."""
        for option in self.options:
            if option.name == name:
                return option
        raise OptionUnknown(fields=["option"])


def quote(facts: WalletFacts, policy: CashOutPolicy) -> CashOutQuote:
    """Say what may be taken out now. The same facts and policy always give the same answer."""
    settled = _settled(facts)
    room = _room(facts, policy)
    reachable = min(facts.available_minor, settled + min(room, policy.float_minor))
    blocks = _blocks(facts, policy, reachable)
    allowed = 0 if blocks else reachable
    reasons = blocks or _held_back(facts, reachable)
    return CashOutQuote(
        allowed_minor=allowed,
        settled_minor=min(settled, facts.available_minor),
        advance_minor=max(0, allowed - settled),
        reasons=reasons,
        options=_options(allowed, policy),
    )


def _settled(facts: WalletFacts) -> int:
    unsettled = facts.unsettled_minor + facts.unsettled_tips_minor - facts.advanced_minor
    return max(0, facts.available_minor - max(0, unsettled))


def _room(facts: WalletFacts, policy: CashOutPolicy) -> int:
    earned = facts.unsettled_minor * policy.advance_rate_bp // 10_000
    return max(0, earned + facts.unsettled_tips_minor - facts.advanced_minor)


def _blocks(facts: WalletFacts, policy: CashOutPolicy, reachable: int) -> tuple[Reason, ...]:
    """Return what stops every cash-out, most important first."""
    found = []
    if not facts.payee_active:
        found.append(Reason("no_account"))
    if facts.frozen:
        found.append(Reason("frozen"))
    if facts.held_until and facts.held_until > facts.at:
        found.append(Reason("new_destination", at=facts.held_until))
    if facts.account_hold:
        found.append(Reason(f"hold_{facts.account_hold}", at=facts.account_hold_until))
    if policy.paused:
        found.append(Reason("paused"))
    if facts.open_count >= policy.open_at_once:
        found.append(Reason("open"))
    if facts.today_count >= policy.per_day:
        found.append(Reason("day_limit", count=policy.per_day))
    if not found and reachable < policy.minimum_minor:
        found.extend(_too_little(facts, policy, reachable))
    return tuple(found)


def _too_little(facts: WalletFacts, policy: CashOutPolicy, reachable: int) -> tuple[Reason, ...]:
    if facts.available_minor == 0:
        return (Reason("nothing"),)
    waiting = _held_back(facts, reachable)
    return waiting or (Reason("minimum", minor=policy.minimum_minor),)


def _held_back(facts: WalletFacts, reachable: int) -> tuple[Reason, ...]:
    waiting = facts.available_minor - reachable
    if waiting <= 0:
        return ()
    return (Reason("unsettled", minor=waiting, at=facts.next_settles_at),)


def _options(allowed: int, policy: CashOutPolicy) -> tuple[Option, ...]:
    free = Option(name="free", rail=policy.free_rail, fee_minor=0, most_minor=allowed)
    if policy.fast_rail is None:
        return (free,)
    charged = policy.fast_fee_minor if policy.fee_from == "worker" else 0
    fast = Option(
        name="fast",
        rail=policy.fast_rail,
        fee_minor=charged,
        most_minor=max(0, allowed - charged),
    )
    return (free, fast)


def fee_basis_points(fee_minor: int, amount_minor: int) -> int:
    """Return what a fee is of an amount, in hundredths of a percent, rounded half up."""
    if amount_minor <= 0:
        return 0
    return (fee_minor * 20_000 + amount_minor) // (2 * amount_minor)


def check_request(
    *, answer: CashOutQuote, option: Option, amount_minor: int, at_least: int
) -> None:
    """Refuse an amount that the answer does not cover."""
    if amount_minor < at_least or amount_minor > option.most_minor:
        raise CashOutRefused(
            fields=["amount"],
            allowed_minor=option.most_minor,
            reasons=[each.code for each in answer.reasons],
        )

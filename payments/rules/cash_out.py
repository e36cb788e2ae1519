"""How much a worker may take out now, how, for what fee, and if not, why not.

Money that has settled at the provider may go out whole. Money that has not is an advance: a rate of
it, up to a float, which is 0 unless somebody gives one. Nothing else about a person counts.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from kernel.errors import Conflict, Invalid
from payments.rules.tiers import Tier, tier_of

DISCLOSURE = "2026-11"  # Of the sentence that a worker agrees to; a new sentence, a new version.


class CashOutRefused(Invalid):
    code = "cashout.not_allowed"
    title = "That cannot be cashed out now."


class QuoteChanged(Conflict):
    code = "cashout.quote_changed"
    title = "What you can cash out has changed. Please look again."


class QuoteExpired(QuoteChanged):
    code = "cashout.quote_expired"
    title = "This answer is too old. Please look again."


class DisclosureChanged(Conflict):
    code = "cashout.disclosure_changed"
    title = "The conditions have changed. Please read them again."


class OptionUnknown(Invalid):
    code = "cashout.option"
    title = "This way of being paid is not offered here."


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A part of a worker's money that rests: why, how much, until when."""

    reason: str
    minor: int
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WalletFacts:
    """What is true of a wallet at a moment; amounts in minor units."""

    at: datetime
    available_minor: int
    unsettled_minor: int = 0
    unsettled_tips_minor: int = 0
    advanced_minor: int = 0
    jobs_done: int = 0
    days_here: int = 0
    open_count: int = 0
    today_count: int = 0
    today_minor: int = 0
    week_minor: int = 0
    rail_today_minor: int = 0
    moves: int = 0  # How often money had gone in or out; where it did again, ask again.
    payee_active: bool = True
    destination_doubt: str = ""
    identity_revoked: bool = False
    frozen: bool = False
    frozen_until: datetime | None = None
    held_until: datetime | None = None
    account_hold: str = ""
    account_hold_until: datetime | None = None
    account_hold_stops_all: bool = False
    next_settles_at: datetime | None = None
    resting: tuple[Held, ...] = ()

    @property
    def tier(self) -> Tier:
        """How well we know the worker, in jobs and days."""
        return tier_of(jobs=self.jobs_done, days=self.days_here)


@dataclass(frozen=True, slots=True, kw_only=True)
class CashOutPolicy:
    """What a business and its provider allow. A rate of none means that of the worker's tier."""

    minimum_minor: int = 1
    open_at_once: int = 1
    per_day: int = 5
    day_sum_minor: int | None = None
    week_sum_minor: int | None = None
    rail_day_minor: int | None = None
    advance_rate_bp: int | None = None
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
    there = min(facts.available_minor, settled + min(_room(facts, policy), policy.float_minor))
    reachable = min(there, *_caps(facts, policy, there))
    blocks = _blocks(facts, policy, there, reachable)
    allowed = 0 if blocks else reachable
    held_back = (*_held_back(facts, there), *_capped(facts, policy, there), *_resting(facts))
    return CashOutQuote(
        allowed_minor=allowed,
        settled_minor=min(settled, facts.available_minor),
        advance_minor=max(0, allowed - settled),
        reasons=(*blocks, *_resting(facts)) if blocks else held_back,
        options=_options(allowed, 0 if blocks else there, policy),
    )


def _settled(facts: WalletFacts) -> int:
    unsettled = facts.unsettled_minor + facts.unsettled_tips_minor - facts.advanced_minor
    return max(0, facts.available_minor - max(0, unsettled))


def _room(facts: WalletFacts, policy: CashOutPolicy) -> int:
    rate = facts.tier.rate_bp if policy.advance_rate_bp is None else policy.advance_rate_bp
    earned = facts.unsettled_minor * rate // 10_000
    return max(0, earned + facts.unsettled_tips_minor - facts.advanced_minor)


def _caps(facts: WalletFacts, policy: CashOutPolicy, there: int) -> tuple[int, int, int]:
    """Return what is left of the sums of a day and a week, and of what leaves for all in a day.

    Where none is set that is all there is.
    """
    limits = (
        (policy.day_sum_minor, facts.today_minor),
        (policy.week_sum_minor, facts.week_minor),
        (policy.rail_day_minor, facts.rail_today_minor),
    )
    day, week, rail = (there if most is None else max(0, most - used) for most, used in limits)
    return day, week, rail


def _blocks(
    facts: WalletFacts, policy: CashOutPolicy, there: int, reachable: int
) -> tuple[Reason, ...]:
    """Return what stops every cash-out, most important first."""
    found = [*_about_the_payee(facts)]
    if policy.paused:
        found.append(Reason("paused"))
    if facts.open_count >= policy.open_at_once:
        found.append(Reason("open"))
    if facts.today_count >= policy.per_day:
        found.append(Reason("day_limit", count=policy.per_day))
    if not found and reachable < policy.minimum_minor:
        found.extend(_too_little(facts, policy, there))
    return tuple(found)


def _about_the_payee(facts: WalletFacts) -> list[Reason]:
    found = []
    if not facts.payee_active:
        found.append(Reason("no_account"))
    if facts.frozen:
        found.append(Reason("frozen", at=facts.frozen_until))
    if facts.identity_revoked:
        found.append(Reason("identity"))
    if facts.destination_doubt:
        found.append(Reason(f"destination_{facts.destination_doubt}"))
    if facts.held_until and facts.held_until > facts.at:
        found.append(Reason("new_destination", at=facts.held_until))
    if facts.account_hold:
        found.append(Reason(f"hold_{facts.account_hold}", at=facts.account_hold_until))
    return found


def _too_little(facts: WalletFacts, policy: CashOutPolicy, there: int) -> tuple[Reason, ...]:
    if facts.available_minor == 0:
        return (Reason("nothing"),)
    waiting = (*_held_back(facts, there), *_capped(facts, policy, there))
    return waiting or (Reason("minimum", minor=policy.minimum_minor),)


def _held_back(facts: WalletFacts, there: int) -> tuple[Reason, ...]:
    waiting = facts.available_minor - there
    if waiting <= 0:
        return ()
    return (Reason("unsettled", minor=waiting, at=facts.next_settles_at),)


def _capped(facts: WalletFacts, policy: CashOutPolicy, there: int) -> tuple[Reason, ...]:
    """Say which sum keeps a part back, if one does: the tighter one."""
    caps = dict(zip(("day_sum", "week_sum", "rail_day"), _caps(facts, policy, there), strict=True))
    code = min(caps, key=lambda each: caps[each])
    return (Reason(code, minor=caps[code]),) if caps[code] < there else ()


def _resting(facts: WalletFacts) -> tuple[Reason, ...]:
    return tuple(
        Reason(f"resting_{each.reason}", minor=each.minor, at=each.until) for each in facts.resting
    )


def _options(allowed: int, there: int, policy: CashOutPolicy) -> tuple[Option, ...]:
    free = Option(name="free", rail=policy.free_rail, fee_minor=0, most_minor=allowed)
    if policy.fast_rail is None:
        return (free,)
    charged = policy.fast_fee_minor if policy.fee_from == "worker" else 0
    fast = Option(
        name="fast",
        rail=policy.fast_rail,
        fee_minor=charged,
        most_minor=max(0, min(allowed, there - charged)),
    )
    return (free, fast)


def sweepable(facts: WalletFacts, policy: CashOutPolicy) -> int:
    """Return what is sent to the worker's bank unasked: settled money only, never an advance.

    Counts and sums of what a worker asks for do not stop it, nor does a hold that only concerns
    what is asked for.
    """
    unasked = replace(
        facts,
        today_count=0,
        account_hold=facts.account_hold if facts.account_hold_stops_all else "",
    )
    unlimited = replace(policy, float_minor=0, day_sum_minor=None, week_sum_minor=None)
    return quote(unasked, unlimited).allowed_minor


def advance_in(answer: CashOutQuote, *, amount_minor: int, fee_minor: int) -> int:
    """Return which part of an amount is sent before it has settled; a fee is never advanced."""
    return min(amount_minor, max(0, amount_minor + fee_minor - answer.settled_minor))


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


def terms(answer: CashOutQuote, amount_minor: int) -> list[list[str | int]]:
    """Return what an answer means for one amount: each way, its fee, whether it covers it.

    Two answers with the same terms are the same to whoever asks for this amount.
    """
    return [
        [each.name, each.rail, each.fee_minor, int(amount_minor <= each.most_minor)]
        for each in answer.options
    ]

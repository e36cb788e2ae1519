"""The booking process: which step, by whom, leads from which state to which. A table, not code.

A booking keeps the version it was made under. A step whose door is not open yet stands in the
table all the same (`open=False`) and is refused like one that is not in it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kernel.errors import Conflict, NotAllowed


class State(StrEnum):
    """Where a booking can be."""

    PENDING_PAYMENT = "pending_payment"
    REQUESTED = "requested"
    MATCHING = "matching"
    CONFIRMED = "confirmed"
    PAYMENT_DUE = "payment_due"
    AWAITING_CHOICE = "awaiting_choice"
    NO_SHOW_REPORTED = "no_show_reported"
    IN_PROGRESS = "in_progress"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    DISPUTED = "disputed"
    PAYMENT_EXPIRED = "payment_expired"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    RESOLVED = "resolved"


class Party(StrEnum):
    """In which capacity somebody takes a step."""

    CUSTOMER = "customer"
    WORKER = "worker"
    STAFF = "staff"
    PSP = "psp"
    SYSTEM = "system"


class WrongState(Conflict):
    code = "wrong_state"
    title = "This is not possible at this point of the booking."


class NotYourStep(NotAllowed):
    code = "booking.not_your_step"
    title = "Somebody else has to do this."


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A row of the table. `when` tells apart rows of the same state and step (see `branch`)."""

    step: str
    origins: tuple[State | None, ...]
    parties: tuple[Party, ...]
    to: State
    effects: tuple[str, ...] = ()
    when: str = ""
    reason: bool = False
    open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A process as declared, with the timers that are set on entering a state."""

    code: str
    version: int
    transitions: tuple[Transition, ...]
    timers: dict[State, tuple[str, ...]] = field(default_factory=dict)

    def take(self, step: str, *, origin: State | None, party: Party, branch: str) -> Transition:
        """Return the row that applies, or refuse: a wrong state first, then a wrong party."""
        here = [row for row in self.transitions if row.step == step and origin in row.origins]
        rows = [row for row in here if row.open and row.when in ("", branch)]
        if not rows:
            raise WrongState(state=origin, step=step)
        mine = [row for row in rows if party in row.parties]
        if not mine:
            raise NotYourStep(state=origin, step=step)
        return mine[0]

    def steps_of(self, party: Party, *, origin: State, branch: str) -> list[str]:
        """Return the steps that a party may ask for now, in the order of the table."""
        rows = (
            row
            for row in self.transitions
            if row.open and origin in row.origins and party in row.parties
        )
        known = ("", branch, *BY_STEP)
        return list(dict.fromkeys(row.step for row in rows if row.when in known))

    @property
    def terminal(self) -> tuple[State, ...]:
        """The states that nothing leads out of."""
        left = {origin for row in self.transitions for origin in row.origins}
        return tuple(state for state in State if state not in left)


SUBSTITUTE, ASK_FIRST, CHOSEN, ANYBODY = "substitute", "ask_first", "chosen", "anybody"
BY_STEP = (SUBSTITUTE, ASK_FIRST, CHOSEN, ANYBODY)  # Decided by what comes with a step.
CUSTOMER, WORKER, STAFF, PSP, SYSTEM = Party
S = State
BEFORE_DELIVERED = (
    S.PENDING_PAYMENT,
    S.REQUESTED,
    S.MATCHING,
    S.CONFIRMED,
    S.PAYMENT_DUE,
    S.AWAITING_CHOICE,
    S.NO_SHOW_REPORTED,
    S.IN_PROGRESS,
)


def _row(
    origins: State | tuple[State, ...] | None,
    step: str,
    parties: Party | tuple[Party, ...],
    to: State,
    *effects: str,
    **rest: object,
) -> Transition:
    return Transition(
        step=step,
        origins=origins if isinstance(origins, tuple) else (origins,),
        parties=parties if isinstance(parties, tuple) else (parties,),
        to=to,
        effects=effects,
        **rest,  # type: ignore[arg-type]  # The rows below spell them out.
    )


BOOKING = Process(
    code="booking",
    version=1,
    transitions=(
        _row(None, "create", (CUSTOMER, STAFF), S.PENDING_PAYMENT, "collect"),
        _row(None, "create_visit", SYSTEM, S.CONFIRMED, "schedule", "expect_visit", "confirmed"),
        _row(S.PENDING_PAYMENT, "pay_ok", PSP, S.CONFIRMED, "expect_visit", "confirmed",
             when="instant"),
        _row(S.PENDING_PAYMENT, "pay_ok", PSP, S.CONFIRMED, "expect_visit", "confirmed",
             when="post"),
        _row(S.PENDING_PAYMENT, "pay_ok", PSP, S.REQUESTED, "requested", when="request"),
        _row(S.PENDING_PAYMENT, "pay_ok", PSP, S.MATCHING, "look_for_somebody", when="dispatch"),
        _row(S.PENDING_PAYMENT, "pay_timeout", SYSTEM, S.PAYMENT_EXPIRED, "free_slot",
             "give_back_all"),
        _row(S.PENDING_PAYMENT, "abandon", CUSTOMER, S.PAYMENT_EXPIRED, "free_slot",
             "give_back_all"),
        _row(S.REQUESTED, "accept", (WORKER, STAFF), S.CONFIRMED, "claim_slot", "capture",
             "expect_visit", "confirmed"),
        _row(S.REQUESTED, "decline", (WORKER, STAFF), S.DECLINED, "free_slot", "give_back_all",
             "declined", reason=True),
        _row(S.REQUESTED, "expire", SYSTEM, S.EXPIRED, "free_slot", "give_back_all", "expired"),
        _row((S.REQUESTED, S.MATCHING), "withdraw", CUSTOMER, S.CANCELLED, "free_slot",
             "close_offers", "give_back_all", "cancelled"),
        _row(S.MATCHING, "take", WORKER, S.CONFIRMED, "give_to_taker", "capture", "expect_visit",
             "confirmed"),
        _row(S.MATCHING, "no_match", SYSTEM, S.EXPIRED, "free_slot", "give_back_all",
             "nobody_found"),
        _row(S.CONFIRMED, "charge_due", SYSTEM, S.CONFIRMED, "charge"),
        _row(S.CONFIRMED, "charge_failed", PSP, S.PAYMENT_DUE, "ask_to_pay"),
        _row(S.PAYMENT_DUE, "pay_ok", PSP, S.CONFIRMED, "paid_after_all"),
        _row(S.PAYMENT_DUE, "pay_timeout", SYSTEM, S.CANCELLED, "free_slot", "give_back_all",
             "end_visit", "cancelled"),
        _row(S.PAYMENT_DUE, "cancel", CUSTOMER, S.CANCELLED, "free_slot", "give_back_all",
             "end_visit", "cancelled"),
        _row(S.CONFIRMED, "propose_time", (CUSTOMER, WORKER, STAFF), S.CONFIRMED, "propose_time"),
        _row(S.CONFIRMED, "answer_time", (CUSTOMER, WORKER), S.CONFIRMED, "answer_time"),
        _row(S.CONFIRMED, "cancel", CUSTOMER, S.CANCELLED, "free_slot", "keep_by_policy",
             "end_visit", "cancelled"),
        _row((S.CONFIRMED, S.PAYMENT_DUE), "cancel", (WORKER, SYSTEM), S.MATCHING, "free_slot",
             "stop_charging", "end_visit", "look_for_substitute", when=SUBSTITUTE, reason=True),
        _row((S.CONFIRMED, S.PAYMENT_DUE), "cancel", (WORKER, SYSTEM), S.AWAITING_CHOICE,
             "free_slot", "stop_charging", "end_visit", "worker_cannot_come", when=ASK_FIRST,
             reason=True),
        _row(S.AWAITING_CHOICE, "substitute", CUSTOMER, S.CONFIRMED, "hand_over", "expect_visit",
             "confirmed", when=CHOSEN),
        _row(S.AWAITING_CHOICE, "substitute", CUSTOMER, S.MATCHING, "look_for_substitute",
             when=ANYBODY),
        _row(S.AWAITING_CHOICE, "refund", (CUSTOMER, SYSTEM), S.CANCELLED, "give_back_all",
             "cancelled"),
        _row(BEFORE_DELIVERED, "cancel", STAFF, S.CANCELLED, "free_slot", "close_offers",
             "keep_as_decided", "end_visit", "cancelled", reason=True),
        _row(S.CONFIRMED, "depart", WORKER, S.CONFIRMED, "stamp_departed"),
        _row(S.CONFIRMED, "arrive", WORKER, S.CONFIRMED, "stamp_arrived"),
        _row(S.CONFIRMED, "contact", WORKER, S.CONFIRMED, "contact"),
        _row((S.CONFIRMED, S.NO_SHOW_REPORTED), "check_in", (WORKER, CUSTOMER, STAFF),
             S.IN_PROGRESS, "keep_this_time", "stamp_checked_in", "started"),
        _row(S.CONFIRMED, "report_no_show", (WORKER, CUSTOMER), S.NO_SHOW_REPORTED,
             "keep_this_time", "accuse"),
        _row(S.NO_SHOW_REPORTED, "withdraw_report", (WORKER, CUSTOMER), S.CONFIRMED,
             "take_back_report"),
        _row(S.NO_SHOW_REPORTED, "contest", (WORKER, CUSTOMER), S.DISPUTED, "contest_report",
             "disputed"),
        _row(S.NO_SHOW_REPORTED, "settle", SYSTEM, S.NO_SHOW, "free_slot", "keep_for_no_show",
             "end_visit", "did_not_come"),
        _row(S.CONFIRMED, "assume_delivered", SYSTEM, S.DELIVERED, "keep_this_time", "flag",
             "end_visit", "accrue", "delivered"),
        _row(S.IN_PROGRESS, "propose_extra", WORKER, S.IN_PROGRESS, "propose_extra"),
        _row(S.IN_PROGRESS, "approve_extra", CUSTOMER, S.IN_PROGRESS, "answer_extra"),
        _row(S.IN_PROGRESS, "check_out", WORKER, S.DELIVERED, "drop_extra", "check_out",
             "final_price", "end_visit", "accrue", "delivered"),
        _row(S.IN_PROGRESS, "auto", SYSTEM, S.DELIVERED, "drop_extra", "flag", "end_visit",
             "accrue", "delivered"),
        _row(S.IN_PROGRESS, "leave_unsafe", WORKER, S.COMPLETED, "leave_unsafe", "end_visit",
             "accrue", "charge", "left_unsafe"),
        _row(S.DELIVERED, "confirm", CUSTOMER, S.COMPLETED, "release", "charge", "completed"),
        _row(S.DELIVERED, "auto_complete", SYSTEM, S.COMPLETED, "release", "charge", "completed"),
        _row((S.DELIVERED, S.COMPLETED), "dispute", (CUSTOMER, WORKER, STAFF), S.DISPUTED,
             "open_dispute", "disputed"),
        _row(S.DISPUTED, "propose_settlement", (CUSTOMER, WORKER), S.DISPUTED,
             "propose_settlement"),
        _row(S.DISPUTED, "settle", (CUSTOMER, WORKER), S.RESOLVED, "agree", "end_visit",
             "settle_dispute", "resolved"),
        _row(S.DISPUTED, "resolve", STAFF, S.RESOLVED, "decide", "end_visit", "settle_dispute",
             "resolved", reason=True),
    ),
    timers={
        S.PENDING_PAYMENT: ("pay_timeout",),
        S.REQUESTED: ("expire", "answer_soon"),
        S.MATCHING: ("no_match", "next_wave", "still_looking"),
        S.CONFIRMED: ("assume_delivered", "reminder_day", "reminder_hours", "time_lapses",
                      "leave_now", "is_late", "charge_due"),
        S.PAYMENT_DUE: ("pay_timeout",),
        S.NO_SHOW_REPORTED: ("settle",),
        S.AWAITING_CHOICE: ("refund",),
        S.IN_PROGRESS: ("auto",),
        S.DELIVERED: ("auto_complete", "confirm_soon"),
        S.COMPLETED: ("release_unsafe", "charge_again"),
        S.DISPUTED: ("release_rest", "dispute_answer", "dispute_owner", "dispute_thaw"),
    },
)  # fmt: skip
PROCESSES = {(BOOKING.code, BOOKING.version): BOOKING}
SIDE_TIMERS = (  # They remind, or end something beside the state; they are no steps.
    *("reminder_day", "reminder_hours", "time_lapses", "next_wave", "answer_soon"),
    *("still_looking", "leave_now", "is_late", "confirm_soon"),
    *("release_rest", "dispute_answer", "dispute_owner", "dispute_thaw", "release_unsafe"),
    "charge_again",
)


def branch_of(
    step: str, *, mode: str, party: Party, substitute_ok: bool = False, chosen: bool = False
) -> str:
    """Return which rows of a step apply: by how it was booked, or by what comes with the step."""
    if step == "substitute":
        return CHOSEN if chosen else ANYBODY
    if step == "cancel" and party in (Party.WORKER, Party.SYSTEM):
        return SUBSTITUTE if substitute_ok else ASK_FIRST
    return mode


def reachable(process: Process, *, only_open: bool = False) -> set[State]:
    """Return the states that can be reached from nothing."""
    rows = [row for row in process.transitions if row.open or not only_open]
    found = {row.to for row in rows if None in row.origins}
    while new := {row.to for row in rows if found & set(row.origins)} - found:
        found |= new
    return found


def faults(process: Process, *, effects: Iterable[str]) -> Sequence[str]:
    """Return what is wrong with a process: unreachable states, dead ends, unknown effects."""
    known, found = set(effects), []
    found += [f"{s} cannot be reached" for s in State if s not in reachable(process)]
    rows = [row for row in process.transitions if row.open]
    ends = {*process.terminal, State.COMPLETED}  # What is completed may stay so for ever.
    for state in sorted(reachable(process, only_open=True) - ends):
        if not {row.to for row in rows if state in row.origins} - {state}:
            found.append(f"{state} has no way out")
    for row in rows:
        found += [f"{row.step}: unknown effect {name}" for name in row.effects if name not in known]
    for state, names in process.timers.items():
        steps = {row.step for row in rows if state in row.origins and Party.SYSTEM in row.parties}
        found += [
            f"{state}: timer {name} leads nowhere"
            for name in names
            if name not in steps and name not in SIDE_TIMERS
        ]
    return found

"""What can be asked about money. Nothing here writes."""

from payments.queries.cash_outs import (
    all_payouts,
    cash_out_quote,
    kept_quote_of,
    next_sweep_at,
    open_payouts,
    payout_of,
    payout_policy,
    payouts_of,
    waiting_payouts,
)
from payments.queries.figures import PayoutsDue, PromiseFigures, payouts_due, promise_figures
from payments.queries.float import float_left, lent_out
from payments.queries.holds import holds_of
from payments.queries.lines import (
    EarningLine,
    earning_lines,
    instrument_of,
    instruments_of_person,
    money_of,
)
from payments.queries.pay import (
    all_payments,
    deposit_left,
    is_settled,
    left_on_its_way,
    payment_by,
    payment_of,
    where_it_lies,
)
from payments.queries.payees import (
    doubted_payees,
    is_active_payee,
    may_change_rail,
    money_at_provider,
    money_left_at_provider,
    payable_members,
    payee_for,
    rails_for,
    rails_of,
    unsent_allocations,
)
from payments.queries.questions import open_questions, payouts_stopped, question_for
from payments.queries.stops import freezes, open_freeze_of, open_stops, stopped_rails
from payments.queries.story import facts_of, money_story
from payments.queries.wallet import balance_of, wallet_of
from payments.queries.wallet_facts import moves_of, wallet_facts

__all__ = [
    "EarningLine",
    "PayoutsDue",
    "PromiseFigures",
    "all_payments",
    "all_payouts",
    "balance_of",
    "cash_out_quote",
    "deposit_left",
    "doubted_payees",
    "earning_lines",
    "facts_of",
    "float_left",
    "freezes",
    "holds_of",
    "instrument_of",
    "instruments_of_person",
    "is_active_payee",
    "is_settled",
    "kept_quote_of",
    "left_on_its_way",
    "lent_out",
    "may_change_rail",
    "money_at_provider",
    "money_left_at_provider",
    "money_of",
    "money_story",
    "moves_of",
    "next_sweep_at",
    "open_freeze_of",
    "open_payouts",
    "open_questions",
    "open_stops",
    "payable_members",
    "payee_for",
    "payment_by",
    "payment_of",
    "payout_of",
    "payout_policy",
    "payouts_due",
    "payouts_of",
    "payouts_stopped",
    "promise_figures",
    "question_for",
    "rails_for",
    "rails_of",
    "stopped_rails",
    "unsent_allocations",
    "waiting_payouts",
    "wallet_facts",
    "wallet_of",
    "where_it_lies",
]

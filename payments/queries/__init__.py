"""What can be asked about money. Nothing here writes."""

from payments.queries.cash_outs import (
    all_payouts,
    cash_out_quote,
    open_payouts,
    payout_of,
    payout_policy,
    payouts_of,
    rails_here,
    wallet_facts,
)
from payments.queries.figures import PayoutsDue, PromiseFigures, payouts_due, promise_figures
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
    is_active_payee,
    money_at_provider,
    payee_for,
    unsent_allocations,
)
from payments.queries.questions import open_questions, payouts_stopped, question_for
from payments.queries.story import facts_of, money_story
from payments.queries.wallet import balance_of, wallet_of

__all__ = [
    "EarningLine",
    "PayoutsDue",
    "PromiseFigures",
    "all_payments",
    "all_payouts",
    "balance_of",
    "cash_out_quote",
    "deposit_left",
    "earning_lines",
    "facts_of",
    "holds_of",
    "instrument_of",
    "instruments_of_person",
    "is_active_payee",
    "is_settled",
    "left_on_its_way",
    "money_at_provider",
    "money_of",
    "money_story",
    "open_payouts",
    "open_questions",
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
    "rails_here",
    "unsent_allocations",
    "wallet_facts",
    "wallet_of",
    "where_it_lies",
]

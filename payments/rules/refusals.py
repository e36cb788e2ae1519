"""Why money does not move."""

from kernel.errors import Conflict, Invalid, Unavailable


class InsufficientFunds(Invalid):
    code = "insufficient_funds"
    title = "There is not enough money for that."


class WalletFrozen(Conflict):
    code = "wallet.frozen"
    title = "This wallet is frozen. Please talk to the team."


class MoneyInFlight(Conflict):
    code = "in_flight"
    title = "This money is being moved right now. Please try again in a moment."


class NotCaptured(Conflict):
    code = "payment.not_captured"
    title = "This has not been paid yet."


class NotAuthorised(Conflict):
    code = "payment.not_authorised"
    title = "There is no authorised payment to take."


class AlreadyCaptured(Conflict):
    code = "payment.captured"
    title = "This has been paid already; it can only be refunded."


class PaymentClosed(Conflict):
    code = "payment.closed"
    title = "This payment is closed. Please start again."


class AmountInvalid(Invalid):
    code = "payment.amount"
    title = "Amounts must be positive."


class NotRefundable(Invalid):
    code = "refund.too_much"
    title = "More cannot be refunded than was paid."


class RefundMovedOn(Conflict):
    code = "refund.moved_on"
    title = "This refund has moved on; that is not possible any more."


class RefundStopped(Conflict):
    code = "refund.disputed"
    title = "The customer's bank is disputing this payment; refunds wait until that is decided."


class PaidAhead(Conflict):
    code = "refund.paid_ahead"
    title = "This was paid ahead for several visits. What is not used goes back from its own page."


class HoldTooSmall(Invalid):
    code = "hold.too_much"
    title = "More cannot be released than is held."


class NotAccrued(Conflict):
    code = "payment.nothing_earned"
    title = "Nothing has been earned with this yet."


class KeyOfAnotherRequest(Conflict):
    code = "payment.key_reused"
    title = "This key was already used for something else."


class CardBeingCharged(Conflict):
    code = "payment.card_being_charged"
    title = "Your card is being charged right now. Please look again in a minute."


class CardsNotKept(Conflict):
    code = "payment.cards_not_kept"
    title = "Cards cannot be charged later here. Please choose a service that is paid at once."


class ProviderSilent(Unavailable):
    code = "provider.silent"
    title = "The payment company does not answer right now. Please try again in a minute."


class ProviderRefusal(Conflict):
    code = "provider.refused"
    title = "The payment company refused this."


class SignatureWrong(Invalid):
    code = "webhook.signature"
    title = "This message is not signed by whom it claims."
    status = 400


class PaidByCompany(Conflict):
    code = "bank.not_here"
    title = "Here the payment company keeps your bank account. Please change it there."


class PayoutUnderWay(Conflict):
    code = "bank.payout_under_way"
    title = "A cash-out is still on its way to your old account. Please wait for its end."


class AnswerUnmatched(Invalid):
    code = "bank.unmatched"
    title = "This line of the bank fits no transfer of ours."

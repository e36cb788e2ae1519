"""What payments tells people."""

from django.utils.translation import gettext_noop as _

from tenants.messaging.notice import Notice

QUESTION_ASKED = Notice(
    name="payments.question_asked",
    purpose="ops",
    subject=_("Money that does not add up"),
    body=_("Something about money needs somebody to look: {question}."),
    path="/operator/money/",
)
RECEIPT = Notice(
    name="payments.receipt",
    purpose="money",
    subject=_("You paid {total}"),
    body=_("We received your payment of {total}. See where every part of it goes."),
    path="{path}",
)
CASH_NOTED = Notice(
    name="payments.cash_noted",
    purpose="money",
    subject=_("{total} in cash was noted from you"),
    body=_("Whoever came noted {total} in cash from you. If that is not right, tell us there."),
    path="{path}",
)
TIP_THANKS = Notice(
    name="payments.tip_receipt",
    purpose="money",
    subject=_("Your tip of {tip} arrived"),
    body=_("Your tip of {tip} went to the worker, all of it. Thank you."),
    path="{path}",
)
REFUND_SENT = Notice(
    name="payments.refund_sent",
    purpose="money",
    subject=_("{total} is on its way back to you"),
    body=_("We sent {total} back to your card. Banks take 5 to 10 days to show it."),
    path="/messages/",
)
MONEY_AVAILABLE = Notice(
    name="payments.payment_received",
    purpose="money",
    subject=_("{amount} is in your wallet"),
    body=_("Your visit is complete: {amount} is in your wallet."),
    path="/wallet/",
)
TIP_RECEIVED = Notice(
    name="payments.tip_received",
    purpose="money",
    subject=_("You got a tip of {amount}"),
    body=_("You got a tip of {amount}. It is yours, all of it."),
    path="/wallet/",
)
PAYEE_READY = Notice(
    name="payments.payee_ready",
    purpose="money",
    subject=_("You can be paid now"),
    body=_("Your payout account is open. You can cash out what you earn."),
    path="/wallet/",
)
PAYEE_RESTRICTED = Notice(
    name="payments.payee_restricted",
    purpose="money",
    subject=_("Your payout account needs you"),
    body=_("The payment company asks for something before it can pay you. Your money is safe."),
    path="/wallet/account/",
)
PAYEE_LOST = Notice(
    name="payments.payee_lost",
    purpose="money",
    subject=_("Your account at the payment company is gone"),
    body=_("Your money is safe. Tell us a bank account, and we pay you by bank transfer."),
    path="/wallet/account/",
)
PAYOUT_PAID = Notice(
    name="payments.payout_paid",
    purpose="money",
    subject=_("{amount} is in your bank"),
    body=_("Your cash-out of {amount} has arrived at your bank."),
    path="/wallet/cash-outs/{payout_id}/",
)
PAYOUT_FAILED = Notice(
    name="payments.payout_failed",
    purpose="money",
    subject=_("Your cash-out of {amount} came back"),
    body=_("Your bank did not take {amount}. It is back in your wallet, with the fee."),
    path="/wallet/cash-outs/{payout_id}/",
)
REFUND_FAILED = Notice(
    name="payments.refund_failed",
    purpose="money",
    subject=_("Your refund of {total} takes longer"),
    body=_("Your card did not take {total}. It is still yours; we will send it another way."),
    path="/messages/",
)
SHARE_TAKEN_BACK = Notice(
    name="payments.share_taken_back",
    purpose="money",
    subject=_("{amount} of a visit went back to the customer"),
    body=_(
        "{amount} of what you earned went back to the customer. Of it, {owed} will be taken from"
        " later visits, a small part of each. See why, and object if you disagree."
    ),
    path="/wallet/owed/",
)
CREDIT_GRANTED = Notice(
    name="payments.credit_granted",
    purpose="money",
    subject=_("You have a credit of {amount}"),
    body=_("You have a credit of {amount} with us. It is yours for 12 months."),
    path="/credits/",
)
COMPENSATED = Notice(
    name="payments.compensated",
    purpose="money",
    subject=_("You got {amount}"),
    body=_("{amount} was added to your wallet to make good for something. See your wallet."),
    path="/wallet/",
)
TIP_NEEDS_YOU = Notice(
    name="payments.tip_needs_you",
    purpose="money",
    subject=_("Your bank wants you to confirm your tip"),
    body=_("Your tip of {tip} is not paid yet: your bank wants you to confirm it."),
    path="/pay/{payment_id}/",
)
SHARE_HELD = Notice(
    name="payments.share_held",
    purpose="money",
    subject=_("{amount} of a visit rests for now"),
    body=_(
        "The customer's bank is asking about a payment. Until it decides, {amount} of your share"
        " rests. Tips stay yours. You need not do anything."
    ),
    path="/wallet/owed/",
)
DISPUTE_DECIDED = Notice(
    name="payments.dispute_decided",
    purpose="money",
    subject=_("A dispute about {amount} was decided"),
    body=_("The customer's bank decided about {amount}. See what it means."),
    path="/office/disputes/",
)
WALLET_FROZEN = Notice(
    name="payments.wallet_frozen",
    purpose="money",
    subject=_("Your wallet is frozen for now"),
    body=_(
        "Nothing can leave your wallet for now. What you earn still arrives."
        " See why, and answer us."
    ),
    path="/wallet/",
)
WALLET_THAWED = Notice(
    name="payments.wallet_thawed",
    purpose="money",
    subject=_("Your wallet is free again"),
    body=_("You can cash out again."),
    path="/wallet/",
)
DESTINATION_DOUBTED = Notice(
    name="payments.destination_doubted",
    purpose="money",
    subject=_("Please check your bank account"),
    body=_("Something about your bank account does not fit. Your money is safe in your wallet."),
    path="/wallet/",
)

"""What payments announces, by subject. Amounts are in minor units.

`reference` is a word of floors above. A new file here is found by itself; import from it directly.
"""

from kernel.plugins import import_all
from payments.events.earnings import MoneyReleased, TipEarned
from payments.events.payees import PayeeActivated, PayeeOpened, PayeeRestricted
from payments.events.payments import (
    CaptureAsked,
    PaymentAuthorised,
    PaymentCancelled,
    PaymentCaptured,
    PaymentExpired,
    PaymentFailed,
    PaymentPromised,
    VoidAsked,
)
from payments.events.payouts import PayoutFailed, PayoutPaid, PayoutRequested
from payments.events.refunds import RefundDue, RefundSucceeded
from payments.events.talk import ProviderEventReceived

import_all("payments.events")

__all__ = [
    "CaptureAsked",
    "MoneyReleased",
    "PayeeActivated",
    "PayeeOpened",
    "PayeeRestricted",
    "PaymentAuthorised",
    "PaymentCancelled",
    "PaymentCaptured",
    "PaymentExpired",
    "PaymentFailed",
    "PaymentPromised",
    "PayoutFailed",
    "PayoutPaid",
    "PayoutRequested",
    "ProviderEventReceived",
    "RefundDue",
    "RefundSucceeded",
    "TipEarned",
    "VoidAsked",
]

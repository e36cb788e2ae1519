"""The office as a provider sees it: what people at the business have written down.

Providers that are worked by hand have no company to ask. They ask the desk, which the room that
knows our rows puts here.
"""

from typing import Protocol

from payments.providers.base import PayeeFact, PaymentFact, PayoutFact


class Desk(Protocol):
    """What people have written down of money that they moved, or saw move, themselves."""

    def bank_account(self, account_ref: str) -> PayeeFact:
        """Tell whether there is a bank account to pay to."""

    def transfer(self, page_ref: str) -> PaymentFact:
        """Tell whether a customer's transfer has been seen."""

    def payout(self, ref: str) -> PayoutFact:
        """Tell what the bank has answered to a transfer of ours."""


_desk: list[Desk] = []


def sit_down(desk: Desk) -> None:
    """Let somebody answer at the desk from now on."""
    _desk[:] = [desk]


def desk() -> Desk:
    """Return whoever answers at the desk."""
    return _desk[0]

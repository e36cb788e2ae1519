"""Somebody lends money, so that workers need not wait for customers' banks."""

from django.db import transaction

from kernel.actor import SYSTEM, Actor
from kernel.errors import NotAllowed
from kernel.money import Money
from payments.actions.post import post
from payments.queries import float_left
from payments.rules.entries import float_funded
from payments.rules.refusals import AmountInvalid


@transaction.atomic
def fund_float(*, by: Actor, amount: Money, key: str) -> Money:
    """Add to the float of the tenant we work for, once per key, and return what it has now.

    Only the operator lends: for a tenant that is the system.
    """
    if by != SYSTEM:
        raise NotAllowed
    if amount.minor <= 0:
        raise AmountInvalid(fields=["amount"])
    post(float_funded(key=key, amount=amount))
    return float_left()

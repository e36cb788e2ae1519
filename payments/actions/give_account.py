"""A worker says which bank account to pay to."""

import json
from dataclasses import asdict

from django.db import transaction

from kernel.actor import Actor
from kernel.crypto import fingerprint, seal
from kernel.ids import uuid7
from payments.actions.apply_payee import apply_payee
from payments.actions.apply_payment import INSTRUMENT
from payments.actions.leave_company import leave_company
from payments.actions.locks import locked_payee
from payments.actions.open_payee import open_payee
from payments.models import Payee, PayeeAccount
from payments.providers import provider_of
from payments.providers.base import PayeeOrder
from payments.queries.bank import account_in_use
from payments.queries.payees import BY_BANK
from payments.rules.bank_accounts import BankAccount, read_account
from tenants.tenancy.queries import here


@transaction.atomic
def give_account(
    *, by: Actor, number: str, holder: str, bank: str = "", national_id: str = ""
) -> Payee:
    """Pay the worker who asks to this account from now on; the one before is used no more.

    A changed account rests before it is paid. Talks to nobody: these accounts are ours to keep.
    Whom a company pays is refused, unless that company's account is lost.
    """
    payee = locked_payee(open_payee(by=by).pk)
    account = read_account(
        country=payee.country, number=number, holder=holder, bank=bank, national_id=national_id
    )
    if payee.provider != BY_BANK:
        leave_company(payee=payee)
    print_ = fingerprint(f"{account.kind}:{account.number}", purpose=INSTRUMENT)
    known = account_in_use(payee.pk)
    if known and known.fingerprint == print_ and known.state == PayeeAccount.IN_USE:
        return payee
    PayeeAccount.objects.filter(payee=payee).update(state=PayeeAccount.REPLACED)
    _keep(payee, account, print_)
    _open(payee)
    fact = provider_of(payee.provider).fetch_payee(payee.account_ref)
    return apply_payee(payee_id=payee.pk, fact=fact)


def _keep(payee: Payee, account: BankAccount, print_: str) -> None:
    row = PayeeAccount(
        id=uuid7(), payee=payee, kind=account.kind, shown=account.shown, fingerprint=print_
    )
    told = {name: each for name, each in asdict(account).items() if name != "kind"}
    row.sealed = seal(json.dumps(told).encode(), about=f"payee-account|{row.pk}")
    row.save(force_insert=True)


def _open(payee: Payee) -> None:
    if payee.account_ref:
        return
    order = PayeeOrder(
        payee_id=payee.pk,
        country=payee.country,
        currency=payee.currency,
        email="",
        business=here().name,
    )
    payee.account_ref = provider_of(payee.provider).open_account(order, f"acct:{payee.pk}")
    payee.save(update_fields=["account_ref"])

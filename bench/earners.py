"""A worker with money to measure with, earned by the product's own actions."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.http import HttpRequest
from django.test import Client

from kernel import clock
from kernel.actor import Actor, Role
from kernel.money import Money, zero
from payments.actions.accrue import accrue
from payments.actions.apply_payee import apply_payee
from payments.actions.apply_payment import apply_payment
from payments.actions.collect import collect
from payments.actions.open_payee import open_payee
from payments.actions.post import post
from payments.actions.release import release
from payments.models import Payee, Payment
from payments.providers.base import PayeeFact, PaymentFact
from payments.rules.blocks import PriceBlocks
from payments.rules.entries.credits import worker_compensated
from tenants.tenancy.access import sign_in
from tenants.tenancy.actions.join import join
from tenants.tenancy.actions.sign_up import find_or_make_user
from tenants.tenancy.models import User

CURRENCY = "MXN"


def person(name: str) -> User:
    """Return somebody's account."""
    return find_or_make_user(email=f"{name}@bench.example.com", first_name=name, last_name="Bench")


def joined(name: str, role: Role) -> Actor:
    """Let somebody join the tenant we work for."""
    return Actor(role=role, member_id=join(user=person(name), role=role).pk)


def payable(worker: Actor) -> Payee:
    """Give a worker a payout account that is not new."""
    payee = open_payee(by=worker)
    Payee.objects.filter(pk=payee.pk).update(account_ref=f"acct_{payee.pk.hex}")
    fact = PayeeFact(state="active", destination="Bank ···· 6789", instrument="bank:1")
    with clock.travelling_to(clock.now() - timedelta(days=9)):
        return apply_payee(payee_id=payee.pk, fact=fact)


@transaction.atomic
def earn(worker: Actor, customer: Actor, *, minor: int, tip: int = 0, jobs: int = 1) -> None:
    """Let a worker do some jobs, paid and settled, all in one transaction."""
    blocks = PriceBlocks.of(CURRENCY, worker=minor, tip=tip)
    for _ in range(jobs):
        _job(worker, customer, blocks)


@transaction.atomic
def compensate(worker: Actor, *, times: int) -> None:
    """Give a worker something small, many times: one posting on the worker's accounts each."""
    assert worker.member_id is not None
    for _ in range(times):
        key = f"bench:{uuid4()}"
        post(worker_compensated(key=key, reference=key, worker=worker.member_id, amount=money(1)))


def _job(worker: Actor, customer: Actor, blocks: PriceBlocks) -> None:
    payment = charge(customer, blocks)
    fact = PaymentFact(
        state="captured",
        intent_ref=f"pi_{payment.pk.hex}",
        charge_ref=f"ch_{payment.pk.hex}",
        fee_minor=0,
        settles_at=clock.now(),
    )
    apply_payment(payment_id=payment.pk, fact=fact)
    do_job(worker, payment, blocks)


def charge(customer: Actor, blocks: PriceBlocks) -> Payment:
    """Let a customer owe the price of a job."""
    assert customer.member_id is not None
    about = f"booking:{uuid4()}"
    return collect(
        by=customer,
        payer_id=customer.member_id,
        reference=about,
        amount=blocks.service,
        tip=blocks.tip or zero(CURRENCY),
        title="Job",
        capture="automatic",
        return_path="/",
        expires_at=clock.now() + timedelta(hours=1),
        key=f"{about}:charge",
    )


def do_job(worker: Actor, payment: Payment, blocks: PriceBlocks) -> None:
    """Let a worker deliver and complete a paid job."""
    assert worker.member_id is not None
    accrue(
        reference=payment.reference,
        worker_member_id=worker.member_id,
        payment_id=payment.pk,
        blocks=blocks,
        key=f"{payment.reference}:delivered",
    )
    release(reference=payment.reference, key=f"{payment.reference}:completed")


def money(minor: int) -> Money:
    """Return an amount."""
    return Money(CURRENCY, minor)


def browser(name: str, host: str) -> Client:
    """Return a browser in which somebody has signed in at a host."""
    request = HttpRequest()
    request.META |= {"HTTP_HOST": host, "SERVER_NAME": host, "SERVER_PORT": "80"}
    request.session = SessionStore()
    sign_in(request, person(name), strong=True, proved_at=clock.system_now())
    request.session.save()
    client = Client(headers={"host": host})
    client.cookies[settings.SESSION_COOKIE_NAME] = str(request.session.session_key)
    return client

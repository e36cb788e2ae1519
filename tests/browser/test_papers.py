"""Papers about money with a thumb: a visit's money line by line, receipts, statements."""

from datetime import date

import pytest
from playwright.sync_api import expect

from kernel import clock, outbox
from payments.actions.issue_statement import issue_until
from payments.models import Receipt
from payments.queries.statements import owners
from payments.rules.receipts import PAYMENT
from tests.browser.eyes import PATIENCE, look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_visits_money_receipts_and_statements_fit_a_phone(job_done, phone_of):
    outbox.drain()
    with clock.travelling_to(job_done.completed_at):
        for owner, currency in owners():
            issue_until(owner_id=owner, currency=currency, month=date(2026, 3, 1))
    hers, theirs = phone_of("ana"), phone_of("clara")

    theirs.goto(f"/bookings/{job_done.code}/money/")
    expect(theirs.get_by_text("Pagaste", exact=True)).to_be_visible(timeout=PATIENCE)
    look(theirs, "money-customer")
    theirs.goto("/receipts/")
    look(theirs, "receipts")
    theirs.goto(f"/receipts/{Receipt.objects.get(kind=PAYMENT).pk}/")
    look(theirs, "receipt")
    theirs.goto(f"/bookings/{job_done.code}/")
    look(theirs, "tip-afterwards")
    hers.goto(f"/work/jobs/{job_done.code}/money/")
    expect(hers.get_by_text("La propina es tuya, completa")).to_be_visible(timeout=PATIENCE)
    look(hers, "money-worker")
    hers.goto("/wallet/statements/")
    look(hers, "statements")

"""The books compared with themselves and with Stripe's, after days on which things went wrong."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from kernel import clock, outbox
from kernel.actor import Role
from kernel.context import HOUSE
from kernel.edge import working_for
from kernel.timers import run_due_of
from payments.actions.answer_question import answer_question
from payments.actions.cash_out import cash_out
from payments.actions.hold import open_hold
from payments.actions.open_page import open_page
from payments.actions.reconcile import reconcile
from payments.actions.refund import refund
from payments.actions.send_payout import send_payout
from payments.models import (
    Hold,
    MoneyQuestion,
    Payment,
    ProviderEvent,
    ReconLine,
    ReconRun,
    Refund,
)
from payments.providers.base import NoAnswer
from payments.providers.stripe.client import client, with_key
from payments.tasks.recon import compare_books, nightly, stop
from payments.tasks.talk import hear_missed
from simulators.stripe.resources.external_accounts import add_bank
from tests.support.ledgers import entries, ledger
from tests.support.worlds import joins
from tests.support.worlds_money import done, member_id, mxn, owes

pytestmark = pytest.mark.usefixtures("patitas")

DAY = 24 * 60 * 60
SETTLED = {
    "psp_connected": 56_040,
    "psp_available": 7_188,
    "psp_fee": 2_672,
    "worker_available": -56_040,
    "tenant_pending": -5_248,
    "platform_fee": -580,
    "psp_fee_recovered": -2_672,
    "tax_payable": -1_360,
}


def day_of(sandbox):
    return datetime.fromtimestamp(sandbox.engine.state.now, UTC).date()


def compared(sandbox, day: date | None = None) -> ReconRun:
    """Compare today's books, or another day's, as the night does."""
    with working_for(HOUSE):
        compare_books.delay(day=(day or day_of(sandbox)).isoformat())
        outbox.drain()
        run = ReconRun.objects.order_by("-pk").first()
        assert run is not None
        return run


def questions(tenant_id: int | None = HOUSE) -> list[tuple[str, str]]:
    with working_for(tenant_id):
        rows = MoneyQuestion.objects.filter(state="open").order_by("pk")
        return list(rows.values_list("kind", "about"))


@pytest.fixture
def worked(stripe_sandbox, ana, clara):
    """Ana has done the worked job, and everything was told."""
    stripe_sandbox.onboards(ana)
    payment = stripe_sandbox.pays(clara, owes(clara))
    done(payment, ana)
    stripe_sandbox.deliver()
    return payment


def test_all_equations_hold_after_a_job_and_its_cash_out(stripe_sandbox, ana, worked):
    assert compared(stripe_sandbox).broken == []
    with stripe_sandbox.later(days=4):
        run_due_of(worked.pk)
        assert ledger() == SETTLED
        cash_out(by=ana, amount=mxn(56_040), option="free", key="k")
        stripe_sandbox.deliver()
        run = compared(stripe_sandbox)
        assert run.broken == []
        assert run.open_lines == 0
        with stripe_sandbox.later(days=5):
            run = compared(stripe_sandbox)
            assert run.broken == []
            shown = {each["equation"] for each in run.figures}
            assert shown >= {"C1", "C2", "C3", "C4", "C5", "C7", "C9"}
    assert questions() == []


def test_a_settled_charge_is_booked_once_and_what_moves_later_comes_from_what_can_be_used(
    stripe_sandbox, ana, clara
):
    payment = stripe_sandbox.pays(clara, owes(clara))
    with stripe_sandbox.later(days=4):
        run_due_of(payment.pk)
        run_due_of(payment.pk)
        assert ledger() == {
            "psp_available": 63_228,
            "psp_fee": 2_672,
            "customer_deposit": -60_900,
            "tip_held": -5_000,
        }
        stripe_sandbox.onboards(ana)
        done(payment, ana)
        stripe_sandbox.deliver()
        assert ledger() == SETTLED
        assert compared(stripe_sandbox).broken == []


def test_30_a_day_of_lost_webhooks_is_restored_by_the_next_comparison(stripe_sandbox, clara):
    payment = owes(clara)
    open_page(by=clara, payment_id=payment.pk)
    payment.refresh_from_db()
    stripe_sandbox.control(f"/sessions/{payment.page_ref}/pay", card="visa")
    stripe_sandbox.drop()
    assert ledger() == {}

    run = compared(stripe_sandbox)

    payment.refresh_from_db()
    assert payment.state == "captured"
    assert ledger() == {
        "psp_pending": 63_228,
        "psp_fee": 2_672,
        "customer_deposit": -60_900,
        "tip_held": -5_000,
    }
    assert (run.broken, run.open_lines) == ([], 0)
    assert questions() == []


def test_30_events_that_no_endpoint_took_are_asked_for_at_night(stripe_sandbox, clara):
    payment = owes(clara)
    open_page(by=clara, payment_id=payment.pk)
    payment.refresh_from_db()
    stripe_sandbox.control(f"/sessions/{payment.page_ref}/pay", card="visa")
    stripe_sandbox.drop()

    nightly.delay()
    outbox.drain()

    with working_for(HOUSE):
        assert ProviderEvent.objects.filter(kind="checkout.session.completed").exists()
    assert Payment.objects.get().state == "captured"


def test_30_a_line_that_nobody_of_us_made_is_listed(stripe_sandbox, ana, worked, caplog):
    payee_ref = stripe_sandbox.rows("transfers")[0]["destination"]
    by_hand = {
        "amount": 700,
        "currency": "mxn",
        "destination": payee_ref,
        "source_transaction": worked.charge_ref,
    }
    made = client().v1.transfers.create(by_hand, with_key("typed by hand"))

    run = compared(stripe_sandbox)

    with working_for(HOUSE):
        line = ReconLine.objects.get(result="missing_here")
        assert (line.source, line.category, line.amount_minor) == (made.id, "transfer", -700)
    assert run.open_lines == 1
    assert {(each["equation"], each["ours"] - each["theirs"]) for each in run.broken} == {
        ("C3", 700),
        ("C4", -700),
    }
    assert ("missing_here", made.id) in questions()
    assert ("broken_equation", "C3") in questions()
    assert "broken_equation" in caplog.text


def test_30_a_payout_typed_twice_is_found_on_the_payees_account(stripe_sandbox, ana, worked):
    with stripe_sandbox.later(days=4):
        payout = cash_out(by=ana, amount=mxn(20_000), option="free", key="k")
        stripe_sandbox.deliver()
        account = payout.payee.account_ref
        client().v1.payouts.create(
            {"amount": 20_000, "currency": "mxn"}, with_key("typed again by hand", account)
        )

        run = compared(stripe_sandbox)

        assert [(each["equation"], each["account"], each["ours"]) for each in run.broken] == [
            ("C4", account, 36_040)
        ]
        assert run.broken[0]["theirs"] == 16_040
        assert questions() == [("broken_equation", f"C4 {account}")]


def test_30_what_we_booked_and_stripe_does_not_show_is_listed(stripe_sandbox, clara):
    payment = stripe_sandbox.pays(clara, owes(clara))
    shown = stripe_sandbox.engine.world.family("balance_transactions")
    for key in [key for key, row in shown.items() if row["source"] == payment.charge_ref]:
        del shown[key]

    run = compared(stripe_sandbox)

    assert run.open_lines == 1
    assert ("extra_here", payment.charge_ref) in questions()


def _has_a_bank(sandbox) -> None:
    world = sandbox.engine.world
    account = world.family("accounts")[world.platform]
    account.update(default_currency="mxn", payouts_enabled=True)
    add_bank(world, account, {"country": "MX", "account_number": "000000001234567897"})


def _last_line(sandbox) -> date:
    last = max(each["created"] for each in sandbox.rows("balance_transactions"))
    return datetime.fromtimestamp(last, UTC).date()


def test_a_payout_of_the_collecting_account_is_booked_from_its_line_and_back_if_it_fails(
    stripe_sandbox, worked
):
    with stripe_sandbox.later(days=4):
        run_due_of(worked.pk)
        _has_a_bank(stripe_sandbox)
        stripe_sandbox.control("/faults", kind="payout_paid_then_failed", times=1, seconds=3 * DAY)
        asked = {"amount": 3_000, "currency": "mxn"}
        made = client().v1.payouts.create(asked, with_key("to our own bank"))

        run = compared(stripe_sandbox)

        assert (run.broken, run.open_lines) == ([], 0)
        with working_for(HOUSE):
            assert ledger() == {"bank": 3_000, "psp_available": -3_000}
            assert entries(f"psp_payout:{made.id}") == ["psp.paid_out"]
        assert compared(stripe_sandbox).broken == []

        with stripe_sandbox.later(days=7):
            pass
        run = compared(stripe_sandbox, _last_line(stripe_sandbox))
        assert (run.broken, run.open_lines) == ([], 0)
        with working_for(HOUSE):
            assert ledger() == {}
            assert entries() == ["psp.paid_out", "psp.payout_returned"]


def test_a_hold_that_says_more_than_rests_breaks_c6(stripe_sandbox, ana, worked):
    open_hold(
        member_id=member_id(ana), reason="review", about="case:1", amount=mxn(1_000), until=None
    )
    assert compared(stripe_sandbox).broken == []

    Hold.objects.update(remaining_minor=999)
    broken = compared(stripe_sandbox).broken
    assert [(each["equation"], each["ours"], each["theirs"]) for each in broken] == [
        ("C6", 1_000, 999)
    ]
    assert ("broken_equation", "C6") in questions()

    Hold.objects.update(remaining_minor=1_000)
    assert compared(stripe_sandbox).broken == []
    assert questions() == []


def test_a_refund_that_nobody_owes_breaks_c8_and_looking_again_mends_it(
    stripe_sandbox, olga, clara
):
    payment = stripe_sandbox.pays(clara, owes(clara))
    back = refund(
        by=olga, payment_id=payment.pk, amount=mxn(900), tip=mxn(0), reason="goodwill", key="r"
    )
    stripe_sandbox.deliver()
    assert compared(stripe_sandbox).broken == []

    Refund.objects.filter(pk=back.pk).update(state="due")
    with working_for(HOUSE):
        first = reconcile(provider="stripe", day=day_of(stripe_sandbox), final=False).run
    broken = [(each["equation"], each["ours"], each["theirs"]) for each in first.broken]
    assert broken == [("C8", 0, 900)]
    assert ("broken_equation", "C8") in questions()

    assert compared(stripe_sandbox).broken == []
    back.refresh_from_db()
    assert (back.state, questions()) == ("succeeded", [])


def test_30_events_of_connected_accounts_that_nobody_took_are_asked_for_too(
    stripe_sandbox, ana, worked
):
    with stripe_sandbox.later(days=4):
        payout = cash_out(by=ana, amount=mxn(20_000), option="free", key="k")
        stripe_sandbox.deliver()
        with clock.travelling_to(clock.now() + timedelta(days=2)):
            stripe_sandbox.engine.advance(int(clock.now().timestamp()))
            stripe_sandbox.drop()
            with working_for(HOUSE):
                before = set(ProviderEvent.objects.values_list("event_id", flat=True))

                hear_missed.delay()

                heard = ProviderEvent.objects.exclude(event_id__in=before)
                paid = heard.get(kind="payout.paid")
            assert paid.account == payout.payee.account_ref
            outbox.drain()
            payout.refresh_from_db()
            assert payout.state == "paid"


def test_two_operators_book_what_nobody_of_us_made(stripe_sandbox, ana, worked):
    by_hand = {
        "amount": 700,
        "currency": "mxn",
        "destination": stripe_sandbox.rows("transfers")[0]["destination"],
        "source_transaction": worked.charge_ref,
    }
    client().v1.transfers.create(by_hand, with_key("typed by hand"))
    compared(stripe_sandbox)

    with working_for(HOUSE):
        oscar, otilia = joins("oscar", Role.STAFF), joins("otilia", Role.STAFF)
        asked = MoneyQuestion.objects.get(kind="missing_here")
        for by in (oscar, otilia):
            answer_question(
                by=by, question_id=asked.pk, answer="adjust", note="Una transferencia a mano."
            )
        assert ledger() == {"psp_available": -700, "recon_difference": 700}
    run = compared(stripe_sandbox)
    assert (run.open_lines, [each["equation"] for each in run.broken]) == (0, ["C4"])


def test_an_equation_that_holds_again_closes_its_question(stripe_sandbox, worked):
    stripe_sandbox.engine.state.balances[stripe_sandbox.engine.world.platform]["mxn"][0] += 5
    assert [each["equation"] for each in compared(stripe_sandbox).broken] == ["C3"]
    assert questions() == [("broken_equation", "C3")]

    stripe_sandbox.engine.state.balances[stripe_sandbox.engine.world.platform]["mxn"][0] -= 5
    assert compared(stripe_sandbox).broken == []
    assert questions() == []


def test_books_that_contradict_themselves_stop_payouts_until_a_person_has_looked(
    stripe_sandbox, ana, worked
):
    with stripe_sandbox.later(days=4):
        stop.delay(equations=["C2"], day="2026-11-21")
        payout = cash_out(by=ana, amount=mxn(20_000), option="free", key="k")
        with pytest.raises(NoAnswer):
            send_payout(payout_id=payout.pk)
        stripe_sandbox.deliver()
        assert stripe_sandbox.rows("payouts") == []
        payout.refresh_from_db()
        assert payout.state == "requested"

        MoneyQuestion.objects.update(state="answered", answer="done", answered_at=datetime.now(UTC))
        with stripe_sandbox.later(seconds=30):
            run_due_of(payout.pk)
            payout.refresh_from_db()
            assert payout.state == "submitted"
        assert entries(f"cashout:{payout.pk}") == ["cashout.requested"]


def test_nobody_but_the_house_may_compare_the_books_of_all(stripe_sandbox):
    with pytest.raises(Exception, match="only the house"):
        reconcile(provider="stripe", day=day_of(stripe_sandbox), final=True)


def test_the_command_says_what_differs(stripe_sandbox, worked):
    said = StringIO()

    with working_for(None):
        call_command("reconcile", "--day", day_of(stripe_sandbox).isoformat(), stdout=said)

    assert "C3 all MXN: 7188 = 7188" in said.getvalue()
    assert "0 without a match, 0 equations broken." in said.getvalue()

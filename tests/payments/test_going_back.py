"""Debts, credits, permissions, and the pages and API about money that goes back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kernel import clock, outbox
from kernel.actor import SYSTEM
from kernel.errors import Invalid
from payments.actions.credits import compensate_worker, grant_credit
from payments.actions.debts import appeal_debt, ask_to_forgive, forgive
from payments.actions.decide_refund import decide_refund
from payments.actions.grant import grant
from payments.actions.hold import open_hold
from payments.forms.back import PERMISSION_CHOICES
from payments.models import PERMISSIONS, Debt, Dispute, Entry, Hold, Refund
from payments.queries import wallet_of
from payments.queries.permissions import may
from payments.rules.debts import DebtTooYoung, ReasonTooShort
from payments.rules.permissions import PermissionMissing, SecondPersonNeeded
from payments.rules.refusals import RefundStopped
from tenants.messaging.models import Notification
from tenants.support.models import Case
from tests.support.ledgers import booked, standing
from tests.support.worlds import signed_in_client
from tests.support.worlds_money import done, earns, member_id, mxn, paid

pytestmark = pytest.mark.usefixtures("patitas")

FOUND = "The walk took ten minutes instead of sixty."


@pytest.fixture
def done_job(ana, clara):
    payment = paid(clara)
    done(payment, ana)
    return payment


@pytest.fixture
def anas_debt(ana, olga, done_job) -> Debt:
    """Ana owes 10 000 of a refund, because the rest of her money rests for something else."""
    open_hold(
        member_id=member_id(ana), amount=mxn(46_040), reason="review", until=None, about="else"
    )
    gives(olga, done_job, 23_864, fault="worker")
    return Debt.objects.get()


def gives(by, payment, minor, *, tip=0, fault="none", key="k") -> Refund:
    return decide_refund(
        by=by,
        payment_id=payment.pk,
        amount=mxn(minor),
        tip=mxn(tip),
        fault=fault,
        reason=FOUND,
        key=key,
    )


class TestPermissions:
    """Who may move money."""

    def test_the_owner_may_all_and_staff_what_they_were_given(self, olga, mora, ana, clara):
        assert all(may(olga, each) for each in PERMISSIONS)
        assert not any(may(who, each) for who in (mora, ana, clara) for each in PERMISSIONS)

        grant(by=olga, member_id=member_id(mora), permissions=["refund", "hold"])
        assert [each for each in PERMISSIONS if may(mora, each)] == ["refund", "hold"]
        grant(by=olga, member_id=member_id(mora), permissions=["hold"])
        assert [each for each in PERMISSIONS if may(mora, each)] == ["hold"]

    def test_every_permission_has_a_name_on_the_page(self):
        assert tuple(name for name, _ in PERMISSION_CHOICES) == PERMISSIONS

    def test_without_permission_nothing_goes_back(self, mora, done_job):
        entries = Entry.objects.count()
        with pytest.raises(PermissionMissing):
            gives(mora, done_job, 1_000)

        assert not Refund.objects.exists()
        assert Entry.objects.count() == entries

    def test_while_a_bank_disputes_the_office_gives_nothing_back(self, olga, done_job):
        Dispute.objects.create(
            payment=done_job, provider_ref="du", currency="MXN", amount_minor=1, state="open"
        )
        with pytest.raises(RefundStopped):
            gives(olga, done_job, 1_000)

        assert not Refund.objects.exists()


class TestDebts:
    """What a worker owes."""

    def test_what_is_owed_is_forgiven_by_two_people_after_ninety_days(
        self, ana, olga, mora, anas_debt
    ):
        assert anas_debt.left_minor == 10_000
        grant(by=olga, member_id=member_id(mora), permissions=["write_off"])
        with pytest.raises(DebtTooYoung):
            ask_to_forgive(by=mora, debt_id=anas_debt.pk, reason="She left the city.")

        with clock.travelling_to(clock.now() + timedelta(days=91)):
            with pytest.raises(SecondPersonNeeded):
                forgive(by=olga, debt_id=anas_debt.pk)
            with pytest.raises(ReasonTooShort):
                ask_to_forgive(by=mora, debt_id=anas_debt.pk, reason="no")
            ask_to_forgive(by=mora, debt_id=anas_debt.pk, reason="She left the city.")
            with pytest.raises(SecondPersonNeeded):
                forgive(by=mora, debt_id=anas_debt.pk)
            assert wallet_of(ana).owed == mxn(10_000)
            forgive(by=olga, debt_id=anas_debt.pk)
            forgive(by=olga, debt_id=anas_debt.pk)

        anas_debt.refresh_from_db()
        assert (anas_debt.state, anas_debt.left_minor) == (Debt.WRITTEN_OFF, 0)
        assert standing("bad_debt", "worker_receivable") == {
            "bad_debt": 10_000,
            "worker_receivable": 0,
        }

    def test_the_database_refuses_one_person_as_two(self, olga, anas_debt):
        alone = {"forgiveness_asked_by_id": olga.member_id, "forgiven_by_id": olga.member_id}
        with pytest.raises(IntegrityError), transaction.atomic():
            Debt.objects.filter(pk=anas_debt.pk).update(**alone)

        anas_debt.refresh_from_db()
        assert anas_debt.forgiven_by_id is None

    def test_a_worker_may_object_and_somebody_looks_again(self, ana, anas_debt):
        appeal_debt(by=ana, debt_id=anas_debt.pk, words="The walk took the whole hour.")

        anas_debt.refresh_from_db()
        assert anas_debt.appealed_at is not None
        assert Case.objects.get(kind="money_appeal").person_id == member_id(ana)

    def test_owed_10_000_a_release_of_20_000_brings_15_000(self, ana, clara, anas_debt):
        before = wallet_of(ana).available
        earns(ana, 20_000, payer=clara)

        assert wallet_of(ana).available - before == mxn(15_000)
        assert wallet_of(ana).owed == mxn(5_000)


class TestCredits:
    """What customers may spend, and what workers get for a wrong."""

    def test_a_credit_is_given_once_out_of_the_businesss_pocket(self, olga, clara):
        whom = member_id(clara)
        for _ in range(2):
            credit = grant_credit(
                by=olga,
                customer_id=whom,
                amount=mxn(5_000),
                cause="gesture",
                about="x",
                reason=FOUND,
            )

        assert booked(f"credit:{credit.pk}") == [
            ("credit.granted", {"goodwill": 5_000, "customer_credit": -5_000})
        ]
        outbox.drain()
        assert Notification.objects.get(notice="payments.credit_granted").to_id == whom

    def test_a_compensation_reaches_the_wallet_once_and_whole(self, olga, ana):
        for _ in range(2):
            compensate_worker(
                by=olga,
                member_id=member_id(ana),
                amount=mxn(2_500),
                reference="booking:1",
                reason=FOUND,
                key="c",
            )

        assert wallet_of(ana).available == mxn(2_500)
        assert standing("goodwill") == {"goodwill": 2_500}

    def test_a_compensation_is_for_something(self, olga, ana):
        with pytest.raises(Invalid) as refused:
            compensate_worker(
                by=olga,
                member_id=member_id(ana),
                amount=mxn(2_500),
                reference="",
                reason=FOUND,
                key="c",
            )

        assert refused.value.details == {"fields": ["reference"]}
        assert wallet_of(ana).available == mxn(0)
        assert standing("goodwill") == {"goodwill": 0}


def text(response) -> str:
    return response.content.decode()


class TestPages:
    """What people see of it."""

    def test_the_office_sees_who_pays_what_before_it_gives_back(self, olga, ana, done_job):
        office = signed_in_client("olga", strong=True)
        url = f"/office/payments/{done_job.pk}/refund/"
        asked = {
            "amount": "210.00",
            "fault": "worker",
            "reason": FOUND,
            "key": "0190f5fe-7c00-7a00-8000-000000000001",
        }
        assert office.get(url).status_code == 200
        shown = text(office.post(url, asked))
        assert "$176.00" in shown
        assert "$27.31" in shown
        assert not Refund.objects.exists()

        for _ in range(2):
            assert office.post(url, asked | {"confirm": "1"}).status_code == 302
        made = Refund.objects.get()
        assert (made.worker_minor, made.tenant_minor, made.platform_minor) == (17_600, 2_731, 200)
        assert "$210.00" in text(office.get("/office/refunds/"))

    def test_too_much_is_refused_beside_the_field(self, olga, done_job):
        office = signed_in_client("olga", strong=True)
        page = office.post(
            f"/office/payments/{done_job.pk}/refund/",
            {
                "amount": "609.01",
                "fault": "none",
                "reason": FOUND,
                "key": "0190f5fe-7c00-7a00-8000-000000000001",
                "confirm": "1",
            },
        )

        assert page.status_code == 422
        assert page.context["form"].errors["amount"]
        assert not Refund.objects.exists()

    @pytest.mark.parametrize(
        "path",
        ["refunds/", "disputes/", "debts/", "goodwill/credit/", "goodwill/compensation/"],
    )
    def test_the_offices_pages_open_when_empty(self, olga, path):
        assert signed_in_client("olga", strong=True).get(f"/office/{path}").status_code == 200

    def test_a_worker_reads_what_rests_and_is_owed_and_may_object(self, ana, anas_debt):
        client = signed_in_client("ana")
        page = text(client.get("/wallet/owed/"))
        assert "$460.40" in page
        assert "$100.00" in page
        assert FOUND in page

        said = {"words": "The walk took the whole hour."}
        assert client.post(f"/wallet/owed/{anas_debt.pk}/appeal/", said).status_code == 302
        assert "Apelaste" in text(client.get("/wallet/owed/"))

    def test_a_customer_reads_their_credits(self, clara):
        grant_credit(
            by=SYSTEM,
            customer_id=member_id(clara),
            amount=mxn(3_000),
            cause="late",
            about="x",
        )
        assert "$30.00" in text(signed_in_client("clara").get("/credits/"))

    def test_the_owner_ticks_what_staff_may_do(self, olga, mora):
        office = signed_in_client("olga", strong=True)
        said = {"member": str(mora.member_id), "permissions": ["refund"]}
        assert office.post("/office/money-permissions/", said).status_code == 302
        assert may(mora, "refund")


class TestApi:
    """The same for programs."""

    def test_a_refund_by_api_is_given_once_per_key(self, olga, done_job):
        client = signed_in_client("olga", strong=True)
        answers = [
            client.post(
                f"/api/v1/payments/{done_job.pk}/refunds",
                {"amount_minor": 21_000, "fault": "worker", "reason": FOUND},
                content_type="application/json",
                headers={"Idempotency-Key": "one"},
            )
            for _ in range(2)
        ]

        assert [each.status_code for each in answers] == [201, 201]
        assert answers[0].json() == answers[1].json()
        assert answers[0].json()["borne_minor"] == {
            "worker": 17_600,
            "tenant": 2_731,
            "platform": 200,
            "tax": 469,
        }
        assert Refund.objects.count() == 1
        listed = client.get(f"/api/v1/payments/{done_job.pk}/refunds").json()
        assert [each["amount_minor"] for each in listed] == [21_000]

    def test_money_rests_and_comes_back_by_api(self, olga, ana, done_job):
        client = signed_in_client("olga", strong=True)
        answer = client.post(
            f"/api/v1/workers/{ana.member_id}/holds",
            {"amount_minor": 10_000, "days": 3, "reason": FOUND},
            content_type="application/json",
            headers={"Idempotency-Key": "one"},
        )
        assert answer.status_code == 201
        assert wallet_of(ana).available == mxn(46_040)
        hold = Hold.objects.get()
        assert hold.note == FOUND

        released = client.post(
            f"/api/v1/holds/{hold.pk}/release", {"reason": FOUND}, content_type="application/json"
        )
        assert released.json()["remaining_minor"] == 0
        assert wallet_of(ana).available == mxn(56_040)

    def test_workers_and_customers_find_no_such_door(self, ana, clara, done_job):
        for name in ("ana", "clara"):
            answer = signed_in_client(name).post(
                f"/api/v1/payments/{done_job.pk}/refunds",
                {"amount_minor": 1, "reason": FOUND},
                content_type="application/json",
                headers={"Idempotency-Key": "one"},
            )
            assert answer.status_code in (403, 404)
        assert not Refund.objects.exists()

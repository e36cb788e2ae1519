"""The books are corrected by two people; what rests goes back early with a reason."""

import pytest
from django.db import IntegrityError, transaction

from payments.actions.correct_books import ask_to_adjust, confirm_adjustment, refuse_adjustment
from payments.actions.grant import grant
from payments.actions.hold import open_hold
from payments.actions.let_rest import give_back_early
from payments.models import Adjustment, Entry, Hold
from payments.queries import wallet_of
from payments.rules.adjustments import AccountsNotAdjustable, AdjustmentDecided, sides_of
from payments.rules.debts import ReasonTooShort
from payments.rules.permissions import PermissionMissing, SecondPersonNeeded
from tests.support.ledgers import booked
from tests.support.worlds import signed_in_client
from tests.support.worlds_money import earns, member_id, mxn

pytestmark = pytest.mark.usefixtures("patitas")

WHY = "The bank charged a fee that nobody booked."


@pytest.fixture
def mora_may(olga, mora):
    """Mora may correct the books, and let money rest."""
    grant(by=olga, member_id=member_id(mora), permissions=["adjust", "hold"])
    return mora


def asked(by, **changed) -> Adjustment:
    wish = {
        "amount": mxn(1_500),
        "debit": "recon_difference",
        "credit": "bank",
        "reason": WHY,
        "key": "k",
    }
    return ask_to_adjust(by=by, **{**wish, **changed})


def test_what_an_account_lacks_it_gets_and_what_it_has_too_much_it_gives():
    assert sides_of("bank", lacks_minor=7) == {"debit": "bank", "credit": "recon_difference"}
    assert sides_of("bank", lacks_minor=-7) == {"debit": "recon_difference", "credit": "bank"}


class TestTwoPeople:
    """One asks, another confirms."""

    def test_nothing_is_booked_before_a_second_person_says_yes(self, olga, mora_may):
        row = asked(mora_may)
        assert not Entry.objects.exists()
        with pytest.raises(SecondPersonNeeded):
            confirm_adjustment(by=mora_may, adjustment_id=row.pk)
        assert not Entry.objects.exists()

        for _ in range(2):
            confirm_adjustment(by=olga, adjustment_id=row.pk)
        assert booked(f"adjustment:{row.pk}") == [
            ("recon.adjusted", {"recon_difference": 1_500, "bank": -1_500})
        ]
        row.refresh_from_db()
        assert (row.state, row.decided_by_id) == ("booked", olga.member_id)
        with pytest.raises(AdjustmentDecided):
            refuse_adjustment(by=olga, adjustment_id=row.pk)

    def test_the_owner_alone_is_one_person_too(self, olga):
        row = asked(olga)
        with pytest.raises(SecondPersonNeeded):
            confirm_adjustment(by=olga, adjustment_id=row.pk)

    def test_a_refused_one_is_never_booked(self, olga, mora_may):
        row = asked(mora_may)
        refuse_adjustment(by=olga, adjustment_id=row.pk)
        with pytest.raises(AdjustmentDecided):
            confirm_adjustment(by=olga, adjustment_id=row.pk)

        assert not Entry.objects.exists()

    def test_only_those_with_the_permission_ask_or_confirm(self, olga, mora, ana):
        row = asked(olga)
        for who in (mora, ana):
            with pytest.raises(PermissionMissing):
                asked(who, key="other")
            with pytest.raises(PermissionMissing):
                confirm_adjustment(by=who, adjustment_id=row.pk)

        assert Adjustment.objects.count() == 1

    @pytest.mark.parametrize(
        ("debit", "credit"),
        [
            ("worker_available", "bank"),
            ("bank", "customer_deposit"),
            ("tip_held", "worker_available"),
            ("psp_connected", "bank"),
            ("bank", "bank"),
        ],
    )
    def test_no_other_account_is_touched(self, olga, debit, credit):
        with pytest.raises(AccountsNotAdjustable):
            asked(olga, debit=debit, credit=credit)
        with pytest.raises(IntegrityError), transaction.atomic():
            Adjustment.objects.create(
                key="raw",
                currency="MXN",
                amount_minor=1,
                debit=debit,
                credit=credit,
                reason=WHY,
                asked_by_id=olga.member_id,
            )

        assert not Adjustment.objects.exists()

    def test_a_reason_is_needed_and_a_key_asks_once(self, olga):
        with pytest.raises(ReasonTooShort):
            asked(olga, reason="fee")
        assert asked(olga).pk == asked(olga).pk

    def test_the_database_refuses_one_person_as_two(self, olga):
        row = asked(olga)
        alone = {"state": "booked", "decided_by_id": olga.member_id, "entry_id": row.pk}
        with pytest.raises(IntegrityError), transaction.atomic():
            Adjustment.objects.filter(pk=row.pk).update(**alone)


class TestDoors:
    """The office's pages and the API."""

    def test_on_the_page_one_asks_and_the_other_confirms(self, olga, mora_may):
        office = signed_in_client("mora", strong=True)
        wish = {
            "amount": "15.00",
            "debit": "recon_difference",
            "credit": "bank",
            "reason": WHY,
            "key": "0190f5fe-7c00-7a00-8000-000000000001",
        }
        assert office.post("/office/adjustments/", wish).status_code == 302
        row = Adjustment.objects.get()
        assert "/confirm/" not in office.get("/office/adjustments/").content.decode()

        boss = signed_in_client("olga", strong=True)
        assert WHY in boss.get("/office/adjustments/").content.decode()
        assert boss.post(f"/office/adjustments/{row.pk}/confirm/").status_code == 302
        row.refresh_from_db()
        assert row.state == "booked"
        assert boss.post("/office/adjustments/", wish | {"debit": "bank"}).status_code == 422

    def test_who_may_not_does_not_find_the_page(self, mora):
        assert signed_in_client("mora", strong=True).get("/office/adjustments/").status_code == 404

    def test_programs_ask_and_confirm(self, olga, mora_may):
        def send(who: str, path: str = "", **body: object):
            return signed_in_client(who, strong=True).post(
                f"/api/v1/ledger/adjustments{path}",
                body,
                content_type="application/json",
                headers={"Idempotency-Key": "one"},
            )

        wish = {"amount_minor": 1_500, "debit": "recon_difference", "credit": "bank", "reason": WHY}
        made = send("mora", **wish)
        assert made.status_code == 201
        assert send("mora", **(wish | {"debit": "worker_available"})).status_code == 422
        path = f"/{made.json()['id']}/confirm"
        assert send("mora", path).status_code == 403
        assert send("olga", path).json()["state"] == "booked"
        listed = signed_in_client("olga", strong=True).get("/api/v1/ledger/adjustments").json()
        assert [each["state"] for each in listed["items"]] == ["booked"]

    def test_the_menu_leads_an_owner_to_who_may_move_money(self, olga, mora):
        assert "/office/money-permissions/" in menu_of("olga")
        assert "/office/adjustments/" in menu_of("olga")
        assert "/office/money-permissions/" not in menu_of("mora")
        assert "/office/adjustments/" not in menu_of("mora")


def menu_of(name: str) -> str:
    return signed_in_client(name, strong=True).get("/office/").content.decode()


class TestEarlyRelease:
    """What rests goes back before its time."""

    @pytest.fixture
    def hold(self, ana, clara) -> Hold:
        """100.00 of Ana's 300.00 rest."""
        earns(ana, 30_000, payer=clara)
        return open_hold(
            member_id=member_id(ana), amount=mxn(10_000), reason="review", until=None, about="x"
        )

    def test_who_gave_it_back_and_why_is_kept(self, olga, ana, hold):
        for _ in range(2):
            give_back_early(by=olga, hold_id=hold.pk, reason="The photos show the whole walk.")

        hold.refresh_from_db()
        assert (hold.released_by_id, hold.remaining_minor) == (olga.member_id, 0)
        assert wallet_of(ana).available == mxn(30_000)

    def test_without_permission_or_reason_it_rests(self, olga, mora, ana, hold):
        with pytest.raises(PermissionMissing):
            give_back_early(by=mora, hold_id=hold.pk, reason="The photos show the whole walk.")
        with pytest.raises(ReasonTooShort):
            give_back_early(by=olga, hold_id=hold.pk, reason="ok")

        assert wallet_of(ana).available == mxn(20_000)

    def test_on_the_page(self, mora_may, ana, hold):
        office = signed_in_client("mora", strong=True)
        assert "$100.00" in office.get("/office/resting/").content.decode()
        url = f"/office/resting/{hold.pk}/"
        assert office.post(url, {"reason": "ok"}).status_code == 422
        said = {"reason": "The photos show the whole walk."}
        assert office.post(url, said).status_code == 302
        page = office.get("/office/resting/").content.decode()
        assert "The photos show the whole walk." in page
        assert wallet_of(ana).available == mxn(30_000)

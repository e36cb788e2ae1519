"""An account is paid when it is in the name that a document was checked against."""

import pytest

from kernel import clock
from kernel.actor import Role
from payments.actions.doubt import clear_destination
from payments.actions.give_account import give_account
from payments.models import Payee
from payments.queries import wallet_facts
from tenants.identity.queries import verified_name
from tests.identity.papers import is_verified
from tests.support.worlds import joins, person, signed_in_client
from tests.support.worlds_bank import CLABE, OTHER_CLABE
from tests.support.worlds_money import member_id

pytestmark = pytest.mark.usefixtures("patitas", "by_bank")


@pytest.fixture
def ana_checked(ana, olga):
    """Ana's document was checked against her name, Ana Prueba."""
    is_verified(ana, olga)
    return ana


def doubt() -> str:
    return Payee.objects.get().doubt


@pytest.mark.parametrize("holder", ["ANA PRUEBA", "Prueba Ana", "Ána  de la Prueba"])
def test_however_the_bank_writes_it_the_verified_name_is_paid(ana_checked, holder):
    give_account(by=ana_checked, number=CLABE, holder=holder)
    assert doubt() == ""


def test_another_holder_waits_for_the_office_and_the_worker_is_told(ana_checked, mora):
    browser = signed_in_client("ana")
    typed = {"number": CLABE, "holder": "Luis Otro"}
    page = browser.post("/wallet/account/bank/", typed, follow=True).content.decode()

    assert doubt() == "name"
    assert "Antes de pagar ahí, el equipo lo revisa" in page
    assert "La cuenta bancaria está a otro nombre" in page
    assert "Ya puedes cobrar" not in page
    assert wallet_facts(member_id(ana_checked)).destination_doubt == "name"
    assert (
        "Está a otro nombre"
        in signed_in_client("mora", strong=True).get("/office/wages/").content.decode()
    )
    clear_destination(by=mora, payee_id=Payee.objects.get().pk)
    assert doubt() == ""


def test_a_name_that_was_changed_after_the_check_does_not_count(ana_checked):
    user = person("ana")
    user.first_name, user.last_name = "Luis", "Otro"
    user.save(update_fields=["first_name", "last_name"])
    assert verified_name(member_id(ana_checked), at=clock.now()) == "Ana Prueba"

    give_account(by=ana_checked, number=CLABE, holder="Luis Otro")
    assert doubt() == "name"


def test_who_was_not_checked_has_no_verified_name_and_is_not_doubted(ana):
    assert verified_name(member_id(ana), at=clock.now()) == ""
    give_account(by=ana, number=CLABE, holder="Luis Otro")
    assert doubt() == ""


def test_one_account_in_two_wallets_waits_and_another_one_frees_it(ana):
    give_account(by=ana, number=CLABE, holder="Ana Prueba")
    beto = joins("beto", Role.WORKER)
    give_account(by=beto, number=CLABE, holder="Beto Prueba")
    second = Payee.objects.get(member_id=beto.member_id)
    assert (second.doubt, Payee.objects.get(member_id=ana.member_id).doubt) == ("shared", "")

    give_account(by=beto, number=OTHER_CLABE, holder="Beto Prueba")
    second.refresh_from_db()
    assert second.doubt == ""

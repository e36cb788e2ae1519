"""How the tax office knows a worker: they write it, nobody reads it without a trace."""

import pytest

from payments.actions.register_worker import give_tax_id, read_tax_number, register_worker
from payments.actions.set_tax import OwnersDecideTaxes
from payments.models import TaxIdentity
from payments.queries.taxes import is_tax_registered
from payments.rules.tax_ids import TaxIdInvalid, TaxProfileUnknown, read_tax_id
from tenants.tenancy.models import AccessLog
from tests.support.worlds import signed_in_client
from tests.support.worlds_money import member_id

pytestmark = pytest.mark.usefixtures("patitas")
RFC = "GODE561231GR8"
OTHER = "GODE561231HR7"


@pytest.mark.parametrize(
    ("country", "written", "kind", "number"),
    [
        ("MX", "gode 561231-GR8", "RFC", RFC),
        ("BR", "390.533.447-05", "CPF", "39053344705"),
        ("BR", "16.727.230/0001-97", "CNPJ", "16727230000197"),
        ("CL", "12.531.909-2", "RUT", "125319092"),
        ("CO", "213.123.432-1", "NIT", "2131234321"),
        ("AR", "20-05536168-2", "CUIT", "20055361682"),
        ("PE", "20512333797", "RUC", "20512333797"),
        ("UY", "21.1003-420017", "TAX", "211003420017"),
    ],
)
def test_numbers_are_read_as_people_write_them(country, written, kind, number):
    read = read_tax_id(country, written)
    assert (read.kind, read.number, read.shown) == (kind, number, f"{kind} ···· {number[-3:]}")


@pytest.mark.parametrize(
    ("country", "written"),
    [("MX", "GODE561331GR8"), ("BR", "39053344704"), ("CL", "12531909-3"), ("UY", "1"), ("PE", "")],
)
def test_a_number_that_cannot_exist_is_refused(country, written):
    with pytest.raises(TaxIdInvalid):
        read_tax_id(country, written)


def test_a_worker_writes_it_and_the_number_is_sealed(ana):
    browser = signed_in_client("ana")
    assert "/wallet/tax/" in browser.get("/wallet/").content.decode()
    assert "RFC" in browser.get("/wallet/tax/").content.decode()

    wrong = browser.post("/wallet/tax/", {"number": "GODE561331GR8", "profile": "person"})
    assert wrong.status_code == 422
    assert "Ese número fiscal no existe" in wrong.content.decode()
    assert not TaxIdentity.objects.exists()

    page = browser.post("/wallet/tax/", {"number": RFC, "profile": "registered"}, follow=True)
    assert "RFC ···· GR8" in page.content.decode()
    assert "La persona dueña lo revisará" in page.content.decode()
    assert RFC not in page.content.decode()
    assert RFC.encode() not in bytes(TaxIdentity.objects.get().sealed)


def test_saying_it_changes_no_price_before_the_owner_has_looked(ana, olga):
    give_tax_id(by=ana, number=RFC, profile="registered")
    assert not is_tax_registered(member_id(ana))
    register_worker(by=olga, member_id=member_id(ana), registered=True)
    assert is_tax_registered(member_id(ana))
    assert TaxIdentity.objects.get().checked_by_id == olga.member_id


def test_the_same_again_stays_looked_at_and_a_change_does_not(ana, olga):
    give_tax_id(by=ana, number=RFC, profile="person")
    register_worker(by=olga, member_id=member_id(ana), registered=False)
    assert give_tax_id(by=ana, number=RFC.lower(), profile="person").checked_at is not None
    assert give_tax_id(by=ana, number=RFC, profile="company").checked_at is None
    assert TaxIdentity.objects.count() == 1


def test_an_unknown_profile_is_refused(ana):
    with pytest.raises(TaxProfileUnknown):
        give_tax_id(by=ana, number=RFC, profile="president")
    assert not TaxIdentity.objects.exists()


def test_the_owner_reads_the_whole_number_and_it_is_written_down(ana, olga, mora):
    give_tax_id(by=ana, number=RFC, profile="registered")
    office = signed_in_client("olga", strong=True)
    listed = office.get("/office/taxes/workers/").content.decode()
    assert "RFC ···· GR8" in listed
    assert RFC not in listed
    url = f"/office/taxes/workers/{ana.member_id}/"

    page = office.post(url, {"step": "read"}, follow=True)
    assert RFC in page.content.decode()
    assert AccessLog.objects.get(object_kind="payments.tax_identity").actor_id == olga.member_id
    office.post(url, {"step": "register"})
    assert is_tax_registered(member_id(ana))
    office.post(url, {"step": "unregister"})
    assert not is_tax_registered(member_id(ana))
    staff = signed_in_client("mora", strong=True)
    assert staff.get("/office/taxes/workers/").status_code == 404
    with pytest.raises(OwnersDecideTaxes):
        read_tax_number(by=mora, member_id=member_id(ana))


def test_only_a_worker_can_be_registered(clara, olga):
    office = signed_in_client("olga", strong=True)
    answer = office.post(f"/office/taxes/workers/{clara.member_id}/", {"step": "register"})
    assert answer.status_code == 404
    assert not is_tax_registered(member_id(clara))

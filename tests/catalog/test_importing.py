"""Lists that a business brings along: looked at first, with row, column and reason."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kernel import outbox
from marketplace.catalog.actions.import_list import begin_import, start_import
from marketplace.catalog.models import Category, ExternalId, ImportJob, Service, Worker
from marketplace.catalog.rules.importing import (
    COLUMNS,
    KINDS,
    ImportNotReady,
    ImportRefused,
    Problem,
    read_list,
)
from tenants.tenancy.models import Membership
from tests.catalog.test_pages import api
from tests.support.worlds import signed_in_client
from tests.support.worlds_market import owner

pytestmark = pytest.mark.usefixtures("on_monday")

SERVICES = (
    "external_id,category,name,minutes,price,booking_mode,unit,pricing,unit_max,unit_minutes\n"
    "a1,Paseos,Paseo de playa,60,350.50,instant,,,,\n"
    "a2,Guardería,Noche en casa,0,420,request,hour,per_unit,8,60\n"
)
WORKERS = (
    "external_id;email;first_name;last_name;headline;languages;latitude;longitude;radius_km\n"
    "w1;rosa@example.com;Rosa;Luna;Paseos con calma;es en;19,42;-99,16;8\n"
)
CUSTOMERS = "external_id,phone,first_name\nc1,+525512345678,Memo\nc2,+525587654321,Lupe\n"


def brings(kind: str, text: str) -> ImportJob:
    job = begin_import(by=owner(), kind=kind, text=text, name="lista.csv")
    outbox.drain()
    job.refresh_from_db()
    return job


def takes_in(job: ImportJob) -> ImportJob:
    start_import(by=owner(), job_id=job.pk)
    outbox.drain()
    job.refresh_from_db()
    return job


@pytest.mark.parametrize(
    ("kind", "text", "problems"),
    [
        ("customers", "external_id,email\n", [(1, "first_name", "missing")]),
        ("customers", "external_id,first_name,age\n", [(1, "age", "unknown")]),
        ("customers", "external_id,external_id,first_name\n", [(1, "external_id", "twice")]),
        ("customers", "external_id,email,first_name\n1,,\n", [(2, "first_name", "empty")]),
        ("customers", "external_id,email,first_name\n1,,Ana\n", [(2, "email", "no_contact")]),
        (
            "customers",
            "external_id,email,first_name\n1,a@b.mx,Ana\n\n1,c@d.mx,Eva\n",
            [(4, "external_id", "twice")],
        ),
        (
            "services",
            "external_id,category,name,minutes,price,unit\n1,x,y,721,gratis,week\n",
            [
                (2, "minutes", "does_not_fit"),
                (2, "price", "does_not_fit"),
                (2, "unit", "does_not_fit"),
            ],
        ),
        (
            "workers",
            "external_id,email,first_name,headline,latitude\n1,a@b.mx,Ana,Paseos,91\n",
            [(2, "latitude", "does_not_fit")],
        ),
    ],
)
def test_every_mistake_is_named_by_row_column_and_reason(kind, text, problems):
    rows, found = read_list(kind, text)
    assert [(each.row, each.column, each.reason) for each in found] == problems
    assert len(rows) == (1 if "c@d.mx" in text else 0)


def test_a_cell_may_have_commas_and_lines_and_rows_count_as_in_a_spreadsheet():
    text = 'external_id,email,first_name\n1,a@b.mx,"Ana,\nMaría"\n2,,Eva\n'
    rows, problems = read_list("customers", text)
    assert rows[0].cells["first_name"] == "Ana,\nMaría"
    assert problems == [Problem(row=4, column="email", reason="no_contact")]


@pytest.mark.parametrize("text", ["", "\n\n", 'a,"b\n', "external_id\n" + "1\n" * 50_001])
def test_what_is_no_list_is_refused(text):
    with pytest.raises(ImportRefused):
        read_list("customers", text)


def test_every_kind_of_list_knows_its_rows_by_the_number_of_the_other_system():
    assert all(COLUMNS[kind]["external_id"].required for kind in KINDS)


def test_looking_at_a_list_takes_nothing_in(patitas_is_stocked):
    before = (Service.objects.count(), Category.objects.count())
    job = brings("services", SERVICES)
    assert (job.state, job.rows, job.read, job.problems) == ("checked", 2, 2, [])
    assert (Service.objects.count(), Category.objects.count()) == before
    assert not ExternalId.objects.exists()


def test_a_list_comes_in_and_coming_again_it_changes_what_it_made(patitas_is_stocked):
    done = takes_in(brings("services", SERVICES))
    assert (done.state, done.made, done.changed) == ("done", 2, 0)
    beach = Service.objects.get(name="Paseo de playa")
    assert (beach.price_minor, beach.category.slug) == (35_050, "walks")
    night = Service.objects.get(name="Noche en casa")
    assert (night.category.name, night.unit, night.unit_max) == ("Guardería", "hour", 8)
    again = takes_in(brings("services", SERVICES.replace("350.50", "360")))
    assert (again.made, again.changed) == (0, 2)
    assert Service.objects.get(pk=beach.pk).price_minor == 36_000
    with pytest.raises(ImportNotReady):
        start_import(by=owner(), job_id=again.pk)


def test_what_our_own_rules_refuse_is_named_too_and_nothing_comes_in(patitas_is_stocked):
    text = SERVICES.replace("a1,Paseos,Paseo de playa,60", "a1,Paseos,Paseo de playa,5")
    job = brings("services", text)
    assert (job.state, job.problem_count) == ("refused", 1)
    assert job.problems == [{"row": 2, "column": "minutes", "reason": "service.invalid"}]
    with pytest.raises(ImportNotReady):
        start_import(by=owner(), job_id=job.pk)
    assert not Service.objects.filter(name__in=["Paseo de playa", "Noche en casa"]).exists()


def test_workers_come_as_applicants_and_customers_as_members(patitas_is_stocked):
    assert takes_in(brings("workers", WORKERS)).made == 1
    rosa = Worker.objects.get()
    assert (rosa.name, rosa.state, rosa.radius_km) == ("Rosa L.", "applied", 8)
    assert (rosa.languages, rosa.base_latitude) == (["es", "en"], 19.42)
    assert takes_in(brings("customers", CUSTOMERS)).made == 2
    assert Membership.objects.filter(role="customer").count() == 2
    other = brings("customers", CUSTOMERS.replace("c1,+525512345678", "c1,+525511112222"))
    assert other.problems == [{"row": 2, "column": "external_id", "reason": "import.somebody_else"}]


def test_the_list_is_kept_sealed(patitas_is_stocked):
    job = brings("customers", CUSTOMERS)
    assert b"Memo" not in bytes(job.content)
    assert job.text == CUSTOMERS


def test_the_office_brings_a_list_and_sees_what_is_wrong(patitas_is_stocked):
    office = signed_in_client("olga", strong=True)
    wrong = SimpleUploadedFile("lista.csv", b"external_id,first_name,email\n1,Memo,\n")
    answer = office.post("/office/imports/", {"kind": "customers", "file": wrong})
    assert answer.status_code == 302
    outbox.drain()
    shown = office.get(answer["Location"]).content.decode()
    assert "Hace falta un correo o un teléfono." in shown
    latin = SimpleUploadedFile("lista.csv", "José".encode("latin-1"))
    refused = office.post("/office/imports/", {"kind": "customers", "file": latin})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["file"])
    right = SimpleUploadedFile("lista.csv", CUSTOMERS.encode("utf-8-sig"))
    page = office.post("/office/imports/", {"kind": "customers", "file": right})["Location"]
    outbox.drain()
    assert office.post(f"{page}start/").status_code == 302
    outbox.drain()
    assert "Nuevas: 2." in office.get(page).content.decode()
    assert office.get("/office/imports/").status_code == 200


def test_a_program_brings_a_list(patitas_is_stocked, clara):
    office = signed_in_client("olga", strong=True)
    body = {"kind": "services", "csv": SERVICES}
    begun = api(office, "POST", "/imports", body)
    assert (begun.status_code, begun.json()["state"]) == (201, "checking")
    outbox.drain()
    path = f"/imports/{begun.json()['id']}"
    assert api(office, "GET", path).json()["state"] == "checked"
    assert api(office, "POST", f"{path}/start").json()["state"] == "running"
    outbox.drain()
    assert api(office, "GET", path).json()["made"] == 2
    assert api(signed_in_client("clara"), "POST", "/imports", body).status_code in (403, 404)
    assert api(office, "POST", "/imports", body | {"kind": "planets"}).status_code == 422

"""Pages on which a visit moves, somebody is missed, or something was not right."""

from datetime import timedelta

import pytest

from kernel import clock, outbox
from kernel.actor import Role
from marketplace.bookings.models import Dispute, Evidence, Settlement
from tests.support.pictures import photo
from tests.support.worlds import joins, signed_in_client
from tests.support.worlds_bookings import WEDNESDAY_TEN, fresh, steps

HOUR = timedelta(hours=1)
NOON = WEDNESDAY_TEN + 2 * HOUR
AFTER = WEDNESDAY_TEN + 3 * HOUR


def text(response):
    return response.content.decode()


def test_a_customer_chooses_another_time(clara_booked_ana, clara):
    client = signed_in_client("clara")
    path = f"/bookings/{clara_booked_ana.code}/time/"
    assert 'value="2026-03-04T18:00:00+0000"' in text(client.get(path))
    answer = client.post(path, {"starts_at": "2026-03-04T12:00:00-0600"})
    assert (answer.status_code, answer["Location"]) == (302, f"/bookings/{clara_booked_ana.code}/")
    assert fresh(clara_booked_ana).starts_at == NOON

    refused = client.post(path, {"starts_at": "2026-03-04T03:00:00-0600"})
    assert refused.status_code == 409
    assert "Alguien acaba de tomar ese horario." in text(refused)
    assert fresh(clara_booked_ana).starts_at == NOON


def test_a_worker_asks_and_the_customer_says_no_and_then_yes(clara_booked_ana, clara, ana):
    code = clara_booked_ana.code
    worker, customer = signed_in_client("ana"), signed_in_client("clara")
    for answer, starts_at in (("no", WEDNESDAY_TEN), ("yes", NOON)):
        asked = {"starts_at": "2026-03-04T12:00:00-0600", "reason": "Voy un poco tarde."}
        assert worker.post(f"/work/jobs/{code}/time/", asked).status_code == 302
        outbox.drain()
        assert "Ya le preguntamos" in text(worker.get(f"/work/jobs/{code}/"))
        assert "Voy un poco tarde." in text(customer.get(f"/bookings/{code}/"))
        customer.post(f"/bookings/{code}/do/answer_time/", {"agree": answer})
        assert fresh(clara_booked_ana).starts_at == starts_at


def test_nobody_opens_and_the_customer_says_otherwise(at_the_door, clara, ana):
    code = at_the_door.code
    worker, customer = signed_in_client("ana"), signed_in_client("clara")
    do = f"/work/jobs/{code}/do"
    assert worker.post(f"{do}/contact/").status_code == 302
    with clock.travelling_to(WEDNESDAY_TEN + timedelta(minutes=15)):
        assert "Nadie abre" in text(worker.get(f"/work/jobs/{code}/"))
        worker.post(f"{do}/report_no_show/")
        shown = text(customer.get(f"/bookings/{code}/"))
        assert "Dicen que no llegaste" in shown
        refused = customer.post(f"/bookings/{code}/do/contest/", {"words": "No."})
        assert refused.status_code == 422
        assert fresh(at_the_door).state == "no_show_reported"
        customer.post(f"/bookings/{code}/do/contest/", {"words": "Estuve en casa todo el día."})
    assert fresh(at_the_door).state == "disputed"


def test_from_something_was_not_right_to_an_agreement(job_done, clara, ana):
    code = job_done.code
    worker, customer = signed_in_client("ana"), signed_in_client("clara")
    with clock.travelling_to(AFTER):
        said = {"about": "partial", "words": "El baño quedó a medias.", "amount": "200.00"}
        assert customer.post(f"/bookings/{code}/do/dispute/", said).status_code == 302
        assert Dispute.objects.get().contested_minor == 20_000
        customer.post(f"/bookings/{code}/evidence/", {"files": [photo()]})
        assert "El baño quedó a medias." in text(worker.get(f"/work/jobs/{code}/"))
        seen = worker.get(f"/bookings/{code}/evidence/{Evidence.objects.get().pk}/")
        assert seen.status_code == 200
        worker.post(
            f"/work/jobs/{code}/do/propose_settlement/",
            {"outcome": "partial", "amount": "100.00", "reason": "Faltó el secado."},
        )
        assert Settlement.objects.get().minor == 10_000
        assert "Faltó el secado." in text(customer.get(f"/bookings/{code}/"))
        customer.post(f"/bookings/{code}/do/settle/")
        shown = text(customer.get(f"/bookings/{code}/"))
        assert "105.00" in shown
        assert "Se pusieron de acuerdo" in shown
    assert fresh(job_done).state == "resolved"


def test_the_office_reads_both_sides_and_decides(job_done, clara, olga):
    about = {"about": "partial", "words": "El baño quedó a medias.", "amount_minor": 20_000}
    with clock.travelling_to(AFTER):
        booking = steps(clara, job_done, "dispute", **about)
        office = signed_in_client("olga", strong=True)
        path = f"/office/bookings/{booking.pk}/"
        assert "El baño quedó a medias." in text(office.get(path))
        asked = {"resolve-outcome": "partial", "resolve-amount": "200", "resolve-fault": "worker"}
        refused = office.post(f"{path}resolve/", {**asked, "resolve-reason": "Corto"})
        assert (refused.status_code, fresh(booking).state) == (422, "disputed")
        office.post(f"{path}resolve/", {**asked, "resolve-reason": "Las fotos lo muestran."})
        shown = text(office.get(path))
    assert fresh(booking).state == "resolved"
    assert "Las fotos lo muestran." in shown
    assert "210.00" in shown


@pytest.mark.parametrize("path", ["time/", "evidence/01a20000-0000-7000-8000-000000000000/"])
def test_strangers_find_nothing(clara_booked_ana, offer, path):
    joins("diego", Role.CUSTOMER)
    answer = signed_in_client("diego").get(f"/bookings/{clara_booked_ana.code}/{path}")
    assert answer.status_code == 404

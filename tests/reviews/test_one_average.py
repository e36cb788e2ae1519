"""A worker has one average, whoever shows it: the one that leans on the marketplace's mean."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from kernel import clock
from marketplace.catalog.models import Worker
from reviews.actions.submit_review import submit_private, submit_review
from reviews.actions.take_step import recount
from reviews.queries import figures_of
from reviews.rules import average
from tests.support.worlds_bookings import WEDNESDAY_TEN

HOST = {"host": "patitas.localhost"}


@pytest.fixture
def reviewed(job_done, clara, ana):
    """Ana, of whom one verified visit was given four stars."""
    with clock.travelling_to(WEDNESDAY_TEN + timedelta(hours=3)):
        submit_review(by=clara, booking_id=job_done.pk, stars=4, text="Llegó puntual.")
        submit_private(by=ana, booking_id=job_done.pk, stars=5)
        yield Worker.objects.get(pk=job_done.worker_id)


def test_header_panel_and_programs_show_the_same_average(reviewed):
    page = Client(headers=HOST).get(f"/w/{reviewed.slug}/").content.decode()
    profile = Client(headers=HOST).get(f"/api/v1/workers/{reviewed.slug}").json()

    assert reviewed.rating == 49 / 11  # (10 · 4.5 + 4) / 11
    shown = re.findall(r'aria-label="([\d.]+) de 5 estrellas, 1 reseña"', page)
    assert shown == ["4.5", "4.5"]
    assert (profile["rating"], profile["rating_count"]) == (4.45, 1)
    assert figures_of(reviewed).average == 49 / 11
    assert "1 reseña todavía es poco" in page


def test_with_enough_reviews_all_averages_lean_on_the_marketplaces_own_mean(reviewed, monkeypatch):
    monkeypatch.setattr(average, "ENOUGH_FOR_OWN_MEAN", 1)

    recount(reviewed.pk)

    reviewed.refresh_from_db()
    assert (reviewed.rating, reviewed.rating_sum, reviewed.rating_count) == (4.0, 4, 1)


def test_an_average_is_rounded_once(reviewed):
    Worker.objects.filter(pk=reviewed.pk).update(rating=average.average([average.Counted(5, True)]))

    page = Client(headers=HOST).get(f"/w/{reviewed.slug}/").content.decode()

    assert 'aria-label="4.5 de 5 estrellas' in page  # 50 / 11 = 4.545…
    assert "4.6 de 5" not in page

"""A marketplace from nothing to its promise page, as its people see it, in two languages."""

from collections.abc import Iterator

import pytest

from tests.journeys import chapters, visits
from tests.journeys.stories import World, lar_limpo, patitas


@pytest.fixture(params=[patitas, lar_limpo], ids=["patitas-es", "lar-limpo-pt"])
def world(request, transactional_db, monday, sent, stripe_sandbox) -> Iterator[World]:
    """Nothing is there yet but the house, and Stripe's sandbox."""
    world = World(request.param(), stripe_sandbox)
    with world.time:
        yield world


def test_a_marketplace_works_from_nothing_to_its_promise(world):
    story = world.story
    chapters.the_owner_opens_it(story)
    chapters.people_sign_in(story)
    chapters.somebody_starts_to_work(world)
    chapters.the_badge_tells_the_truth(story)
    visits.the_customer_finds_somebody(story)
    visits.the_customer_pays_a_price_in_six_parts(world)
    visits.the_worker_accepts(world)
    visits.the_visit_takes_place(world)
    visits.both_review_each_other(world)
    visits.everybody_is_asked(world)
    visits.the_money_reaches_the_bank(world)
    visits.the_office_and_the_public_see_it(story)

"""A marketplace from nothing to its promise page, as its people see it, in two languages."""

import pytest

from tests.journeys import chapters
from tests.journeys.stories import World, lar_limpo, patitas


@pytest.fixture(params=[patitas, lar_limpo], ids=["patitas-es", "lar-limpo-pt"])
def world(request, transactional_db, monday, sent, stripe_sandbox) -> World:
    """Nothing is there yet but the house, and Stripe's sandbox."""
    return World(request.param(), stripe_sandbox)


def test_a_marketplace_works_from_nothing_to_its_promise(world):
    story = world.story
    chapters.the_owner_opens_it(story)
    chapters.people_sign_in(story)
    chapters.somebody_starts_to_work(world)
    chapters.the_badge_tells_the_truth(story)

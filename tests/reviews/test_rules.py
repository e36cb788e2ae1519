"""Averages, labels, what counts, and who may decide."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from reviews.rules.average import Counted, average, tenant_mean
from reviews.rules.content import language_of
from reviews.rules.counting import Circumstances, exclusion, is_verified, newest_first
from reviews.rules.moderation import (
    DecidedBefore,
    NotModerator,
    Past,
    Person,
    may_moderate,
    step_of,
)
from reviews.rules.review_states import IllegalStep, State, Step, take

FIRST = datetime(2026, 3, 4, tzinfo=UTC)


def test_three_verified_fives_and_a_declared_one_average_4_48():
    reviews = [*[Counted(5, True)] * 3, Counted(1, False)]

    assert average(reviews, mean=4.5) == pytest.approx(60.5 / 13.5)
    assert round(60.5 / 13.5, 2) == 4.48


def test_nobody_reviewed_is_no_average():
    assert average([]) is None


def test_the_tenants_own_mean_counts_from_fifty_reviews():
    assert tenant_mean([Counted(3, True)] * 49) == 4.5
    assert tenant_mean([Counted(3, True)] * 50) == 3.0


def test_of_52_weekly_reviews_of_a_pair_those_half_a_year_apart_count():
    weekly = [FIRST - timedelta(weeks=week) for week in range(52)]

    assert newest_first(weekly[:26]) == [True] + [False] * 25
    assert [place for place, counts in enumerate(newest_first(weekly)) if counts] == [0, 26]


@pytest.mark.parametrize(
    ("roles", "refunded", "why"),
    [
        ({"customer"}, 0, ""),
        ({"customer", "worker"}, 0, "insider"),
        ({"customer", "staff"}, 0, "insider"),
        ({"customer"}, 65_900, "unfunded"),
        ({"customer"}, 65_899, ""),
    ],
)
def test_what_does_not_count_says_why(roles, refunded, why):
    about = Circumstances(author_roles=frozenset(roles), paid_minor=65_900, refunded_minor=refunded)

    assert exclusion(about) == why


@pytest.mark.parametrize(
    ("captured", "source", "confirmed", "verified"),
    [
        (True, "pin", False, True),
        (True, "staff", False, False),
        (True, "staff", True, True),
        (True, "", False, False),
        (False, "pin", True, False),
    ],
)
def test_a_visit_is_verified_by_payment_and_meeting(captured, source, confirmed, verified):
    known = is_verified(captured=captured, check_in_source=source, customer_confirmed=confirmed)

    assert known is verified


def somebody(**changed):
    known = {"user_id": uuid4(), "role": "staff", "moderates": True, "active": True}
    return Person(**{**known, **changed})


@pytest.mark.parametrize(
    "changed", [{"role": "owner"}, {"moderates": False}, {"active": False}, {"role": "worker"}]
)
def test_who_is_no_moderator_decides_nothing(changed):
    with pytest.raises(NotModerator):
        may_moderate(somebody(**changed), parties=[])


def test_a_party_decides_nothing():
    who = somebody()
    may_moderate(who, parties=[uuid4()])

    with pytest.raises(NotModerator):
        may_moderate(who, parties=[who.user_id])


def test_removing_takes_two_different_moderators():
    one, other = uuid4(), uuid4()
    agreed = [Past(moderator_id=one, decision="remove")]

    def removing(by_id, past):
        return step_of("remove", state=State.HELD, by_id=by_id, past=past, on_appeal=False)

    assert removing(one, []) is None
    assert removing(other, agreed) == Step.REMOVE
    with pytest.raises(DecidedBefore):
        removing(one, agreed)


def test_an_appeal_is_for_somebody_who_has_not_decided():
    one = uuid4()
    past = [Past(moderator_id=one, decision="not_count")]

    def appealed(by_id, decision):
        state = State.NOT_COUNTED
        return step_of(decision, state=state, by_id=by_id, past=past, on_appeal=True)

    with pytest.raises(DecidedBefore):
        appealed(one, "publish")
    assert appealed(uuid4(), "publish") == Step.UPHOLD_APPEAL
    assert appealed(uuid4(), "not_count") == Step.CONFIRM


def test_what_is_removed_is_only_published_on_appeal():
    assert take(Step.UPHOLD_APPEAL, state=State.REMOVED) == State.PUBLISHED
    with pytest.raises(IllegalStep):
        take(Step.PUBLISH, state=State.REMOVED)
    with pytest.raises(IllegalStep):
        take(Step.EDIT, state=State.PUBLISHED)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Muy puntual y con mucho cariño para los perros", "es"),
        ("Ela foi muito atenciosa com a minha mãe, obrigada", "pt"),
        ("She was very kind and on time", "en"),
        ("Ótimo!!", "other"),
        ("", ""),
    ],
)
def test_the_language_of_a_text_is_recognised(text, language):
    assert language_of(text) == language

"""What a customer would like: with consent, for some visits, for a year at most, five told."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from marketplace.bookings.rules.preferences import (
    ConsentMissing,
    PreferenceInvalid,
    Stated,
    check_preference,
    expires_at,
    told,
)

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
WALKS, BATHS = UUID(int=1), UUID(int=2)


def stated(number, scope="any", service_id=None, withdrawn=False, days=30):
    return Stated(
        key=UUID(int=number),
        scope=scope,
        service_id=service_id,
        made_at=AT + timedelta(minutes=number),
        expires_at=AT + timedelta(days=days),
        withdrawn=withdrawn,
    )


def numbers(found):
    return [each.key.int for each in found]


@pytest.mark.parametrize(
    ("text", "scope", "service_id"),
    [
        *(("", "any", None), ("x" * 301, "any", None), ("x", "all", None)),
        *(("x", "service", None), ("x", "any", WALKS)),
    ],
)
def test_no_words_too_many_or_a_scope_without_sense_are_refused(text, scope, service_id):
    with pytest.raises(PreferenceInvalid):
        check_preference(text=text, scope=scope, service_id=service_id, consent=True)


def test_without_consent_nothing_is_kept():
    with pytest.raises(ConsentMissing):
        check_preference(text="Sin perfume", scope="any", service_id=None, consent=False)
    assert (
        check_preference(text=" Sin  perfume ", scope="any", service_id=None, consent=True)
        == "Sin perfume"
    )


def test_it_ends_by_itself_after_twelve_months_at_the_latest():
    assert expires_at(at=AT, months=12) - AT == timedelta(days=360)
    for months in (0, 13):
        with pytest.raises(PreferenceInvalid):
            expires_at(at=AT, months=months)


def test_five_are_told_the_nearest_to_the_visit_first_then_the_latest():
    many = [stated(1), stated(2, "service", WALKS), stated(3, "favourites"), stated(4)]
    many += [stated(5), stated(6), stated(7, "service", BATHS)]
    found = told(many, service_id=WALKS, favourite=True, at=AT)
    assert numbers(found) == [2, 3, 6, 5, 4]
    strangers = told(many, service_id=WALKS, favourite=False, at=AT)
    assert numbers(strangers) == [2, 6, 5, 4, 1]


def test_what_is_withdrawn_or_over_is_told_to_nobody():
    gone = [stated(1, withdrawn=True), stated(2, days=0)]
    assert told(gone, service_id=WALKS, favourite=True, at=AT) == []

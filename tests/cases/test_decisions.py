"""Decisions: appended, chained, explained; two at once do not fork the chain."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from kernel.actor import SYSTEM
from kernel.edge import working_for
from kernel.isolation import as_owner
from tenants.support.actions.record_decision import (
    DecisionUnknown,
    HumanMissing,
    record_decision,
)
from tenants.support.models import DecisionRecord
from tenants.support.queries import (
    ChainCheck,
    check_chain,
    decisions_about,
    explanation_of,
)
from tests.support.worlds import signed_in_client

REVIEW = uuid4()


def decided(**more) -> DecisionRecord:
    told = {
        "by": SYSTEM,
        "kind": "hold",
        "subject_kind": "review",
        "subject_id": REVIEW,
        "policy_version": "2026-11",
        "outcome": "held",
        "automated": "full",
        "inputs": [{"name": "likeness", "value": 0.93, "unit": "share"}],
        "weights": {"likeness": 0.6, "haste": 0.4},
        "contributions": {"likeness": 0.558, "haste": 0.1},
        "score": 0.658,
    }
    return record_decision(**{**told, **more})


def test_each_record_carries_the_hash_of_the_one_before(patitas):
    first, second = decided(), decided(outcome="released")
    assert (first.number, first.hash_prev) == (1, "0" * 64)
    assert (second.number, second.hash_prev) == (2, first.hash)
    assert check_chain() == ChainCheck(records=2, broken_at=None)


def test_an_explanation_comes_from_the_record_alone(patitas):
    assert explanation_of(decided()) == ["likeness", "haste"]
    assert explanation_of(decided(reasons=["a", "b", "c", "d"])) == ["a", "b", "c"]


def test_a_record_cannot_be_edited_or_deleted(patitas):
    decided()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        DecisionRecord.objects.update(outcome="published")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        DecisionRecord.objects.all()._raw_delete("default")


def test_an_unknown_kind_and_a_nameless_decider_are_refused(patitas, olga):
    with pytest.raises(DecisionUnknown):
        decided(kind="mood")
    with pytest.raises(HumanMissing):
        decided(automated="none")
    assert decided(automated="none", human_id=olga.member_id).number == 1


def test_people_see_what_concerns_them_and_the_office_sees_all(olga, ana, clara):
    decided(concerns_id=ana.member_id)
    decided()
    seen = [decisions_about(each, REVIEW).count() for each in (olga, ana, clara)]
    assert seen == [2, 1, 0]


def test_the_office_reads_decisions_and_why(olga):
    row = decided(reasons=["Say why."])
    browser = signed_in_client("olga", strong=True)
    listed = browser.get("/office/decisions/").content.decode()
    page = browser.get(f"/office/decisions/{row.pk}/").content.decode()
    assert "1 registro, sin cambios" in listed
    assert ("Di por qué." in page, "0,658" in page) == (True, True)


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_make_one_chain(patitas):
    def decide(number: int) -> int:
        with working_for(patitas.pk):
            row = decided(outcome=str(number))
        connection.close()
        return row.number

    with ThreadPoolExecutor(10) as pool:
        numbers = list(pool.map(decide, range(10)))
    assert sorted(numbers) == list(range(1, 11))
    assert check_chain() == ChainCheck(records=10, broken_at=None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change", ["body = replace(body, '0.93', '0.39')", "outcome = 'published'", "number = 7"]
)
def test_what_was_changed_behind_our_back_is_found(patitas, change):
    for outcome in ("a", "b", "c"):
        decided(outcome=outcome)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"update support_decisionrecord set {change} where number = 3")
    assert check_chain().broken_at == 3


def test_the_office_reads_who_decided_and_the_outcome_in_its_language(patitas, olga):
    row = decided(outcome="not_count", automated="assisted", human_id=olga.member_id)
    office = signed_in_client("olga", strong=True)

    page = office.get(f"/office/decisions/{row.pk}/").content.decode()
    listed = office.get("/office/decisions/").content.decode()

    assert "Se muestra, no cuenta" in page
    assert "Not count" not in page + listed
    assert "Olga" in page

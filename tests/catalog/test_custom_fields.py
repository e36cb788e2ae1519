"""Which questions make sense, and which answers fit: one rule for every door."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.catalog.rules.custom_fields import (
    KINDS,
    AnswersInvalid,
    Field,
    FieldInvalid,
    FieldsFull,
    asked,
    check_answers,
    check_field,
)

SIZES = ("small", "large")
FIELDS = {
    "text": Field(code="text", kind="text"),
    "long_text": Field(code="long_text", kind="long_text"),
    "integer": Field(code="integer", kind="integer"),
    "decimal": Field(code="decimal", kind="decimal"),
    "boolean": Field(code="boolean", kind="boolean"),
    "enum": Field(code="enum", kind="enum", options=SIZES),
    "multi_enum": Field(code="multi_enum", kind="multi_enum", options=SIZES),
    "date": Field(code="date", kind="date"),
    "file": Field(code="file", kind="file"),
}
FITS = {
    "text": "hola",
    "long_text": "hola\nadiós",
    "integer": -7,
    "decimal": "2.50",
    "boolean": False,
    "enum": "small",
    "multi_enum": ["large", "small"],
    "date": "2026-02-28",
    "file": str(UUID(int=7)),
}


def reason(field: Field, answer: object, **rest: object) -> str:
    """Return why an answer is refused, having looked that the refusal names its code."""
    with pytest.raises(AnswersInvalid) as refused:
        check_answers([field], {field.code: answer}, **rest)
    assert refused.value.details["fields"] == [field.code]
    return refused.value.details["reasons"][field.code]


def test_every_kind_keeps_what_fits():
    assert set(FITS) == set(KINDS)
    assert check_answers(list(FIELDS.values()), FITS) == FITS


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_refuses_the_wrong_type_by_its_code(kind):
    wrong = {"boolean": "yes", "text": 3, "long_text": [], "multi_enum": "small"}
    answers = [wrong.get(kind, True), {"a": 1}, ["small", 3]]
    assert [reason(FIELDS[kind], each) for each in answers if each != []] == ["type"] * sum(
        each != [] for each in answers
    )


@pytest.mark.parametrize(
    ("field", "answer", "why"),
    [
        (FIELDS["text"], "x" * 501, "range"),
        (FIELDS["long_text"], "x" * 5_001, "range"),
        (FIELDS["text"], "a\x00b", "type"),
        (FIELDS["integer"], 2**53 + 1, "type"),
        (FIELDS["integer"], "7", "type"),
        (FIELDS["decimal"], "NaN", "type"),
        (FIELDS["decimal"], "1e400", "type"),
        (FIELDS["enum"], "medium", "option"),
        (FIELDS["multi_enum"], ["small", "small"], "option"),
        (FIELDS["date"], "2026-02-30", "type"),
        (FIELDS["file"], "passport.pdf", "type"),
        (Field(code="n", kind="integer", least="1", most="5"), 0, "range"),
        (Field(code="n", kind="integer", least="1", most="5"), 6, "range"),
        (Field(code="n", kind="decimal", most="2.5"), "2.51", "range"),
        (Field(code="t", kind="text", least="3"), "ab", "range"),
        (Field(code="m", kind="multi_enum", options=SIZES, most="1"), list(SIZES), "range"),
        (Field(code="d", kind="date", least="2026-01-01"), "2025-12-31", "range"),
    ],
)
def test_what_is_outside_the_limits_is_refused_with_its_reason(field, answer, why):
    assert reason(field, answer) == why


@pytest.mark.parametrize("empty", [None, "", []])
def test_what_has_to_be_answered_is_asked_for_and_the_rest_may_stay_empty(empty):
    must = Field(code="pet", kind="text", required=True)
    assert reason(must, empty) == "required"
    assert check_answers([FIELDS["text"]], {"text": empty}) == {}
    assert check_answers([must], {}, partial=True) == {}


def test_all_that_is_wrong_is_named_at_once():
    with pytest.raises(AnswersInvalid) as refused:
        check_answers(list(FIELDS.values()), {**FITS, "enum": "x", "date": "x", "age": 3})
    assert refused.value.details["reasons"] == {"age": "unknown", "date": "type", "enum": "option"}


def test_a_sensitive_answer_needs_consent():
    field = Field(code="keys", kind="text", sensitive=True, consent="Solo para entrar.")
    assert reason(field, "bajo la maceta") == "consent"
    said = {"keys": "bajo la maceta"}
    assert check_answers([field], said, consents=["keys"]) == said


@given(low=st.integers(-50, 50), high=st.integers(-50, 50), answer=st.integers(-60, 60))
def test_a_number_is_kept_exactly_within_its_limits(low, high, answer):
    field = Field(code="n", kind="integer", least=str(low), most=str(high))
    if low <= answer <= high:
        assert check_answers([field], {"n": answer}) == {"n": answer}
    else:
        assert reason(field, answer) == "range"


@given(
    st.sampled_from(KINDS),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=5,
    ),
)
def test_whatever_comes_is_kept_the_same_the_second_time_or_refused(kind, answer):
    field = FIELDS[kind]
    try:
        kept = check_answers([field], {field.code: answer})
    except AnswersInvalid:
        assert reason(field, answer) in {"type", "option", "range"}
    else:
        assert check_answers([field], kept) == kept


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"code": "Pet"}, "code"),
        ({"code": "7up"}, "code"),
        ({"kind": "colour"}, "kind"),
        ({"kind": "enum"}, "options"),
        ({"options": ("a",)}, "options"),
        ({"kind": "enum", "options": ("a", "a")}, "options"),
        ({"kind": "enum", "options": tuple(map(str, range(201)))}, "options"),
        ({"filterable": True}, "filterable"),
        ({"kind": "integer", "filterable": True, "visibility": "staff"}, "filterable"),
        ({"sensitive": True, "visibility": "protected"}, "consent"),
        ({"sensitive": True, "consent": "x"}, "visibility"),
        ({"consent": "x"}, "consent"),
        ({"kind": "integer", "least": "x"}, "least"),
        ({"kind": "integer", "least": "5", "most": "4"}, "most"),
        ({"kind": "boolean", "least": "1"}, "least"),
        ({"kind": "date", "most": "31/12/2026"}, "most"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_by_what_to_correct(changed, wrong):
    with pytest.raises(FieldInvalid) as refused:
        check_field(Field(**{"code": "pet", "kind": "text", **changed}))
    assert wrong in refused.value.details["fields"]


def test_a_sensitive_question_can_never_be_searched_by():
    with pytest.raises(FieldInvalid) as refused:
        check_field(
            Field(
                code="ill",
                kind="boolean",
                sensitive=True,
                consent="x",
                visibility="protected",
                filterable=True,
            )
        )
    assert set(refused.value.details["fields"]) == {"filterable"}


def test_a_code_is_used_once_and_there_are_sixty_at_most():
    field = Field(code="pet", kind="text")
    check_field(field, taken=["cat"], count=59)
    with pytest.raises(FieldInvalid):
        check_field(field, taken=["pet"])
    with pytest.raises(FieldsFull):
        check_field(field, count=60)


def test_a_question_is_asked_in_its_category_and_below():
    pets, walks, cleaning = (UUID(int=number) for number in range(3))
    field = Field(code="breed", kind="text", category=pets)
    anywhere = Field(code="note", kind="text")
    assert asked([field, anywhere], path=(walks, pets)) == [field, anywhere]
    assert asked([field, anywhere], path=(cleaning,)) == [anywhere]


def test_days_are_kept_as_written():
    assert check_answers([FIELDS["date"]], {"date": date(2026, 3, 4).isoformat()}) == {
        "date": "2026-03-04"
    }

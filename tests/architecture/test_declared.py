"""What floors declare is complete: keys point down, refusals speak, notices lead somewhere."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, ManyToManyField, OneToOneField

from kernel.errors import Refusal, all_refusals
from kernel.events import EVENTS
from kernel.isolation import SHARED
from tenants.messaging.notice import NOTICES
from tenants.messaging.queries import in_words
from tenants.tenancy.models import TenantModel
from tenants.tenancy.settings_schema import SCHEMAS

FLOORS = [*settings.FLOORS, "kernel"]  # Top first.
LABELS = [floor.rpartition(".")[2] for floor in FLOORS]
OURS = tuple(FLOORS)
IRREGULAR = {
    *("paid", "sent", "held", "told", "left", "met", "put", "taken", "written", "withdrawn"),
    "due",
}
PLACES = re.compile(r"\{(\w+)\}")

OUR_REFUSALS = [each for each in all_refusals() if each.__module__.startswith((*OURS, "config"))]
OUR_EVENTS = {n: e for n, e in EVENTS.items() if e.__module__.startswith(OURS)}
OUR_NOTICES = {n: e for n, e in NOTICES.items() if not n.startswith("tests.")}


def our_keys() -> list[ForeignKey]:
    """Return the foreign keys of our models."""
    return [
        field
        for label in LABELS
        if label in apps.app_configs
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | OneToOneField | ManyToManyField)
        if field.model._meta.app_label == label
    ]


def test_foreign_keys_point_down_and_leave_no_trace_above():
    for key in our_keys():
        here, there = key.model._meta.app_label, key.related_model._meta.app_label
        if there not in LABELS or here == there:
            continue
        where = f"{key.model.__name__}.{key.name}"
        assert LABELS.index(here) < LABELS.index(there), f"{where} points up"
        assert key.remote_field.related_name == "+", f"{where} is seen from below"


def test_every_model_of_a_floor_belongs_to_a_tenant_or_says_why_not():
    loose = [
        model._meta.db_table
        for label in LABELS[:-1]
        for model in apps.get_app_config(label).get_models()
        if not issubclass(model, TenantModel) and model._meta.managed
        if not hasattr(model, "page_ptr")  # Wagtail's own; the wall adopts them.
    ]
    assert set(loose) <= SHARED.keys()


@pytest.mark.parametrize("refusal", OUR_REFUSALS, ids=lambda each: each.__qualname__)
def test_a_refusal_says_what_to_programs_and_why_to_people(refusal):
    assert re.fullmatch(r"[a-z_]+(\.[a-z_]+)?", refusal.code)
    assert refusal.title[0].isupper()
    assert refusal.title.endswith((".", "?"))
    assert 400 <= refusal.status < 600
    if refusal.__bases__ != (Exception,) and Refusal not in refusal.__bases__:
        assert "code" in vars(refusal), "say why: a refusal of one's own has a code of its own"


def test_no_code_means_two_things_on_one_floor():
    sentences: dict[tuple[str, str], set[str]] = {}
    for refusal in OUR_REFUSALS:
        floor = next(each for each in (*OURS, "config") if refusal.__module__.startswith(each))
        sentences.setdefault((floor, refusal.code), set()).add(refusal.title)
    assert {code: said for code, said in sentences.items() if len(said) > 1} == {}


@pytest.mark.parametrize("name", OUR_EVENTS)
def test_an_event_is_named_by_its_floor_and_in_the_past(name):
    floor, _, fact = name.partition(".")
    last = fact.split("_")[-1]
    declared = OUR_EVENTS[name]
    assert floor in LABELS
    assert declared.__module__.split(".events")[0].endswith(floor)
    assert last.endswith("ed") or last in IRREGULAR | {"reached"}, f"{last} is not past"
    assert declared.__doc__


def test_events_carry_ids_and_plain_values():
    plain = {"str", "int", "bool", "str | None", "int | None"}
    fat = [
        f"{name}.{field}"
        for name, declared in OUR_EVENTS.items()
        for field, kind in declared.__annotations__.items()
        if getattr(kind, "__name__", str(kind)) not in plain
    ]
    assert fat == []


@pytest.mark.parametrize("name", OUR_NOTICES)
def test_a_notice_leads_somewhere_and_can_be_read_in_every_language(name):
    notice = OUR_NOTICES[name]
    assert notice.path == "{path}" or notice.path.startswith("/")
    assert notice.path.endswith(("/", "}")) or "?" in notice.path or "#" in notice.path
    places = set(PLACES.findall(notice.subject + notice.body + notice.path))
    values: dict[str, str | int] = {"currency": "MXN"}
    for place in places:
        if place.endswith("_at"):
            values[place] = "2026-11-21T16:00:00+00:00"
        else:
            values |= {place: "Ana", f"{place}_minor": 45_000}
    for locale in ("es", "pt-br", "en"):
        text = in_words(notice, values, locale=locale, zone="America/Mexico_City")
        assert text.subject
        assert text.body
        assert not PLACES.search(text.subject + text.body + text.path)


@pytest.mark.parametrize("group", [each for each in SCHEMAS if "test" not in each])
def test_a_setting_has_a_title_and_a_default_that_it_accepts(group):
    schema = SCHEMAS[group]
    assert schema.read({}) == schema()
    assert [name for name, field in schema.model_fields.items() if not field.title] == []

"""Which questions are asked where, and what was answered, as far as somebody may see it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from kernel.actor import Actor
from kernel.errors import NotFound
from marketplace.catalog.models import Category, CustomField, FieldValue, Service, WorkerService
from marketplace.catalog.rules.custom_fields import ANSWER_FILE
from marketplace.catalog.rules.tree import upwards
from tenants.tenancy.models import StoredFile

PUBLIC = frozenset({"public"})
BOTH_SIDES = frozenset({"public", "protected"})
EVERYTHING = frozenset({"public", "protected", "staff"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer with its question; `words` is how people read it."""

    code: str
    label: str
    value: object
    words: str
    sensitive: bool
    is_file: bool = False


def fields(target: str) -> QuerySet[CustomField]:
    """Return the questions about one kind of thing, in order, wherever they are asked."""
    return CustomField.objects.filter(target=target, archived=False)


def fields_for(target: str, *, categories: Iterable[UUID] = ()) -> list[CustomField]:
    """Return what is asked in some categories: their own questions and those of all above them."""
    rows = list(fields(target))
    if all(row.category_id is None for row in rows):
        return rows
    parents = dict(Category.objects.values_list("pk", "parent_id"))
    path = {above for each in categories for above in upwards(each, parents)}
    return [row for row in rows if row.category_id is None or row.category_id in path]


def fields_of_service(service: Service, *, target: str = "booking") -> list[CustomField]:
    """Return what is asked about a service: when it is booked, or another of the five."""
    return fields_for(target, categories=[service.category_id])


def fields_of_worker(worker_id: UUID) -> list[CustomField]:
    """Return what a worker is asked, in the categories of what they offer."""
    offered = WorkerService.objects.filter(worker_id=worker_id).exclude(state=WorkerService.HIDDEN)
    return fields_for("worker", categories=offered.values_list("service__category_id", flat=True))


def answers_of(
    subject_id: UUID, *, seen: Collection[str] = PUBLIC, sensitive: bool = False
) -> list[Answer]:
    """Return what was answered about one thing, in order.

    `seen` says which visibilities whoever asks may see; what is sensitive is opened only on demand,
    and only for whom a visit shows it to.
    """
    rows = FieldValue.objects.filter(subject_id=subject_id, field__archived=False).select_related(
        "field"
    )
    return [
        _shown(row)
        for row in rows.order_by("field__position", "field__code")
        if row.field.visibility in seen and (sensitive or not row.field.sensitive)
    ]


def _shown(row: FieldValue) -> Answer:
    field, value = row.field, row.answer
    return Answer(
        code=field.code,
        label=field.said("label"),
        value=value,
        words=words_of(field, value),
        sensitive=field.sensitive,
        is_file=field.kind == "file",
    )


def words_of(field: CustomField, value: object) -> str:
    """Return an answer as people read it."""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if field.kind in ("enum", "multi_enum"):
        names = dict(field.choices())
        chosen: Sequence[object] = value if isinstance(value, list) else [value]
        return ", ".join(names.get(str(each), str(each)) for each in chosen)
    return str(value)


def raw_answers(subject_id: UUID) -> dict[str, object]:
    """Return all answers by code, the sensitive too: for forms of who gave them."""
    rows = FieldValue.objects.filter(subject_id=subject_id).select_related("field")
    return {row.field.code: row.answer for row in rows}


def sensitive_codes(subject_id: UUID) -> set[str]:
    """Return the codes of sensitive answers: whoever gave them has agreed to that."""
    rows = FieldValue.objects.filter(subject_id=subject_id, sealed__isnull=False)
    return set(rows.values_list("field__code", flat=True))


def filterable_of(subject_ids: Collection[UUID]) -> dict[UUID, dict[str, object]]:
    """Return by subject what people can search by: code → answer. Never what is sensitive."""
    rows = FieldValue.objects.filter(
        subject_id__in=subject_ids,
        sealed__isnull=True,
        field__filterable=True,
        field__archived=False,
        field__visibility="public",
    ).values_list("subject_id", "field__code", "value")
    found: dict[UUID, dict[str, object]] = {}
    for subject_id, code, value in rows:
        found.setdefault(subject_id, {})[code] = value
    return found


def may_see(by: Actor, *, own: bool) -> frozenset[str]:
    """Return which visibilities somebody sees of a thing, which may be their own."""
    if by.works_in_office:
        return EVERYTHING
    return BOTH_SIDES if own else PUBLIC


def answer_file(file_id: UUID, *, uploaders: Collection[UUID] | None) -> StoredFile:
    """Return a file that is an answer, if one of these people gave it; None asks for nobody."""
    files = StoredFile.objects.filter(pk=file_id, purpose=ANSWER_FILE)
    if uploaders is not None:
        files = files.filter(uploaded_by__in=uploaders)
    if (found := files.first()) is None:
        raise NotFound(what="file")
    return found

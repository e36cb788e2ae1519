"""Somebody answers the questions a tenant asks."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from marketplace.catalog.models import CustomField, FieldValue
from marketplace.catalog.rules.custom_fields import ANSWER_FILE, AnswersInvalid, check_answers
from tenants.tenancy.models import StoredFile


@transaction.atomic
def keep_answers(
    *,
    by: Actor | None,
    subject_id: UUID,
    fields: Sequence[CustomField],
    given: Mapping[str, object],
    consents: Collection[str] = (),
    partial: bool = False,
) -> list[FieldValue]:
    """Keep what was answered about one thing, in place of what was; or refuse all of it.

    A file is named by the id it was uploaded under, and has to be the answerer's own.
    """
    kept = check_answers([each.rule for each in fields], given, consents=consents, partial=partial)
    known = {each.code: each for each in fields}
    _check_files(by, known, kept)
    asked = [each for each in fields if not partial or each.code in given]
    FieldValue.objects.filter(subject_id=subject_id, field__in=asked).delete()
    rows = []
    for code, answer in kept.items():
        row = FieldValue(field=known[code], subject_id=subject_id)
        row.keep(answer, sensitive=known[code].sensitive)
        row.save(force_insert=True)
        rows.append(row)
    return rows


def _check_files(
    by: Actor | None, known: Mapping[str, CustomField], kept: Mapping[str, object]
) -> None:
    files = {code: answer for code, answer in kept.items() if known[code].kind == "file"}
    if not files:
        return
    mine = StoredFile.objects.filter(
        purpose=ANSWER_FILE, pk__in=[str(each) for each in files.values()]
    )
    if by is None or not by.works_in_office:
        mine = mine.filter(uploaded_by=by.member_id if by else None)
    found = {str(key) for key in mine.values_list("pk", flat=True)}
    reasons = {code: "file" for code, answer in files.items() if answer not in found}
    if reasons:
        raise AnswersInvalid(fields=sorted(reasons), reasons=reasons)

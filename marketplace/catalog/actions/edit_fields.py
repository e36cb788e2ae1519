"""The office asks questions of its own."""

from django.db import transaction

from kernel.actor import Actor
from kernel.events import publish
from marketplace.catalog.actions.edit_catalogue import check_office
from marketplace.catalog.events import FieldEdited
from marketplace.catalog.models import CustomField
from marketplace.catalog.models.custom_field import CHANGEABLE
from marketplace.catalog.rules.custom_fields import FieldInvalid, check_field


@transaction.atomic
def save_field(*, by: Actor, field: CustomField) -> CustomField:
    """Store a new or changed question. Its target, code, kind and secrecy stay for ever."""
    check_office(by)
    others = CustomField.objects.select_for_update().filter(target=field.target)
    others = others.exclude(pk=field.pk)
    used = list(others.values_list("code", "archived"))
    before = CustomField.objects.filter(pk=field.pk).first()
    count = 0 if field.archived else sum(not archived for _code, archived in used)
    check_field(field.rule, taken=[code for code, _archived in used], count=count)
    if before is None:
        field.save(force_insert=True)
    else:
        _check_unchanged(before, field)
        field.save(update_fields=CHANGEABLE)
    publish(FieldEdited(target=field.target, code=field.code), by=by)
    return field


def _check_unchanged(before: CustomField, field: CustomField) -> None:
    fixed = ("target", "code", "kind", "sensitive")
    changed = [name for name in fixed if getattr(before, name) != getattr(field, name)]
    if changed:
        raise FieldInvalid(fields=changed)

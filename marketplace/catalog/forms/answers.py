"""Questions of a tenant as fields of a form, which works without JavaScript."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.files.base import File
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kernel.actor import Actor
from kernel.errors import Refusal
from marketplace.catalog.models import CustomField
from marketplace.catalog.rules.custom_fields import ANSWER_FILE, LONGEST
from tenants.tenancy.actions.take_upload import take_upload

REASONS = {
    "required": _("Please answer this."),
    "type": _("This answer is of another kind."),
    "option": _("Please choose among the answers."),
    "range": _("This is outside the limits."),
    "consent": _("Please agree, or leave the answer empty."),
    "file": _("We do not have this file."),
    "unknown": _("This is not asked here."),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question as a page shows it: its field, and what one agrees to."""

    answer: forms.BoundField
    consent: forms.BoundField | None
    words: str


class Asks(forms.Form):
    """A form that also asks a tenant's own questions: call `ask` when it is made."""

    asked: Sequence[CustomField] = ()

    def ask(
        self,
        fields: Sequence[CustomField],
        *,
        known: Mapping[str, object] | None = None,
        files: bool = True,
    ) -> None:
        """Add a field for each question, filled in with what is known."""
        known = known or {}
        self.asked = [each for each in fields if files or each.kind != "file"]
        for each in self.asked:
            made = _field_for(each)
            made.label, made.help_text = each.said("label"), each.said("help")
            made.required = each.required and not (each.kind == "file" and each.code in known)
            if each.kind == "boolean":
                made.required = False
            made.initial = None if each.kind == "file" else known.get(each.code)
            self.fields[f"f_{each.code}"] = made
            if each.sensitive:
                self.fields[f"c_{each.code}"] = forms.BooleanField(
                    label=each.said("consent"), required=False, initial=each.code in known
                )

    def questions(self) -> list[Question]:
        """Return the questions for a page."""
        return [
            Question(
                self[f"f_{each.code}"],
                self[f"c_{each.code}"] if each.sensitive else None,
                each.said("consent"),
            )
            for each in self.asked
        ]

    def answers(self, *, by: Actor | None = None) -> dict[str, object]:
        """Return what was answered, as the rule takes it; files are kept on the way."""
        said = getattr(self, "cleaned_data", {})
        found: dict[str, object] = {}
        for each in self.asked:
            raw = said.get(f"f_{each.code}")
            if each.kind == "file":
                if isinstance(raw, File) and by is not None:
                    kinds = ("image", "pdf")
                    stored = take_upload(by=by, upload=raw, purpose=ANSWER_FILE, kinds=kinds)
                    found[each.code] = str(stored.pk)
            else:
                found[each.code] = _typed(each.kind, raw)
        return found

    def consents(self) -> set[str]:
        """Return the sensitive questions whose use was agreed to."""
        said = getattr(self, "cleaned_data", {})
        return {each.code for each in self.asked if said.get(f"c_{each.code}")}

    def show_answers_refused(self, refusal: Refusal) -> bool:
        """Put the reasons beside their questions; tell whether there were any of ours."""
        reasons = refusal.details.get("reasons", {})
        shown = [code for code in reasons if f"f_{code}" in self.fields]
        for code in shown:
            self.add_error(f"f_{code}", gettext(str(REASONS[reasons[code]])))
        return bool(shown)


def _field_for(field: CustomField) -> forms.Field:
    """Return a form field that shows the right control; the rule checks what comes back."""
    kind = field.kind
    if kind == "long_text":
        return forms.CharField(max_length=LONGEST[kind], widget=forms.Textarea(attrs={"rows": 4}))
    if kind in ("integer", "decimal"):
        mode = "numeric" if kind == "integer" else "decimal"
        return forms.CharField(max_length=24, widget=forms.TextInput(attrs={"inputmode": mode}))
    if kind == "boolean":
        return forms.BooleanField()
    if kind == "enum":
        empty = ("", pgettext_lazy("answer", "Choose…"))
        return forms.ChoiceField(choices=[empty, *field.choices()])
    if kind == "multi_enum":
        return forms.MultipleChoiceField(
            choices=field.choices(), widget=forms.CheckboxSelectMultiple
        )
    if kind == "date":
        return forms.CharField(max_length=10, widget=forms.DateInput(attrs={"type": "date"}))
    if kind == "file":
        return forms.FileField(widget=forms.FileInput)
    return forms.CharField(max_length=LONGEST["text"])


def _typed(kind: str, raw: Any) -> object:
    """Turn what was typed into the type that the rule takes; what does not fit is left to it."""
    if kind == "integer" and isinstance(raw, str) and raw.strip().lstrip("+-").isdecimal():
        return int(raw)
    if kind == "decimal" and isinstance(raw, str) and raw:
        try:
            return Decimal(raw.strip().replace(",", "."))
        except InvalidOperation:
            return raw
    return raw

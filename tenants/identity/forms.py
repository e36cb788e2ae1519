"""What people fill in: evidence, an answer, a decision, a reason."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.identity import kinds
from tenants.identity.rules.badge_page import REVOKE_REASONS
from tenants.identity.rules.check_types import REASONS, CheckType

DATES = ("issued_on", "expires_on")


class EvidenceForm(forms.Form):
    """Whatever one kind of check asks for."""

    def __init__(self, check: CheckType, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id=f"id_{check.kind}_%s")
        self.check = check
        for name in (*check.fields, *check.optional_fields):
            self.fields[name] = _field(name, required=name in check.fields)
        for part in check.files:
            self.fields[part] = _file(part, may_be_pdf=check.may_be_pdf)

    def stated(self) -> dict[str, str]:
        """Return what was written, as text."""
        named = (*self.check.fields, *self.check.optional_fields)
        return {name: _text(self.cleaned_data.get(name)) for name in named}

    def handed_in(self) -> dict[str, Any]:
        """Return the files, by part."""
        return {part: self.cleaned_data[part] for part in self.check.files}


class AnswerForm(forms.Form):
    """What a worker replies to a decision."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Somebody who was not involved reads it and looks again."),
    )


class DecisionForm(forms.Form):
    """What a reviewer decides."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=tuple(kinds.OUTCOMES.items()),
        widget=forms.RadioSelect,
    )
    reason_code = forms.ChoiceField(
        label=_("Reason, unless it passes"),
        choices=(("", "—"), *((code, kinds.REASONS[code]) for code in REASONS)),
        required=False,
    )
    note = forms.CharField(label=_("Note for colleagues"), max_length=500, required=False)


class RevokeForm(forms.Form):
    """Why a badge is not to be valid any more."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=(
            ("", _("Choose a reason…")),
            *((code, kinds.REVOKE_REASONS[code]) for code in REVOKE_REASONS),
        ),
    )
    sure = forms.BooleanField(
        label=_("Yes, revoke it: at the next scan it is not valid any more."),
    )


def _field(name: str, *, required: bool) -> forms.Field:
    label = str(kinds.FIELDS[name])
    if name in DATES:
        picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(label=label, required=required, widget=picker)
    attributes = {"autocomplete": "off", "autocapitalize": "characters"}
    return forms.CharField(
        label=label, required=required, max_length=40, widget=forms.TextInput(attrs=attributes)
    )


def _file(part: str, *, may_be_pdf: bool) -> forms.Field:
    accepted = "image/jpeg,image/png,image/webp" + (",application/pdf" if may_be_pdf else "")
    attributes = {"accept": accepted}
    if part == "selfie":
        attributes["capture"] = "user"
    return forms.FileField(
        label=str(kinds.PARTS[part]), widget=forms.ClearableFileInput(attrs=attributes)
    )


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value or "")

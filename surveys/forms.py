"""What can be answered, as pages send it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from surveys.kinds import Kind

STAGE_CHOICES = [
    ("match", pgettext_lazy("stage", "Finding someone")),
    ("confirm", pgettext_lazy("stage", "Agreeing on it")),
    ("travel", pgettext_lazy("stage", "Arriving on time")),
    ("checkin", pgettext_lazy("stage", "The start")),
    ("service", pgettext_lazy("stage", "The work itself")),
    ("payment", pgettext_lazy("stage", "Paying")),
    ("support", pgettext_lazy("stage", "Help from the team")),
]


def _score() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        coerce=int, choices=[], error_messages={"required": _("Choose a number on the scale.")}
    )


class AnswerForm(forms.Form):
    """A score, and what may be said about it."""

    score = _score()
    stages = forms.MultipleChoiceField(
        choices=STAGE_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Where did it go wrong?"),
    )
    text = forms.CharField(
        required=False,
        max_length=2000,
        label=_("Anything you would like to tell us?"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, kind: Kind, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Passed through.
        self.fields["score"].choices = [(each, each) for each in kind.scale]  # type: ignore[attr-defined]  # A choice field.
        if kind.key != "csat":
            del self.fields["stages"]


class VoiceForm(forms.Form):
    """A code from the message, and a score."""

    code = forms.CharField(
        max_length=64,
        label=_("Your code"),
        help_text=_("It is in the message that brought you here. We keep only its fingerprint."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    score = _score()

    def __init__(self, *args: object, kind: Kind, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Passed through.
        self.fields["score"].choices = [(each, each) for each in kind.scale]  # type: ignore[attr-defined]  # A choice field.

"""What people fill in about a visit, and what moderators decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.base import File
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.kinds import CRITERIA, DECISIONS, REASON_CODES, TAGS
from reviews.rules.content import LONGEST_REPLY, LONGEST_TEXT

SCALE = [("", "—"), *((str(n), "★" * n) for n in range(5, 0, -1))]


class Photos(forms.ClearableFileInput):
    """Takes several files at once."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos."""

    widget = Photos(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data: Any, initial: Any = None) -> list[File[bytes]]:
        """Check each file by itself."""
        files = data if isinstance(data, list | tuple) else [data]
        return [super(PhotosField, self).clean(each, initial) for each in files if each]


class ReviewForm(forms.Form):
    """What a customer says about a visit."""

    stars = forms.IntegerField(
        label=_("How was it?"), error_messages={"required": _("Choose from 1 to 5 stars.")}
    )
    text = forms.CharField(
        label=_("What should others know?"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What went well, what did not. No phone numbers or addresses, please."),
    )
    photos = PhotosField(
        label=_("Photos of the finished work"), required=False, help_text=_("At most 6.")
    )
    consent = forms.BooleanField(
        label=_("I took these photos, and nobody in them minds that they are shown."),
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code, words in CRITERIA.items():
            self.fields[code] = forms.TypedChoiceField(
                label=gettext(words), choices=SCALE, required=False, coerce=int, empty_value=None
            )

    @property
    def criteria_fields(self) -> Iterable[forms.BoundField]:
        """The optional points, as they are shown."""
        return [self[code] for code in CRITERIA]

    def said(self) -> dict[str, Any]:
        """Return what was said, as the action takes it."""
        filled = self.cleaned_data
        criteria = {code: filled[code] for code in CRITERIA if filled.get(code)}
        return {"stars": filled["stars"], "text": filled["text"], "criteria": criteria}


class PrivateForm(forms.Form):
    """What a worker tells the team about a visit."""

    stars = forms.IntegerField(
        label=_("How was the visit?"), error_messages={"required": _("Choose from 1 to 5 stars.")}
    )
    tags = forms.MultipleChoiceField(
        label=_("What fits?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("A note for the team"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        tags: Any = self.fields["tags"]
        tags.choices = [(code, gettext(words)) for code, words in TAGS.items()]


class ReplyForm(forms.Form):
    """What a worker answers to a review."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_REPLY,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("You can answer once, and not change it afterwards."),
    )


class AppealForm(forms.Form):
    """Why an author asks for another look."""

    text = forms.CharField(
        label=_("What did we get wrong?"),
        required=False,
        max_length=LONGEST_REPLY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Somebody who has not decided before reads it."),
    )


class DecisionForm(forms.Form):
    """What a moderator decides."""

    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason_code = forms.ChoiceField(label=_("Reason"))
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=LONGEST_REPLY,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, words in (("decision", DECISIONS), ("reason_code", REASON_CODES)):
            field: Any = self.fields[name]
            field.choices = [(code, gettext(text)) for code, text in words.items()]

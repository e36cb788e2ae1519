"""A service as one worker describes it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.forms.answers import Asks
from marketplace.catalog.rules.offer_states import LONGEST_ABOUT


class OfferTextForm(Asks):
    """A service in a worker's own words and photos, and what this business asks about it."""

    about = forms.CharField(
        label=_("In your own words"),
        max_length=LONGEST_ABOUT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("How you do it, what you bring along, what customers should know."),
    )
    photo = forms.FileField(
        label=_("Add a photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("At most 12, and 10 MB each."),
    )
    keep = forms.MultipleChoiceField(
        label=_("Photos to keep"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, photo_ids: Sequence[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.fields["keep"]
        assert isinstance(kept, forms.MultipleChoiceField)
        kept.choices = [(str(each), str(number)) for number, each in enumerate(photo_ids, 1)]
        kept.initial = [str(each) for each in photo_ids]

    def kept(self) -> list[UUID]:
        """Return the photos that stay."""
        return [UUID(each) for each in self.cleaned_data["keep"]]

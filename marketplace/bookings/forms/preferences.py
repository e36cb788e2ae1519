"""What a customer types when they say what they would like of whoever comes."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.bookings.actions.prefer import Wanted
from marketplace.bookings.queries.preferences import checkable
from marketplace.bookings.rules.preferences import ANY, FAVOURITES, LONGEST_TEXT, SERVICE
from marketplace.catalog.queries import services


class PreferenceForm(forms.Form):
    """A wish, for which visits, for how long, and that one agrees to tell it."""

    text = forms.CharField(
        label=_("What would you like?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: please no strong perfume; ring twice; my dog is shy."),
    )
    where = forms.ChoiceField(label=_("For which visits?"))
    offered = forms.ChoiceField(
        label=_("Something workers say of themselves"),
        required=False,
        help_text=_("Where we find somebody for you, those who offer it come first."),
    )
    sensitive = forms.BooleanField(
        label=_("It is about health or faith"),
        required=False,
        help_text=_("The team never reads it without writing down why."),
    )
    months = forms.TypedChoiceField(
        label=_("For how long?"),
        coerce=int,
        choices=[(3, _("3 months")), (6, _("6 months")), (12, _("12 months"))],
        initial=12,
    )
    consent = forms.BooleanField(
        label=_(
            "I agree that whoever comes to me reads this, from when the visit is confirmed until a"
            " day after it"
        )
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes = [(ANY, _("All my visits")), (FAVOURITES, _("Only with my favourites"))]
        only = [(str(each.pk), _("Only: %s") % each.shown_name) for each in services()]
        self.fields["where"].choices = [*scopes, *only]  # type: ignore[attr-defined]  # A choice field.
        offered = list(checkable())
        if offered:
            self.fields["offered"].choices = [("", "—"), *offered]  # type: ignore[attr-defined]  # A choice field.
        else:
            del self.fields["offered"]

    @property
    def wanted(self) -> Wanted:
        """Return what was asked for."""
        given = self.cleaned_data
        where = given["where"]
        general = where in (ANY, FAVOURITES)
        return Wanted(
            text=given["text"],
            scope=where if general else SERVICE,
            service_id=None if general else UUID(where),
            sensitive=given["sensitive"],
            months=given["months"],
            consent=given["consent"],
            offered=given.get("offered", ""),
        )

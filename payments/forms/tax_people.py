"""How a worker says under which number the tax office knows them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from payments.rules.tax_ids import COMPANY, LONGEST, PERSON, REGISTERED, names_in

PROFILE_WORDS = {
    PERSON: _("As a person, without registration for tax on services"),
    REGISTERED: _("As a person registered for tax on services"),
    COMPANY: _("As a company"),
}


class TaxIdForm(forms.Form):
    """A number, and how its owner is known to the tax office."""

    number = forms.CharField(label=_("Tax number"), max_length=2 * LONGEST)
    profile = forms.ChoiceField(
        label=_("How does the tax office know you?"),
        choices=tuple(PROFILE_WORDS.items()),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: object, country: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Passed on as it came.
        number = self.fields["number"]
        number.label = names_in(country) or number.label
        number.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

"""A list that the office brings along."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.rules.importing import MOST_BYTES

KINDS = (("services", _("Services")), ("workers", _("Workers")), ("customers", _("Customers")))


class ImportForm(forms.Form):
    """What a list is of, and the file."""

    kind = forms.ChoiceField(label=_("A list of"), choices=KINDS)
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=_("CSV in UTF-8, with a first line of column names."),
    )

    def clean_file(self) -> str:
        """Return the text of the file."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(_("At most 10 MB."))
        try:
            return str(upload.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("Save it as CSV in UTF-8, please.")) from None

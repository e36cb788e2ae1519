"""What people may choose about messages."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PreferencesForm(forms.Form):
    """Three switches, in the words of the person who flips them."""

    whatsapp = forms.BooleanField(
        required=False,
        label=_("Write to me on WhatsApp"),
        help_text=_("Visits, money and messages. Otherwise we use e-mail and SMS."),
    )
    survey = forms.BooleanField(required=False, label=_("Ask me how it went"))
    marketing = forms.BooleanField(required=False, label=_("Send me news and offers"))

"""What the office fills in about a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenants.support.rules.case_states import PRIORITIES, STATES
from tenants.tenancy.models import Membership

STAGE_NAMES = {
    "match": _("Finding somebody"),
    "confirm": _("Confirming"),
    "travel": _("On the way"),
    "checkin": _("Arriving and starting"),
    "service": _("The job itself"),
    "payment": _("Paying"),
    "support": _("Our answer"),
}
STATE_NAMES = {
    "new": pgettext_lazy("case", "New"),
    "assigned": pgettext_lazy("case", "Assigned"),
    "contacted": pgettext_lazy("case", "In touch"),
    "resolved": pgettext_lazy("case", "Resolved"),
    "communicated": pgettext_lazy("case", "Told"),
    "verified": pgettext_lazy("case", "Verified"),
    "reopened": pgettext_lazy("case", "Reopened"),
    "dismissed": pgettext_lazy("case", "Dismissed"),
}


KIND_NAMES = {
    "offer": _("Offer of a job"),
    "rank": _("Place in a list"),
    "assign": _("Assignment"),
    "price": _("Price"),
    "block": _("Block"),
    "hold": _("Holding something back"),
    "suspension": _("Suspension"),
    "deactivation": _("End of work here"),
    "fraud_flag": _("Suspicion of fraud"),
    "review_removal": _("Removal of a review"),
}


class FilterForm(forms.Form):
    """Which cases to see."""

    state = forms.ChoiceField(
        required=False,
        label=_("State"),
        choices=[
            ("", _("All")),
            ("open", pgettext_lazy("case", "Open")),
            *((s, STATE_NAMES[s]) for s in STATES),
        ],
    )
    priority = forms.ChoiceField(
        required=False,
        label=_("Priority"),
        choices=[("", _("All")), *((each, each) for each in PRIORITIES)],
    )
    overdue = forms.BooleanField(required=False, label=_("Overdue only"))


class AssignForm(forms.Form):
    """Whose case it is."""

    owner = forms.ChoiceField(label=pgettext_lazy("case", "Owner"))

    def __init__(self, *args: Any, members: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [(str(each.pk), str(each.user)) for each in members]  # type: ignore[attr-defined]  # A choice field.


class TextForm(forms.Form):
    """A few sentences."""

    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 3}))


class DismissForm(forms.Form):
    """Why nothing is done about it."""

    reason = forms.CharField(label=_("Why?"), widget=forms.Textarea(attrs={"rows": 3}))


class ContactForm(forms.Form):
    """What was said."""

    text = forms.CharField(
        label=_("What was said"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ResolveForm(forms.Form):
    """Where it went wrong, and what was done."""

    root_cause = forms.ChoiceField(
        label=_("Where did it go wrong?"), choices=[("", "—"), *STAGE_NAMES.items()]
    )
    action = forms.CharField(
        label=_("What did you do about it?"), widget=forms.Textarea(attrs={"rows": 3})
    )

"""What customer and worker type when a visit moves, or when something was not right with it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.money import EXPONENTS
from marketplace.bookings.rules.disputes import FAULTS

REASONS = (
    ("not_delivered", _("It was not done")),
    ("partial", _("Only a part was done")),
    ("quality", _("It was not done well")),
    ("damage", _("Something was damaged")),
    ("wrong_worker", _("Somebody else came")),
    ("overcharge", _("It cost more than agreed")),
    ("late", _("It was late")),
    ("safety", _("I did not feel safe")),
    ("no_show", _("Somebody did not come")),
    ("other", pgettext_lazy("dispute", "Something else")),
)
OUTCOMES = (
    ("partial", _("A part goes back")),
    ("full", _("All that is contested goes back")),
    ("redo", _("The work is done again")),
    ("dismissed", _("Nothing goes back")),
)
GOODWILL = ("goodwill", _("Goodwill: the business gives something back"))
WHOSE = dict(
    zip(
        FAULTS,
        (_("The worker's"), _("The customer's"), _("The business's"), _("Nobody's")),
        strict=True,
    )
)


class SideForm(forms.Form):
    """What comes with a step of one side; every step takes what it needs."""

    starts_at = forms.DateTimeField(required=False, input_formats=["%Y-%m-%dT%H:%M:%S%z"])
    agree = forms.ChoiceField(choices=(("yes", "yes"), ("no", "no")), required=False)
    about = forms.ChoiceField(label=_("What was not right?"), choices=REASONS, required=False)
    words = forms.CharField(
        label=_("What happened?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    amount = forms.DecimalField(
        label=_("How much of the work?"),
        min_value=0,
        max_digits=11,
        decimal_places=2,
        required=False,
    )
    outcome = forms.ChoiceField(label=_("What would be right?"), choices=OUTCOMES, required=False)
    reason = forms.CharField(label=_("Why?"), max_length=300, required=False)
    worker_service_id = forms.UUIDField(required=False)

    def facts(self, currency: str) -> dict[str, Any]:
        """Return what was typed as facts of a step."""
        given = self.cleaned_data
        amount: Decimal | None = given.get("amount")
        agree = given.get("agree")
        return {
            "starts_at": given.get("starts_at"),
            "worker_service_id": given.get("worker_service_id"),
            "agree": agree == "yes" if agree else None,
            "amount_minor": None if amount is None else int(amount.scaleb(EXPONENTS[currency])),
            **{name: given.get(name) or "" for name in ("about", "words", "outcome", "reason")},
        }


class DecisionForm(forms.Form):
    """How the office decides a disagreement, and why."""

    outcome = forms.ChoiceField(label=_("How it ends"), choices=(*OUTCOMES, GOODWILL))
    amount = forms.DecimalField(
        label=_("How much of the work goes back"),
        min_value=0,
        max_digits=11,
        decimal_places=2,
        required=False,
    )
    fault = forms.ChoiceField(label=_("Whose fault it was"), choices=tuple(WHOSE.items()))
    reason = forms.CharField(
        label=_("What you found. Both read it."),
        min_length=10,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def facts(self, currency: str) -> dict[str, Any]:
        """Return what was typed as facts of a step."""
        given = self.cleaned_data
        amount: Decimal | None = given.get("amount")
        return {
            "amount_minor": None if amount is None else int(amount.scaleb(EXPONENTS[currency])),
            **{name: given[name] for name in ("outcome", "fault", "reason")},
        }

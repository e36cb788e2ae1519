"""What the office types about money that goes back, or is given for good."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.money import EXPONENTS, Money

FAULT_CHOICES = (
    ("none", _("Nobody's")),
    ("worker", _("The worker's")),
    ("customer", _("The customer's")),
    ("platform", _("Ours")),
)
PERMISSION_CHOICES = (
    ("refund", _("Give money back, credits and compensation")),
    ("hold", _("Let money rest, and release it")),
    ("freeze", _("Freeze a wallet")),
    ("batch_make", _("Prepare bank payments")),
    ("batch_check", _("Approve bank payments")),
    ("write_off", _("Write off debts (needs two people)")),
    ("adjust", _("Correct the books (needs two people)")),
)


class AmountField(forms.DecimalField):
    """An amount as people write it in one currency; its value is `Money`."""

    def __init__(self, *, currency: str, **options: Any) -> None:
        self.currency = currency
        places = EXPONENTS[currency]
        step = str(Decimal(1).scaleb(-places))
        widget = forms.NumberInput(attrs={"inputmode": "decimal", "step": step, "min": "0"})
        super().__init__(decimal_places=places, min_value=Decimal(0), widget=widget, **options)

    def clean(self, value: Any) -> Any:
        """Return the amount in minor units."""
        typed = super().clean(value) or Decimal(0)
        return Money(self.currency, int(typed.scaleb(EXPONENTS[self.currency])))


class ReasonForm(forms.Form):
    """Why, in words."""

    reason = forms.CharField(
        label=_("Reason (at least 10 characters)"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RefundForm(ReasonForm):
    """How much goes back, whose fault it was, and why. The key lets a form count once."""

    fault = forms.ChoiceField(label=_("Whose fault was it?"), choices=FAULT_CHOICES)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, left: Money, tip: Money, **options: Any) -> None:
        super().__init__(*args, **options)
        self.tip = tip
        self.fields["amount"] = AmountField(
            currency=left.currency, label=_("How much goes back, without the tip?"), required=False
        )
        if tip:
            self.fields["with_tip"] = forms.BooleanField(
                label=_("The tip goes back too"), required=False
            )
            self.fields["tip_in_error"] = forms.BooleanField(
                label=_("The tip was charged by mistake: take it from the worker"), required=False
            )
        self.order_fields(["amount", "with_tip", "tip_in_error", "fault", "reason", "key"])

    @property
    def tip_back(self) -> Money:
        """What of the tip goes back: all of it, or nothing."""
        return self.tip if self.cleaned_data.get("with_tip") else Money(self.tip.currency, 0)


class GoodwillForm(ReasonForm):
    """Money out of the business's pocket for somebody."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: list[tuple[str, str]], currency: str, **more: Any):
        super().__init__(*args, **more)
        self.fields["person"] = forms.ChoiceField(label=_("For whom?"), choices=people)
        self.fields["amount"] = AmountField(currency=currency, label=_("How much?"))
        self.order_fields(["person", "amount", "reason", "key"])


class FindingForm(ReasonForm):
    """Whose fault a disputed visit was."""

    fault = forms.ChoiceField(label=_("Whose fault was it?"), choices=FAULT_CHOICES)
    field_order = ("fault", "reason")


class EvidenceForm(forms.Form):
    """Our side of a dispute."""

    words = forms.CharField(
        label=_("What happened, for the bank"),
        max_length=15_000,
        widget=forms.Textarea(attrs={"rows": 12}),
    )


ADJUSTABLE_CHOICES = (
    ("psp_pending", _("On its way at the payment company")),
    ("psp_available", _("At the payment company")),
    ("bank", _("The business's bank account")),
    ("recon_difference", _("Differences nobody can explain yet")),
)


class AdjustmentForm(ReasonForm):
    """A correction of the books: how much, from where to where, and why."""

    debit = forms.ChoiceField(
        label=_("There is more here than the books say"), choices=ADJUSTABLE_CHOICES
    )
    credit = forms.ChoiceField(label=_("and less here"), choices=ADJUSTABLE_CHOICES)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, currency: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["amount"] = AmountField(currency=currency, label=_("How much?"))
        self.order_fields(["amount", "debit", "credit", "reason", "key"])


class AcceptForm(forms.Form):
    """That a dispute is not contested."""

    confirm = forms.BooleanField(
        label=_("Yes: the customer keeps the money, and this cannot be undone"), required=False
    )


class BankRefForm(forms.Form):
    """The bank's reference of a transfer made by hand."""

    bank_ref = forms.CharField(label=_("The bank's reference"), max_length=80)


class GrantForm(forms.Form):
    """What somebody of the staff may do with money."""

    member = forms.UUIDField(widget=forms.HiddenInput)
    permissions = forms.MultipleChoiceField(
        label=_("May"),
        choices=PERMISSION_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

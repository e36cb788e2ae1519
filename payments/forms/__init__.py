"""What people type about money."""

from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.money import EXPONENTS, Money
from payments.queries import payable_members
from payments.rules.taxes import EARNINGS, EXTRACTED, FEE, SERVICE, WITHHELD, TaxLine


class AmountForm(forms.Form):
    """An amount, with no more decimals than its currency has."""

    amount = forms.DecimalField(label=_("How much?"), min_value=Decimal("0.01"))

    def __init__(self, *args: object, currency: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Passed on as it came.
        self.currency = currency
        places = EXPONENTS[currency]
        amount = self.fields["amount"]
        amount.widget = forms.NumberInput(
            attrs={"inputmode": "decimal", "step": str(Decimal(1).scaleb(-places))}
        )

    def clean_amount(self) -> Decimal:
        """Refuse more decimals than the currency has."""
        amount: Decimal = self.cleaned_data["amount"]
        minor = amount.scaleb(EXPONENTS[self.currency])
        if minor != minor.to_integral_value():
            raise forms.ValidationError(_("This currency has fewer decimals."))
        return amount

    @property
    def asked(self) -> Money:
        """The amount, in minor units."""
        minor = self.cleaned_data["amount"].scaleb(EXPONENTS[self.currency])
        return Money(self.currency, int(minor))


class CashOutForm(AmountForm):
    """How much, and by which way. The key makes a form that was sent twice count once."""

    option = forms.ChoiceField(label=_("How fast?"), choices=(("free", "free"), ("fast", "fast")))
    key = forms.UUIDField(widget=forms.HiddenInput)
    disclosure = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    seen_fee = forms.IntegerField(widget=forms.HiddenInput, required=False)


class IncomingForm(AmountForm):
    """A customer's transfer, as the bank shows it."""

    tracking_key = forms.CharField(label=_("Tracking key of the bank"), max_length=60)


NUMBERS = {
    "clabe": (_("Your CLABE"), _("18 digits; your bank's app shows them.")),
    "pix": (_("Your Pix key"), _("CPF, CNPJ, e-mail, phone with +55, or the random key.")),
    "cbu": (_("Your CBU or CVU"), _("22 digits; your bank or wallet shows them.")),
}
ANY_NUMBER = (_("Number of your account"), _("As your bank's app shows it."))


class BankAccountForm(forms.Form):
    """Where a worker wants to be paid; which fields there are depends on the country."""

    number = forms.CharField(max_length=80)
    bank = forms.CharField(label=_("Bank"), max_length=40)
    national_id = forms.CharField(label=_("Your RUT"), max_length=14)
    holder = forms.CharField(
        label=_("Name of the holder"),
        help_text=_("Your own name, as the bank writes it."),
        max_length=80,
    )

    def __init__(self, *args: object, kind: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Passed on as it came.
        number = self.fields["number"]
        number.label, number.help_text = NUMBERS.get(kind, ANY_NUMBER)
        number.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        if kind in ("clabe", "cbu"):
            number.widget.attrs["inputmode"] = "numeric"
        if kind != "rut":
            del self.fields["national_id"]
        if kind not in ("rut", "account"):
            del self.fields["bank"]


class TransferAnswerForm(forms.Form):
    """What the bank says of one transfer."""

    outcome = forms.ChoiceField(
        label=_("What does the bank say?"),
        choices=(("paid", _("It arrived")), ("rejected", _("It came back"))),
    )
    tracking_key = forms.CharField(
        label=_("Tracking key of the bank"), max_length=60, required=False
    )
    receipt = forms.FileField(
        label=_("Receipt of the bank"), help_text=_("A photo or a PDF."), required=False
    )
    reason = forms.CharField(label=_("Why did it come back?"), max_length=80, required=False)


class ImportForm(forms.Form):
    """A bank's file."""

    answer = forms.FileField(
        label=_("File of the bank"),
        help_text=_("CSV with the columns reference, status, tracking_key and amount."),
    )


class FreezeForm(forms.Form):
    """Whose wallet to freeze, and why."""

    worker = forms.TypedChoiceField(label=_("Worker"), coerce=UUID)
    reason = forms.ChoiceField(
        label=_("Why"),
        choices=(
            ("takeover", _("Somebody else may be using the account")),
            ("fraud", _("Fraud is suspected")),
            ("court", _("A court has ordered it")),
        ),
    )
    note = forms.CharField(
        label=_("What happened"),
        help_text=_("The worker can read this."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Passed on as it came.
        worker = self.fields["worker"]
        assert isinstance(worker, forms.ChoiceField)
        worker.choices = [(each.pk, each.user.public_name) for each in payable_members()]


class WageExampleForm(forms.Form):
    """An example of a wallet, to see what the policy means."""

    DEFAULTS: ClassVar[dict[str, int]] = {
        "available": 1_000,
        "unsettled": 400,
        "tips": 50,
        "lent": 200,
    }
    available = forms.DecimalField(label=_("In the wallet"), min_value=0, max_digits=12)
    unsettled = forms.DecimalField(
        label=_("Of it earned, not yet sent by the bank"), min_value=0, max_digits=12
    )
    tips = forms.DecimalField(label=_("Of it tips, not yet sent"), min_value=0, max_digits=12)
    lent = forms.DecimalField(label=_("Float for advances"), min_value=0, max_digits=12)

    def __init__(self, *args: object, currency: str, **kwargs: object) -> None:
        kwargs["initial"] = self.DEFAULTS
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Passed on as it came.
        self.places = EXPONENTS[currency]

    def example(self) -> dict[str, int]:
        """Return the example in minor units: what was typed, or the usual one."""
        typed = self.cleaned_data if self.is_bound and self.is_valid() else self.DEFAULTS
        return {
            name: int(Decimal(typed[name]).scaleb(self.places).to_integral_value())
            for name in self.DEFAULTS
        }


def as_typed(amount: Money) -> str:
    """Write an amount as a number field wants it."""
    return str(Decimal(amount.minor).scaleb(-amount.exponent))


class AnswerForm(forms.Form):
    """What a person found about something that does not add up."""

    answer = forms.ChoiceField(label=_("What is it?"))
    name = forms.CharField(
        label=_("Its name at the payment company"),
        required=False,
        max_length=120,
        help_text=_("It begins with letters and an underscore: po_, re_, tr_."),
    )
    note = forms.CharField(
        label=_("What did you find and do?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, answers: tuple[str, ...], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Passed on as it came.
        known = {
            "done": _("I have dealt with it"),
            "retry": _("Try again"),
            "made": _("The payment company did it"),
            "never_made": _("The payment company never did it"),
            "adjust": _("Book the difference: two people have to agree"),
            "arrived": _("The worker has the money: two people have to agree"),
            "came_back": _("The worker does not have it: two people have to agree"),
        }
        self.fields["answer"].choices = [(each, known[each]) for each in answers]  # type: ignore[attr-defined]  # A choice field.
        if "arrived" in answers:
            self.fields["name"].label = _("The bank's reference, if the money arrived")
            self.fields["name"].help_text = _("As the worker's bank statement shows it.")
        elif "made" not in answers:
            del self.fields["name"]


class BankStatementForm(forms.Form):
    """A statement of the bank, as a file."""

    statement = forms.FileField(
        label=_("Statement (CSV)"),
        help_text=_(
            "Columns: date, amount (with a minus what went out), balance, and if there are,"
            " reference, tracking_key and text."
        ),
    )


class FloatForm(AmountForm):
    """Money lent to a marketplace, so that workers need not wait."""

    key = forms.UUIDField(widget=forms.HiddenInput)


class TaxForm(forms.Form):
    """A tax, or a new version of one that is there."""

    code = forms.SlugField(label=_("Short name"), max_length=20, help_text=_("isr, iva, iss …"))
    on = forms.ChoiceField(
        label=_("What it does"),
        choices=[
            (EARNINGS, _("Kept back of what workers earn")),
            (FEE, _("Inside your commission and fee")),
            (SERVICE, _("Inside the price of registered workers")),
        ],
    )
    rate = forms.DecimalField(
        label=_("Percent"), min_value=Decimal("0.01"), max_value=99, max_digits=4, decimal_places=2
    )
    above = forms.DecimalField(
        label=_("Free each month, for each worker"),
        help_text=_("Only what a worker earns above it in a calendar month is taxed."),
        min_value=0,
        max_digits=11,
        decimal_places=2,
        required=False,
    )
    wording = forms.CharField(label=_("As people read it"), max_length=60)
    starts_on = forms.DateField(
        label=_("From the day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def line(self, currency: str) -> TaxLine:
        """Return the tax as it was asked for."""
        given = self.cleaned_data
        above: Decimal = given["above"] or Decimal(0)
        return TaxLine(
            code=given["code"].lower(),
            on=given["on"],
            method=WITHHELD if given["on"] == EARNINGS else EXTRACTED,
            rate_bp=int(given["rate"] * 100),
            threshold_minor=int(above.scaleb(EXPONENTS[currency])),
            wording=dict.fromkeys(("es", "pt", "en"), given["wording"]),
            starts_on=given["starts_on"],
        )

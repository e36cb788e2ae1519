"""What people type about themselves and their business, checked before anything happens."""

from decimal import Decimal
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _
from pydantic.fields import FieldInfo

from kernel.actor import Role
from kernel.errors import Refusal
from kernel.money import EXPONENTS
from kernel.reading import country_name
from tenants.tenancy.actions.count_code import (
    count_code_request,
    count_second_factor_try,
    use_second_factor,
)
from tenants.tenancy.actions.open_tenant import check_address
from tenants.tenancy.actions.sign_up import find_or_make_user
from tenants.tenancy.countries import COUNTRIES
from tenants.tenancy.queries import here
from tenants.tenancy.rules.codes import CodeOutcome
from tenants.tenancy.rules.contacts import clean_email, clean_phone
from tenants.tenancy.rules.niches import NICHES
from tenants.tenancy.settings_schema import TenantSettings


def refusal_words(refusal: Refusal) -> str:
    """Say why not, in the reader's language."""
    return gettext(refusal.title).format(**refusal.details)


def tell_refusal(request: HttpRequest, refusal: Refusal) -> None:
    """Say why not on the next page that is shown."""
    messages.error(request, refusal_words(refusal))


def beside(refusal: Refusal) -> forms.ValidationError:
    """Turn a refusal into an error that stands beside its field."""
    return forms.ValidationError(refusal_words(refusal))


def fields_of(refusal: Refusal, form: forms.Form) -> list[str]:
    """Return which of a form's fields a refusal is about: those it names, or where files go in."""
    named = [name for name in refusal.details.get("fields", ()) if name in form.fields]
    if named or not refusal.code.startswith("upload."):
        return named
    return [name for name, each in form.fields.items() if isinstance(each, forms.FileField)]


def show_refusal(form: forms.Form, refusal: Refusal) -> None:
    """Put a refusal beside the fields it is about, or above the form."""
    sentence = refusal_words(refusal)
    names: list[str | None] = [*fields_of(refusal, form)]
    for name in names or [None]:
        form.add_error(name, sentence)


class LoginForm(forms.Form):
    """One field: where to send the code. Known and unknown people get the same answer."""

    contact = forms.CharField(
        label=_("E-mail or mobile phone"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, region: str, ip: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.region, self.ip = region, ip
        self._user: Any = None

    def clean_contact(self) -> str:
        """Read an e-mail address, or a phone number as written in the region."""
        written: str = self.cleaned_data["contact"]
        try:
            if "@" in written:
                self.cleaned_data["email"] = clean_email(written)
            else:
                self.cleaned_data["phone"] = clean_phone(written, region=self.region)
        except Refusal as refusal:
            raise beside(refusal) from None
        return written

    def clean(self) -> dict[str, Any]:
        """Count the code, and find or open the account it is for."""
        email, phone = self.cleaned_data.get("email"), self.cleaned_data.get("phone")
        if email or phone:
            try:
                count_code_request(contact=email or phone or "", ip=self.ip)
            except Refusal as refusal:
                raise beside(refusal) from None
            self._user = find_or_make_user(email=email, phone=phone, locale=get_language() or "")
        return self.cleaned_data


class CodeForm(forms.Form):
    """Six digits that were sent."""

    code = forms.CharField(label=_("Code"), max_length=10)

    def say_wrong(self, outcome: CodeOutcome) -> None:
        """Say that the code is not the one, and whether one may try again."""
        wrong, over = gettext("That is not the code."), gettext("Let us send you a new one.")
        self.add_error("code", wrong if outcome.left else f"{wrong} {over}")


class ContactForm(forms.Form):
    """A contact that an account is to have."""

    contact = forms.CharField(max_length=254)

    def __init__(self, *args: Any, region: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.region = region

    def clean_contact(self) -> str:
        """Read the contact as we keep it."""
        try:
            return self.read(self.cleaned_data["contact"])
        except Refusal as refusal:
            raise beside(refusal) from None

    def read(self, written: str) -> str:
        """Return it written our way, or refuse."""
        raise NotImplementedError


class EmailForm(ContactForm):
    """An e-mail address."""

    contact = forms.CharField(
        label=_("New e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def read(self, written: str) -> str:
        """Return it in small letters."""
        return clean_email(written)


class PhoneForm(ContactForm):
    """A phone number."""

    contact = forms.CharField(
        label=_("New mobile phone"),
        max_length=30,
        help_text=_("With the country code, such as +52 55 1234 5678."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def read(self, written: str) -> str:
        """Return it in E.164."""
        return clean_phone(written, region=self.region)


CONTACT_FORMS: dict[str, type[ContactForm]] = {"email": EmailForm, "phone": PhoneForm}


class NameForm(forms.Form):
    """What a person is called."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=60,
        required=False,
        help_text=_("Other people see only its first letter."),
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )


class OpenForm(forms.Form):
    """What somebody has to say to open a marketplace."""

    name = forms.CharField(label=_("Name of your business"), min_length=2, max_length=60)
    niche = forms.ChoiceField(
        label=_("What you do"), choices=[(code, _(name)) for code, name in NICHES.items()]
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=lambda: [
            ("", _("Choose your country")),
            *((code, country_name(code, language=get_language())) for code in COUNTRIES),
        ],
        error_messages={"required": _("Choose the country your business is in.")},
    )
    city = forms.CharField(label=_("City"), max_length=80)
    slug = forms.CharField(
        label=_("Address"),
        max_length=40,
        help_text=_("Small letters, digits and hyphens: this becomes your web address."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    first_name = forms.CharField(
        label=_("Your first name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Your last name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    email = forms.CharField(
        label=_("Your e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    brand_color = forms.RegexField(
        label=_("Colour"),
        regex=r"^#[0-9a-fA-F]{6}$",
        initial="#17624b",
        widget=forms.TextInput(attrs={"type": "color"}),
    )

    def clean_slug(self) -> str:
        """Refuse an address that is taken, while it can still be changed."""
        slug: str = self.cleaned_data["slug"].strip().lower()
        try:
            check_address(slug)
        except Refusal as refusal:
            raise beside(refusal) from None
        return slug

    def clean_email(self) -> str:
        """Read the address as we keep it."""
        try:
            return clean_email(self.cleaned_data["email"])
        except Refusal as refusal:
            raise beside(refusal) from None


class InviteForm(forms.Form):
    """Whom an owner lets into the office."""

    email = forms.CharField(label=_("E-mail"), max_length=254, widget=forms.EmailInput())
    first_name = forms.CharField(label=_("First name"), max_length=60)
    last_name = forms.CharField(label=_("Last name"), max_length=60)
    role = forms.ChoiceField(
        label=_("Role"), choices=[(Role.STAFF.value, _("Team")), (Role.OWNER.value, _("Owner"))]
    )
    moderates = forms.BooleanField(label=_("Decides on held reviews"), required=False)


class KeyForm(forms.Form):
    """A key for a program."""

    name = forms.CharField(label=_("What is it for?"), max_length=60)
    writes = forms.BooleanField(label=_("May also write"), required=False)


class ReleaseForm(forms.Form):
    """Why money may go before its hold ends."""

    why = forms.CharField(label=_("How did you make sure that it is them?"), max_length=300)


class RecoveryForm(forms.Form):
    """Whose second factor is lost, and how an operator knows that it is them."""

    email = forms.EmailField(label=_("E-mail of the account"))
    why = forms.CharField(label=_("How did you make sure that it is them?"), max_length=300)


def settings_form(schema: type[TenantSettings], current: TenantSettings) -> type[forms.Form]:
    """Return a form for a group of settings, with a field for each of its fields."""
    fields = {
        name: _offered_field(schema, name, getattr(current, name))
        or _setting_field(about, getattr(current, name))
        for name, about in schema.model_fields.items()
    }
    return type("SettingsForm", (forms.Form,), fields)


def _offered_field(schema: type[TenantSettings], name: str, value: Any) -> forms.Field | None:
    """Return the field of what is chosen from known codes, or of an amount."""
    about = schema.model_fields[name]
    words: dict[str, Any] = {
        "label": gettext(about.title or ""),
        "help_text": gettext(about.description or ""),
    }
    if codes := schema.offered.get(name):
        return forms.MultipleChoiceField(
            choices=[(code, setting_word(code)) for code in codes],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            initial=list(value),
            **words,
        )
    if name.endswith("_minor"):
        return MinorField(currency=here().currency, initial=value, **words)
    return None


def setting_word(code: str) -> str:
    """Return what a code among the settings is called."""
    said = pgettext("setting", code)
    return code.replace("_", " ").capitalize() if said == code else said


def _setting_field(about: FieldInfo, value: Any) -> forms.Field:
    label = gettext(about.title or "")
    words = {"label": label, "help_text": gettext(about.description or ""), "initial": value}
    kind: Any = about.annotation
    if kind is bool:
        return forms.BooleanField(required=False, **words)
    if kind is int:
        return forms.IntegerField(**words)
    if kind is float:
        return forms.FloatField(**words)
    if kind is str:
        return forms.CharField(required=False, **words)
    if choices := _choices(kind):
        words["initial"] = getattr(value, "value", value)
        return forms.ChoiceField(choices=choices, **words)
    if get_args(kind)[:1] == (str,):
        return ListField(required=False, **{**words, "initial": ", ".join(value)})
    return forms.JSONField(required=False, **words)


def _choices(kind: Any) -> list[tuple[str, str]]:
    if get_origin(kind) is Literal:
        return [(each, setting_word(str(each))) for each in get_args(kind)]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [(each.value, setting_word(str(each.value))) for each in kind]
    return []


class MinorField(forms.DecimalField):
    """An amount in the tenant's currency, kept in minor units."""

    def __init__(self, *, currency: str, **options: Any) -> None:
        self.places = EXPONENTS[currency]
        options["label"] = f"{options['label']} ({currency})"
        super().__init__(min_value=0, max_digits=12, decimal_places=self.places, **options)

    def prepare_value(self, value: Any) -> Any:
        """Show minor units as people write the amount."""
        return Decimal(value).scaleb(-self.places) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """Return minor units."""
        amount = super().clean(value)
        return None if amount is None else int(amount.scaleb(self.places))


class ListField(forms.CharField):
    """Words, separated by commas."""

    def clean(self, value: Any) -> Any:
        """Return the words."""
        return [word.strip() for word in super().clean(value).split(",") if word.strip()]


class CountedCode(forms.Form):
    """Counts tries at an authenticator's code, and lets each code be used once."""

    def clean_code(self) -> str:
        """Check the code of the app, or a recovery code."""
        person = str(self.user.pk)  # type: ignore[attr-defined]  # Set by allauth's form.
        try:
            count_second_factor_try(person=person)
            code: str = super().clean_code()  # type: ignore[misc]  # The form it is mixed into.
            use_second_factor(person=person, code=code)
        except Refusal as refusal:
            raise beside(refusal) from None
        return code


class SecondFactorForm(CountedCode, AuthenticateForm):
    """The second step of signing in."""


class AgainForm(CountedCode, ReauthenticateForm):
    """The second factor, asked for again."""

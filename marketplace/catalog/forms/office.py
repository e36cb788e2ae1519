"""What the office fills in about what is on offer."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kernel.errors import Refusal
from kernel.money import EXPONENTS
from marketplace.catalog.models import Variant
from marketplace.catalog.rules.areas import BorderInvalid, Place, Polygon
from marketplace.catalog.rules.custom_fields import CODE
from tenants.tenancy.queries import here


class OfThisTenantField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Stubs only.
    """A choice among rows of the tenant the form is shown for."""

    def __init__(self, *, rows: Callable[[], QuerySet[Any]], **kwargs: Any) -> None:
        self.rows = rows
        super().__init__(queryset=None, **kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> "OfThisTenantField":
        copied = super().__deepcopy__(memo)
        copied.queryset = self.rows()
        return copied


class PriceField(forms.DecimalField):
    """A price as people write it, kept in minor units of the tenant's currency."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_digits=14, localize=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show minor units as people write them; what was typed stays as typed."""
        return Decimal(value).scaleb(-self._exponent()) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        """Return minor units."""
        major = super().clean(value)
        if major is None:
            return None
        minor = major.scaleb(self._exponent())
        if minor != minor.to_integral_value():
            raise forms.ValidationError(_("This currency has fewer decimals."))
        return int(minor)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether another price was typed."""
        return super().has_changed(self.prepare_value(initial), data)

    def _exponent(self) -> int:
        return EXPONENTS[here().currency]


class VariantsField(forms.TypedMultipleChoiceField):
    """A choice among the variants of this tenant's services."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=UUID, required=False, widget=forms.CheckboxSelectMultiple, **kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> "VariantsField":
        copied = super().__deepcopy__(memo)
        rows = Variant.objects.filter(active=True).select_related("service")
        copied.choices = [(str(each.pk), str(each)) for each in rows]
        return copied

    def prepare_value(self, value: Any) -> Any:
        """Show ids as the page names them."""
        return [str(each) for each in value or ()]


class OptionsField(forms.CharField):
    """Answers to choose from, one a line: `code = Label | en: Label | pt-br: Label`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.Textarea(attrs={"rows": 5}),
            help_text=_(
                "One a line: a code for programs, what people read, and other languages if you"
                " like. For example: small = Pequeño | en: Small"
            ),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        """Show each answer on its line."""
        return "\n".join(map(_option_line, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[dict[str, object]]:
        """Return the answers as they are kept."""
        lines = [line.strip() for line in (super().clean(value) or "").splitlines()]
        return [_option(line) for line in lines if line]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether other answers were typed."""
        return super().has_changed(self.prepare_value(initial or []), data)


class BorderField(forms.CharField):
    """A border, one corner a line: latitude, longitude."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.Textarea(attrs={"rows": 6}),
            help_text=_(
                "3 to 200 corners, one a line: latitude, longitude. Leave it empty if the"
                " part of town is only a name."
            ),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        """Show each corner on its line."""
        if not isinstance(value, list):
            return value
        return "\n".join(f"{latitude}, {longitude}" for latitude, longitude in value)

    def clean(self, value: Any) -> list[list[float]]:
        """Return the corners."""
        lines = [line for line in (super().clean(value) or "").splitlines() if line.strip()]
        try:
            corners = [[float(part) for part in line.split(",")] for line in lines]
            places = [Place(latitude, longitude) for latitude, longitude in corners]
            if places:
                Polygon(tuple(places))
        except (ValueError, Refusal):
            raise forms.ValidationError(gettext(BorderInvalid.title)) from None
        return corners

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether another border was typed."""
        return super().has_changed(self.prepare_value(initial or []), data)


def _option_line(option: dict[str, Any]) -> str:
    texts = (f"{language}: {words}" for language, words in option.get("texts", {}).items())
    return " | ".join([f"{option['value']} = {option['label']}", *texts])


def _option(line: str) -> dict[str, object]:
    first, *others = (part.strip() for part in line.split("|"))
    value, _sign, label = (part.strip() for part in first.partition("="))
    if not CODE.fullmatch(value):
        raise forms.ValidationError(_("Begin each line with a code of small letters and digits."))
    texts = dict(part.split(":", 1) for part in others if ":" in part)
    named = {language.strip().lower(): words.strip() for language, words in texts.items()}
    return {"value": value, "label": label or value, "texts": named}


class TranslatedForm(forms.ModelForm):  # type: ignore[type-arg]  # Stubs only.
    """A row with its texts in the tenant's language and, below, in the others."""

    translated: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, language, key in self._others():
            own = self.fields[name]
            self.fields[key] = forms.CharField(
                label=gettext("{what} in {language}").format(
                    what=own.label, language=dict(settings.LANGUAGES)[language]
                ),
                required=False,
                max_length=getattr(own, "max_length", None),
                initial=self.instance.texts.get(language, {}).get(name, ""),
            )

    def clean(self) -> dict[str, Any]:
        """Gather the texts by language; what is empty is shown as the tenant wrote it."""
        cleaned = super().clean() or {}
        texts: dict[str, dict[str, str]] = {}
        for name, language, key in self._others():
            if words := str(cleaned.get(key) or "").strip():
                texts.setdefault(language, {})[name] = words
        self.instance.texts = texts
        return cleaned

    def _others(self) -> list[tuple[str, str, str]]:
        own = here().locale[:2]
        return [
            (name, language, f"{name}_{language.replace('-', '_')}")
            for name in self.translated
            if name in self.fields
            for language, _name in settings.LANGUAGES
            if language[:2] != own
        ]

"""The office's pages about what is on offer."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import ForeignKey
from django.forms import ModelForm, modelform_factory
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permissions import register_permission_policy

from kernel.errors import Refusal
from marketplace.catalog.access import LooseOfficePolicy, OfficePolicy
from marketplace.catalog.actions.edit_catalogue import (
    save_add_on,
    save_category,
    save_service,
    save_variant,
    save_zone,
)
from marketplace.catalog.actions.edit_fields import save_field
from marketplace.catalog.forms.office import (
    BorderField,
    OfThisTenantField,
    OptionsField,
    PriceField,
    TranslatedForm,
    VariantsField,
)
from marketplace.catalog.models import AddOn, Category, CustomField, Service, Variant, Zone
from tenants.tenancy.access import Request, office_actor_of
from tenants.tenancy.access.menu import CATALOGUE
from tenants.tenancy.forms import refusal_words, show_refusal

register_permission_policy(Category, OfficePolicy(Category))
register_permission_policy(Service, OfficePolicy(Service))
register_permission_policy(Variant, OfficePolicy(Variant))
register_permission_policy(CustomField, OfficePolicy(CustomField))
register_permission_policy(AddOn, LooseOfficePolicy(AddOn))
register_permission_policy(Zone, LooseOfficePolicy(Zone))

PRICE_LIMITS = ("price_min_minor", "price_max_minor")
SAVERS: dict[type, Any] = {
    Category: lambda by, row: save_category(by=by, category=row),
    Service: lambda by, row: save_service(by=by, service=row),
    Variant: lambda by, row: save_variant(by=by, variant=row),
    AddOn: lambda by, row: save_add_on(by=by, add_on=row),
    CustomField: lambda by, row: save_field(by=by, field=row),
    Zone: lambda by, row: save_zone(by=by, zone=row),
}


class PriceColumn(Column):
    """A price in a list, as people write it."""

    def get_value(self, instance: Any) -> str:
        """Return the price with its currency."""
        price = instance.price
        return f"{Decimal(price.minor).scaleb(-price.exponent)} {price.currency}"


class YesNoColumn(Column):
    """Whether something is so, in a word."""

    def get_value(self, instance: Any) -> str:
        """Return yes or no, as the reader says it."""
        so = bool(super().get_value(instance))
        return pgettext("table", "Yes") if so else pgettext("table", "No")


PRICE = PriceColumn("price", label=gettext_lazy("price"))
ACTIVE = YesNoColumn("active", label=pgettext_lazy("table", "On offer"))
ARCHIVED = YesNoColumn("archived", label=pgettext_lazy("table", "Archived"))


class SavesByAction:
    """Lets a form's row be stored by the action that also tells the index."""

    request: Request
    form: Any
    model: type

    def form_valid(self, form: Any) -> Any:
        """Store what was filled in; a refusal is shown beside its field, and nothing is stored."""
        try:
            with transaction.atomic():
                return super().form_valid(form)  # type: ignore[misc]  # Of Wagtail's view.
        except Refusal as refusal:
            self.produced_error_message = refusal_words(refusal)
            show_refusal(form, refusal)
            return self.form_invalid(form)  # type: ignore[attr-defined]  # Of Wagtail's view.

    def save_instance(self) -> Any:
        """Store the row by the action of its kind."""
        return SAVERS[self.model](office_actor_of(self.request), self.form.instance)


class Create(SavesByAction, generic.CreateView):
    """Add a row through its action."""


class Edit(SavesByAction, generic.EditView):
    """Change a row through its action."""


class CatalogueViewSet(ModelViewSet):
    """How every part of the catalogue is edited."""

    add_view_class = Create
    edit_view_class = Edit
    copy_view_enabled = False
    inspect_view_enabled = False
    translated: tuple[str, ...] = ("name",)

    def get_form_class(self, for_update: bool = False) -> Any:
        """Ask for the row, and for its texts in the other languages."""
        made: Any = modelform_factory(
            self.model,
            form=TranslatedForm if self.translated else ModelForm,
            fields=self.form_fields,
            formfield_callback=self.formfield_for_dbfield,
        )
        made.translated = self.translated
        return made

    def formfield_for_dbfield(self, db_field: Any, **kwargs: Any) -> Any:
        """Offer this tenant's rows only, asked for when the form is shown: not when it is made."""
        if isinstance(db_field, ForeignKey):
            return OfThisTenantField(
                rows=db_field.related_model._default_manager.all,
                required=not db_field.blank,
                label=capfirst(db_field.verbose_name),
            )
        if db_field.name.endswith("price_minor") or db_field.name in PRICE_LIMITS:
            return PriceField(label=capfirst(db_field.verbose_name), required=not db_field.blank)
        if db_field.name == "border":
            return BorderField(label=capfirst(db_field.verbose_name))
        if db_field.name == "options":
            return OptionsField(label=capfirst(db_field.verbose_name))
        if db_field.name == "variant_ids":
            return VariantsField(
                label=capfirst(db_field.verbose_name), help_text=db_field.help_text
            )
        return super().formfield_for_dbfield(db_field, **kwargs)


class CategoryViewSet(CatalogueViewSet):
    """Shelves."""

    model = Category
    icon = "folder-open-inverse"
    menu_label = gettext_lazy("Categories")
    list_display = ["name", "position", ARCHIVED]
    translated = ("name", "description")
    form_fields = ["name", "parent", "description", "icon", "position", "archived"]


class ServiceViewSet(CatalogueViewSet):
    """Services."""

    model = Service
    icon = "list-ul"
    menu_label = gettext_lazy("Services")
    list_display = ["name", "category", "minutes", PRICE, ACTIVE]
    list_filter = ["active"]
    translated = ("name", "description")
    form_fields = [
        "category",
        "name",
        "description",
        "booking_mode",
        "location",
        "pricing",
        "completion",
        "payment",
        "minutes",
        "price_minor",
        "price_owner",
        "price_min_minor",
        "price_max_minor",
        "unit",
        "unit_min",
        "unit_max",
        "unit_step",
        "unit_minutes",
        "day_start",
        "day_end",
        "cash",
        "buffer_before",
        "buffer_after",
        "min_notice",
        "horizon_days",
        "slot_step",
        "max_minutes_day",
        "position",
        "active",
    ]


class VariantViewSet(CatalogueViewSet):
    """Variants."""

    model = Variant
    icon = "copy"
    menu_label = gettext_lazy("Variants")
    list_display = ["name", "service", "minutes", PRICE, ACTIVE]
    form_fields = ["service", "name", "minutes", "price_minor", "position", "active"]


class AddOnViewSet(CatalogueViewSet):
    """Extras."""

    model = AddOn
    icon = "plus-inverse"
    menu_label = gettext_lazy("Extras")
    list_display = ["name", "service", PRICE, "minutes", ACTIVE]
    form_fields = [
        "service",
        "name",
        "price_minor",
        "minutes",
        "max_quantity",
        "variant_ids",
        "position",
        "active",
    ]


class ZoneViewSet(CatalogueViewSet):
    """Parts of town."""

    model = Zone
    icon = "site"
    menu_label = gettext_lazy("Parts of town")
    translated = ()
    list_display = ["name", "latitude", "longitude"]
    form_fields = ["name", "latitude", "longitude", "border", "position"]


class FieldViewSet(CatalogueViewSet):
    """Questions of one's own."""

    model = CustomField
    icon = "help"
    menu_label = gettext_lazy("Questions")
    list_display = ["label", "target", "code", "kind", "category", ARCHIVED]
    list_filter = ["target", "kind", "archived"]
    translated = ("label", "help", "consent")
    first_fields = ("target", "code", "kind", "sensitive")
    form_fields = [
        "label",
        "help",
        "required",
        "options",
        "least",
        "most",
        "category",
        "visibility",
        "filterable",
        "moderated",
        "consent",
        "position",
        "archived",
    ]

    def get_form_class(self, for_update: bool = False) -> Any:
        """Ask once for what never changes."""
        fields = [*(() if for_update else self.first_fields), *self.form_fields]
        made: Any = modelform_factory(
            self.model,
            form=TranslatedForm,
            fields=fields,
            formfield_callback=self.formfield_for_dbfield,
        )
        made.translated = self.translated
        return made


class CatalogueGroup(ModelViewSetGroup):
    """The catalogue in the menu, where other entries about services join it."""

    menu_label = gettext_lazy("Catalogue")
    menu_icon = "list-ul"
    menu_order = 210
    items = (
        ServiceViewSet,
        VariantViewSet,
        AddOnViewSet,
        CategoryViewSet,
        FieldViewSet,
        ZoneViewSet,
    )

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        """Return its entry, with the group it stands in."""
        item: Any = super().get_menu_item(order)
        item.group = CATALOGUE
        return item


@hooks.register("register_admin_viewset")
def catalogue() -> CatalogueGroup:
    """Put the catalogue into the menu."""
    return CatalogueGroup()

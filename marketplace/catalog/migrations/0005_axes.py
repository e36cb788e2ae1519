"""Five axes, variants and units of a service; levels of categories; texts in more languages."""

import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import kernel.ids
import kernel.isolation

LEVELS = """
with recursive tree as (
    select id, 1 as level from catalog_category where parent_id is null
    union all
    select c.id, t.level + 1 from catalog_category c join tree t on c.parent_id = t.id
)
update catalog_category c set level = t.level from tree t where t.id = c.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0004_cash"),
        ("tenancy", "0011_recovery"),
    ]

    operations = [
        migrations.CreateModel(
            name="OfferedVariant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("offered", models.BooleanField(default=True)),
                ("price_minor", models.BigIntegerField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Variant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("texts", models.JSONField(blank=True, default=dict)),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="length in minutes")),
                ("price_minor", models.BigIntegerField(verbose_name="price")),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=0, verbose_name="place in the list"),
                ),
                ("active", models.BooleanField(default=True, verbose_name="active")),
            ],
            options={
                "verbose_name": "variant",
                "verbose_name_plural": "variants",
                "ordering": ["position", "minutes", "name"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="service",
            name="service_axes_known",
        ),
        migrations.RemoveConstraint(
            model_name="service",
            name="service_length_and_price_sensible",
        ),
        migrations.AddField(
            model_name="addon",
            name="texts",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="addon",
            name="variant_ids",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(),
                blank=True,
                default=list,
                help_text="None chosen: with all of them.",
                size=None,
                verbose_name="only with these variants",
            ),
        ),
        migrations.AddField(
            model_name="category",
            name="level",
            field=models.PositiveSmallIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="category",
            name="texts",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="service",
            name="day_end",
            field=models.TimeField(
                default=datetime.time(12, 0), verbose_name="days and nights end at"
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="day_start",
            field=models.TimeField(
                default=datetime.time(14, 0), verbose_name="days and nights begin at"
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="payment",
            field=models.CharField(
                choices=[
                    ("at_booking", "when it is booked"),
                    ("before_start", "two days before"),
                    ("after_service", "afterwards"),
                ],
                default="at_booking",
                max_length=13,
                verbose_name="when it is paid",
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="price_max_minor",
            field=models.BigIntegerField(blank=True, null=True, verbose_name="highest price"),
        ),
        migrations.AddField(
            model_name="service",
            name="price_min_minor",
            field=models.BigIntegerField(blank=True, null=True, verbose_name="lowest price"),
        ),
        migrations.AddField(
            model_name="service",
            name="price_owner",
            field=models.CharField(
                choices=[("worker", "each worker, within limits"), ("tenant", "the business")],
                default="worker",
                max_length=6,
                verbose_name="who sets the price",
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="texts",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="service",
            name="unit",
            field=models.CharField(
                blank=True,
                choices=[
                    ("half_hour", "half hours"),
                    ("hour", "hours"),
                    ("day", "days"),
                    ("night", "nights"),
                    ("visit", "visits"),
                    ("item", "pieces"),
                    ("person", "people"),
                    ("pet", "pets"),
                    ("m2", "square metres"),
                ],
                help_text="Only for a price per unit. The price is then for one.",
                max_length=9,
                verbose_name="what is counted",
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="unit_max",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="at most"),
        ),
        migrations.AddField(
            model_name="service",
            name="unit_min",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="at least"),
        ),
        migrations.AddField(
            model_name="service",
            name="unit_minutes",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="minutes each"),
        ),
        migrations.AddField(
            model_name="service",
            name="unit_step",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="in steps of"),
        ),
        migrations.AlterField(
            model_name="service",
            name="booking_mode",
            field=models.CharField(
                choices=[
                    ("instant", "at once"),
                    ("request", "the worker accepts"),
                    ("dispatch", "we find somebody"),
                    ("post", "customers describe a job"),
                ],
                default="instant",
                max_length=8,
                verbose_name="how it is booked",
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="completion",
            field=models.CharField(
                choices=[
                    ("pin", "with the customer's PIN"),
                    ("customer_confirm", "the customer confirms"),
                    ("photo", "with a photo"),
                    ("auto", "by itself, on time"),
                ],
                default="pin",
                max_length=16,
                verbose_name="how a visit begins and ends",
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="location",
            field=models.CharField(
                choices=[
                    ("at_customer", "at the customer's"),
                    ("at_worker", "at the worker's"),
                    ("remote", "from afar"),
                ],
                default="at_customer",
                max_length=12,
                verbose_name="where it is done",
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="pricing",
            field=models.CharField(
                choices=[
                    ("fixed", "a fixed price"),
                    ("per_unit", "per unit"),
                    ("estimated", "an estimate"),
                    ("quoted", "by offers"),
                ],
                default="fixed",
                max_length=10,
                verbose_name="how it is priced",
            ),
        ),
        migrations.RunSQL(LEVELS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", 1), ("parent__isnull", True)),
                    models.Q(("level__range", (2, 4)), ("parent__isnull", False)),
                    _connector="OR",
                ),
                name="category_within_four_levels",
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("booking_mode__in", ("instant", "request", "dispatch", "post")),
                    ("completion__in", ("pin", "customer_confirm", "photo", "auto")),
                    ("location__in", ("at_customer", "at_worker", "remote")),
                    ("payment__in", ("at_booking", "before_start", "after_service")),
                    ("price_owner__in", ("worker", "tenant")),
                    ("pricing__in", ("fixed", "per_unit", "estimated", "quoted")),
                ),
                name="service_axes_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("booking_mode__in", ("instant", "dispatch")), ("pricing__in", ("quoted",))
                    ),
                    models.Q(("completion__in", ("pin",)), ("location__in", ("remote",))),
                    models.Q(("booking_mode__in", ("dispatch",)), ("price_owner__in", ("worker",))),
                    models.Q(("cash__in", (True,)), ("payment__in", ("after_service",))),
                    _connector="OR",
                    _negated=True,
                ),
                name="service_axes_go_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(
                            ("pricing", "per_unit"),
                            (
                                "unit__in",
                                (
                                    "half_hour",
                                    "hour",
                                    "day",
                                    "night",
                                    "visit",
                                    "item",
                                    "person",
                                    "pet",
                                    "m2",
                                ),
                            ),
                        ),
                        models.Q(models.Q(("pricing", "per_unit"), _negated=True), ("unit", "")),
                        _connector="OR",
                    ),
                    ("unit_max__gte", models.F("unit_min")),
                    ("unit_min__gte", 1),
                    ("unit_step__gte", 1),
                ),
                name="service_counts_what_has_a_price_per_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("minutes__gte", 15), ("pricing", "per_unit"), _connector="OR"),
                    ("minutes__lte", 720),
                    ("price_minor__gt", 0),
                ),
                name="service_length_and_price_sensible",
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("price_min_minor__isnull", True),
                        models.Q(
                            ("price_min_minor__gt", 0),
                            ("price_min_minor__lte", models.F("price_minor")),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("price_max_minor__isnull", True),
                        ("price_max_minor__gte", models.F("price_minor")),
                        _connector="OR",
                    ),
                ),
                name="service_price_within_its_limits",
            ),
        ),
        migrations.AddField(
            model_name="offeredvariant",
            name="offer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="variants",
                to="catalog.workerservice",
            ),
        ),
        migrations.AddField(
            model_name="offeredvariant",
            name="tenant",
            field=models.ForeignKey(
                db_default=kernel.isolation.CurrentTenant(),
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.tenant",
            ),
        ),
        migrations.AddField(
            model_name="variant",
            name="service",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="variants",
                to="catalog.service",
                verbose_name="service",
            ),
        ),
        migrations.AddField(
            model_name="variant",
            name="tenant",
            field=models.ForeignKey(
                db_default=kernel.isolation.CurrentTenant(),
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.tenant",
            ),
        ),
        migrations.AddField(
            model_name="offeredvariant",
            name="variant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.variant"
            ),
        ),
        migrations.AddConstraint(
            model_name="variant",
            constraint=models.UniqueConstraint(
                fields=("tenant", "service", "name"), name="variant_once_per_service"
            ),
        ),
        migrations.AddConstraint(
            model_name="variant",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__lte", 720), ("price_minor__gt", 0)),
                name="variant_within_limits",
            ),
        ),
        migrations.AddConstraint(
            model_name="offeredvariant",
            constraint=models.UniqueConstraint(
                fields=("tenant", "offer", "variant"), name="variant_once_per_offer"
            ),
        ),
        migrations.AddConstraint(
            model_name="offeredvariant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("price_minor__isnull", True), ("price_minor__gt", 0), _connector="OR"
                ),
                name="offered_variant_price_sensible",
            ),
        ),
    ]

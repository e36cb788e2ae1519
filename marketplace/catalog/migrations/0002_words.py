"""Names of models and fields, for people."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0001_initial"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="addon",
            options={
                "ordering": ["position", "name"],
                "verbose_name": "extra",
                "verbose_name_plural": "extras",
            },
        ),
        migrations.AlterModelOptions(
            name="category",
            options={
                "ordering": ["position", "name"],
                "verbose_name": "category",
                "verbose_name_plural": "categories",
            },
        ),
        migrations.AlterModelOptions(
            name="service",
            options={
                "ordering": ["position", "name"],
                "verbose_name": "service",
                "verbose_name_plural": "services",
            },
        ),
        migrations.AlterModelOptions(
            name="zone",
            options={
                "ordering": ["position", "name"],
                "verbose_name": "part of town",
                "verbose_name_plural": "parts of town",
            },
        ),
        migrations.AlterField(
            model_name="addon",
            name="active",
            field=models.BooleanField(default=True, verbose_name="active"),
        ),
        migrations.AlterField(
            model_name="addon",
            name="max_quantity",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="at most"),
        ),
        migrations.AlterField(
            model_name="addon",
            name="minutes",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="extra minutes"),
        ),
        migrations.AlterField(
            model_name="addon",
            name="name",
            field=models.CharField(max_length=80, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="addon",
            name="position",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="place in the list"),
        ),
        migrations.AlterField(
            model_name="addon",
            name="price_minor",
            field=models.BigIntegerField(verbose_name="price"),
        ),
        migrations.AlterField(
            model_name="addon",
            name="service",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="add_ons",
                to="catalog.service",
                verbose_name="service",
            ),
        ),
        migrations.AlterField(
            model_name="category",
            name="archived",
            field=models.BooleanField(default=False, verbose_name="archived"),
        ),
        migrations.AlterField(
            model_name="category",
            name="description",
            field=models.CharField(blank=True, max_length=300, verbose_name="description"),
        ),
        migrations.AlterField(
            model_name="category",
            name="icon",
            field=models.CharField(blank=True, max_length=30, verbose_name="icon"),
        ),
        migrations.AlterField(
            model_name="category",
            name="name",
            field=models.CharField(max_length=80, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="category",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="catalog.category",
                verbose_name="inside",
            ),
        ),
        migrations.AlterField(
            model_name="category",
            name="position",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="place in the list"),
        ),
        migrations.AlterField(
            model_name="service",
            name="active",
            field=models.BooleanField(default=True, verbose_name="active"),
        ),
        migrations.AlterField(
            model_name="service",
            name="booking_mode",
            field=models.CharField(
                choices=[("instant", "at once"), ("request", "the worker accepts")],
                default="instant",
                max_length=8,
                verbose_name="how it is booked",
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="buffer_after",
            field=models.PositiveSmallIntegerField(
                default=15, verbose_name="minutes kept free after"
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="buffer_before",
            field=models.PositiveSmallIntegerField(
                default=0, verbose_name="minutes kept free before"
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="category",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="services",
                to="catalog.category",
                verbose_name="category",
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="description",
            field=models.TextField(blank=True, max_length=1000, verbose_name="description"),
        ),
        migrations.AlterField(
            model_name="service",
            name="horizon_days",
            field=models.PositiveSmallIntegerField(default=60, verbose_name="days ahead"),
        ),
        migrations.AlterField(
            model_name="service",
            name="max_minutes_day",
            field=models.PositiveSmallIntegerField(
                default=600, verbose_name="minutes of work a day"
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="min_notice",
            field=models.PositiveIntegerField(default=120, verbose_name="notice in minutes"),
        ),
        migrations.AlterField(
            model_name="service",
            name="minutes",
            field=models.PositiveSmallIntegerField(verbose_name="length in minutes"),
        ),
        migrations.AlterField(
            model_name="service",
            name="name",
            field=models.CharField(max_length=80, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="service",
            name="position",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="place in the list"),
        ),
        migrations.AlterField(
            model_name="service",
            name="price_minor",
            field=models.BigIntegerField(verbose_name="price"),
        ),
        migrations.AlterField(
            model_name="service",
            name="slot_step",
            field=models.PositiveSmallIntegerField(
                default=30, verbose_name="minutes between starts"
            ),
        ),
        migrations.AlterField(
            model_name="zone",
            name="latitude",
            field=models.FloatField(verbose_name="latitude"),
        ),
        migrations.AlterField(
            model_name="zone",
            name="longitude",
            field=models.FloatField(verbose_name="longitude"),
        ),
        migrations.AlterField(
            model_name="zone",
            name="name",
            field=models.CharField(max_length=80, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="zone",
            name="position",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="place in the list"),
        ),
    ]

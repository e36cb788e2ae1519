"""Single dates, closed and imported time, times of services, feeds, and what waits."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import kernel.clock
import kernel.ids
import kernel.isolation


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0004_cash"),
        ("matching", "0003_rating_shown"),
        ("tenancy", "0011_recovery"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("secret_hash", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(default=kernel.clock.now)),
                ("read_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="DateRow",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("on", models.DateField()),
                ("starts", models.TimeField(null=True)),
                ("ends", models.TimeField(null=True)),
                (
                    "services",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
            ],
            options={
                "ordering": ["on", "starts"],
            },
        ),
        migrations.CreateModel(
            name="OwnTimes",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("buffer_before", models.PositiveSmallIntegerField(null=True)),
                ("buffer_after", models.PositiveSmallIntegerField(null=True)),
                ("min_notice", models.PositiveIntegerField(null=True)),
                ("horizon_days", models.PositiveSmallIntegerField(null=True)),
                ("slot_step", models.PositiveSmallIntegerField(null=True)),
                ("max_jobs_day", models.PositiveSmallIntegerField(null=True)),
                ("max_minutes_day", models.PositiveSmallIntegerField(null=True)),
                ("min_rest_hours", models.PositiveSmallIntegerField(null=True)),
                ("rest_mode", models.CharField(max_length=5, null=True)),
                ("units", models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                "verbose_name_plural": "own times",
            },
        ),
        migrations.CreateModel(
            name="ServiceTimes",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "room",
                    models.CharField(
                        choices=[
                            ("exclusive", "exclusive"),
                            ("capacity", "capacity"),
                            ("background", "background"),
                        ],
                        default="exclusive",
                        max_length=10,
                    ),
                ),
                (
                    "units",
                    models.PositiveSmallIntegerField(
                        help_text="How many at the same time.", null=True
                    ),
                ),
                ("request_blocks_slot", models.BooleanField(default=True)),
                ("max_jobs_day", models.PositiveSmallIntegerField(null=True)),
                ("min_rest_hours", models.PositiveSmallIntegerField(null=True)),
                ("rest_mode", models.CharField(max_length=5, null=True)),
            ],
            options={
                "verbose_name_plural": "times of services",
            },
        ),
        migrations.AddField(
            model_name="occupancy",
            name="offer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalog.workerservice",
            ),
        ),
        migrations.AddField(
            model_name="occupancy",
            name="waits",
            field=models.BooleanField(
                default=False,
                help_text="Takes no time until somebody accepts; then it must be free.",
            ),
        ),
        migrations.AddField(
            model_name="planrow",
            name="services",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(),
                blank=True,
                default=list,
                help_text="Ids of services; none means all.",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="timeoff",
            name="kind",
            field=models.CharField(default="off", max_length=8),
        ),
        migrations.AddField(
            model_name="timeoff",
            name="stand_in",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="catalog.worker",
            ),
        ),
        migrations.AddConstraint(
            model_name="occupancy",
            constraint=models.CheckConstraint(
                condition=models.Q(("waits", False), ("active", False), _connector="OR"),
                name="occupancy_that_waits_takes_no_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="timeoff",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("off", "closed", "imported"))),
                name="time_off_kind_known",
            ),
        ),
        migrations.AddField(
            model_name="calendarfeed",
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
            model_name="calendarfeed",
            name="worker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.worker"
            ),
        ),
        migrations.AddField(
            model_name="daterow",
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
            model_name="daterow",
            name="worker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.worker"
            ),
        ),
        migrations.AddField(
            model_name="owntimes",
            name="offer",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="catalog.workerservice",
            ),
        ),
        migrations.AddField(
            model_name="owntimes",
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
            model_name="servicetimes",
            name="service",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.service"
            ),
        ),
        migrations.AddField(
            model_name="servicetimes",
            name="tenant",
            field=models.ForeignKey(
                db_default=kernel.isolation.CurrentTenant(),
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.tenant",
            ),
        ),
        migrations.AddConstraint(
            model_name="calendarfeed",
            constraint=models.UniqueConstraint(
                fields=("tenant", "secret_hash"), name="feed_secret_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="calendarfeed",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True)),
                fields=("tenant", "worker"),
                name="one_living_feed_per_worker",
            ),
        ),
        migrations.AddConstraint(
            model_name="daterow",
            constraint=models.UniqueConstraint(
                fields=("tenant", "worker", "on", "starts"),
                name="date_row_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="daterow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ends__isnull", True), ("starts__isnull", True)),
                    models.Q(("ends__isnull", False), ("starts__isnull", False)),
                    _connector="OR",
                ),
                name="date_row_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="owntimes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("rest_mode__isnull", True),
                        ("rest_mode__in", ("warn", "block")),
                        _connector="OR",
                    ),
                    models.Q(
                        ("buffer_before__isnull", True),
                        ("buffer_before__range", (0, 240)),
                        _connector="OR",
                    ),
                    models.Q(
                        ("buffer_after__isnull", True),
                        ("buffer_after__range", (0, 240)),
                        _connector="OR",
                    ),
                    models.Q(
                        ("min_notice__isnull", True),
                        ("min_notice__range", (0, 20160)),
                        _connector="OR",
                    ),
                    models.Q(
                        ("horizon_days__isnull", True),
                        ("horizon_days__range", (1, 366)),
                        _connector="OR",
                    ),
                    models.Q(
                        ("slot_step__isnull", True), ("slot_step__range", (5, 240)), _connector="OR"
                    ),
                    models.Q(
                        ("max_jobs_day__isnull", True),
                        ("max_jobs_day__range", (1, 50)),
                        _connector="OR",
                    ),
                    models.Q(
                        ("max_minutes_day__isnull", True),
                        ("max_minutes_day__range", (15, 1440)),
                        _connector="OR",
                    ),
                    models.Q(
                        ("min_rest_hours__isnull", True),
                        ("min_rest_hours__range", (0, 24)),
                        _connector="OR",
                    ),
                    models.Q(("units__isnull", True), ("units__range", (1, 100)), _connector="OR"),
                ),
                name="own_times_within_limits",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicetimes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("rest_mode__isnull", True),
                        ("rest_mode__in", ("warn", "block")),
                        _connector="OR",
                    ),
                    models.Q(
                        ("max_jobs_day__isnull", True),
                        ("max_jobs_day__range", (1, 50)),
                        _connector="OR",
                    ),
                    models.Q(
                        ("min_rest_hours__isnull", True),
                        ("min_rest_hours__range", (0, 24)),
                        _connector="OR",
                    ),
                    models.Q(("units__isnull", True), ("units__range", (1, 100)), _connector="OR"),
                    ("room__in", ["exclusive", "capacity", "background"]),
                ),
                name="service_times_within_limits",
            ),
        ),
    ]

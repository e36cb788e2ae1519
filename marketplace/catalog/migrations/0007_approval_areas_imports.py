"""What waits to be read, suspensions, parts of areas, and lists that are brought along."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import kernel.clock
import kernel.ids
import kernel.isolation


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0006_questions"),
        ("tenancy", "0011_recovery"),
    ]

    operations = [
        migrations.CreateModel(
            name="AreaPart",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("circle", "a circle"),
                            ("zone", "a part of town"),
                            ("postal", "a postal code"),
                        ],
                        max_length=6,
                    ),
                ),
                ("excluded", models.BooleanField(default=False)),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("radius_km", models.FloatField(null=True)),
                ("postal_code", models.CharField(blank=True, max_length=12)),
            ],
        ),
        migrations.CreateModel(
            name="ExternalId",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=9)),
                ("external_id", models.CharField(max_length=80)),
                ("row_id", models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name="ImportJob",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=9)),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="What the file was called.", max_length=120
                    ),
                ),
                ("content", models.BinaryField(help_text="Sealed: it names people.")),
                ("state", models.CharField(default="checking", max_length=8)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("read", models.PositiveIntegerField(default=0)),
                ("made", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                (
                    "problems",
                    models.JSONField(
                        default=list, help_text="The first thousand: row, column, reason."
                    ),
                ),
                ("problem_count", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField(default=kernel.clock.now)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-made_at"],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("changes", models.JSONField(default=list)),
                ("state", models.CharField(default="pending", max_length=8)),
                ("made_at", models.DateTimeField(default=kernel.clock.now)),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=1000)),
            ],
            options={
                "ordering": ["made_at"],
            },
        ),
        migrations.CreateModel(
            name="Suspension",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reason", models.CharField(max_length=20)),
                ("note", models.TextField(max_length=1000)),
                ("evidence", models.TextField(max_length=2000)),
                ("state", models.CharField(max_length=9)),
                ("proposed_at", models.DateTimeField(default=kernel.clock.now)),
                ("effective_at", models.DateTimeField(null=True)),
                (
                    "lapses_at",
                    models.DateTimeField(
                        help_text="Unless a decision is written by then.", null=True
                    ),
                ),
                ("decision", models.TextField(blank=True, max_length=2000)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-proposed_at"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="workerservice",
            name="worker_service_state_known",
        ),
        migrations.AddField(
            model_name="worker",
            name="goes_around",
            field=models.BooleanField(default=True, help_text="The circle is part of the area."),
        ),
        migrations.AddField(
            model_name="worker",
            name="paused_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="worker",
            name="tier",
            field=models.CharField(blank=True, help_text="A label set by the team.", max_length=20),
        ),
        migrations.AddField(
            model_name="workerservice",
            name="about",
            field=models.TextField(blank=True, max_length=2000),
        ),
        migrations.AddField(
            model_name="workerservice",
            name="photo_ids",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), blank=True, default=list, size=12
            ),
        ),
        migrations.AddField(
            model_name="workerservice",
            name="state_at",
            field=models.DateTimeField(default=kernel.clock.now),
        ),
        migrations.AddField(
            model_name="workerservice",
            name="state_note",
            field=models.CharField(blank=True, max_length=1000),
        ),
        migrations.AddField(
            model_name="zone",
            name="border",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.FloatField(), size=None
                ),
                blank=True,
                default=list,
                size=None,
                verbose_name="border",
            ),
        ),
        migrations.AddConstraint(
            model_name="workerservice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("draft", "pending", "published", "hidden", "rejected"))
                ),
                name="worker_service_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="workerservice",
            constraint=models.CheckConstraint(
                condition=models.Q(("photo_ids__len__lte", 12)), name="worker_service_photos_few"
            ),
        ),
        migrations.AddConstraint(
            model_name="zone",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("border__len", 0), ("border__len__range", (3, 200)), _connector="OR"
                ),
                name="zone_border_has_up_to_200_corners",
            ),
        ),
        migrations.AddField(
            model_name="areapart",
            name="offer",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="area_parts",
                to="catalog.workerservice",
            ),
        ),
        migrations.AddField(
            model_name="areapart",
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
            model_name="areapart",
            name="worker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="area_parts",
                to="catalog.worker",
            ),
        ),
        migrations.AddField(
            model_name="areapart",
            name="zone",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalog.zone",
            ),
        ),
        migrations.AddField(
            model_name="externalid",
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
            model_name="importjob",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="importjob",
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
            model_name="revision",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="offer",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="catalog.workerservice",
            ),
        ),
        migrations.AddField(
            model_name="revision",
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
            model_name="revision",
            name="worker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.worker"
            ),
        ),
        migrations.AddField(
            model_name="suspension",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="suspension",
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
            model_name="suspension",
            name="worker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.worker"
            ),
        ),
        migrations.AddConstraint(
            model_name="areapart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "circle"),
                        ("latitude__range", (-90, 90)),
                        ("longitude__range", (-180, 180)),
                        ("postal_code", ""),
                        ("radius_km__range", (1, 100)),
                        ("zone__isnull", True),
                    ),
                    models.Q(
                        ("kind", "zone"),
                        ("postal_code", ""),
                        ("radius_km__isnull", True),
                        ("zone__isnull", False),
                    ),
                    models.Q(
                        ("kind", "postal"),
                        ("radius_km__isnull", True),
                        ("zone__isnull", True),
                        models.Q(("postal_code", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="area_part_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="externalid",
            constraint=models.UniqueConstraint(
                fields=("tenant", "kind", "external_id"), name="external_id_means_one_row"
            ),
        ),
        migrations.AddConstraint(
            model_name="importjob",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ("services", "workers", "customers")),
                    ("state__in", ("checking", "checked", "refused", "running", "done", "failed")),
                ),
                name="import_of_a_known_kind_and_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="importjob",
            constraint=models.CheckConstraint(
                condition=models.Q(("read__lte", models.F("rows")), ("rows__lte", 50000)),
                name="import_reads_no_more_than_there_is",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "pending")),
                fields=("tenant", "worker", "offer"),
                name="one_revision_waits",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state", "pending")),
                    models.Q(
                        ("decided_at__isnull", False), ("state__in", ("approved", "rejected"))
                    ),
                    _connector="OR",
                ),
                name="revision_is_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("proposed", "notified", "held", "decided"))),
                fields=("tenant", "worker"),
                name="one_suspension_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("proposed", "dismissed")),
                    ("decided_by__isnull", False),
                    _connector="OR",
                ),
                name="suspension_decided_by_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("state", "held"), _negated=True),
                        ("lapses_at__isnull", False),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("state", "decided"), _negated=True),
                        models.Q(("decision", ""), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="suspension_held_for_a_while_or_decided_in_writing",
            ),
        ),
    ]

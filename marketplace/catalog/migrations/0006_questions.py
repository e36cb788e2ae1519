"""Questions of a tenant's own, and their answers."""

import django.db.models.deletion
from django.db import migrations, models

import kernel.clock
import kernel.ids
import kernel.isolation


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0005_axes"),
        ("tenancy", "0011_recovery"),
    ]

    operations = [
        migrations.CreateModel(
            name="CustomField",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("texts", models.JSONField(blank=True, default=dict)),
                (
                    "target",
                    models.CharField(
                        choices=[
                            ("booking", "a visit, when it is booked"),
                            ("service", "a worker's service"),
                            ("worker", "a worker"),
                            ("customer", "a customer"),
                            ("job", "a job that a customer describes"),
                        ],
                        max_length=8,
                        verbose_name="asked about",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="For programs. It can never be changed.",
                        max_length=40,
                        verbose_name="code",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "a line"),
                            ("long_text", "a text"),
                            ("integer", "a whole number"),
                            ("decimal", "a number"),
                            ("boolean", "yes or no"),
                            ("enum", "one of several"),
                            ("multi_enum", "some of several"),
                            ("date", "a day"),
                            ("file", "a file"),
                        ],
                        max_length=10,
                        verbose_name="kind of answer",
                    ),
                ),
                ("label", models.CharField(max_length=120, verbose_name="question")),
                ("help", models.CharField(blank=True, max_length=300, verbose_name="hint")),
                ("required", models.BooleanField(default=False, verbose_name="has to be answered")),
                (
                    "options",
                    models.JSONField(
                        blank=True, default=list, verbose_name="answers to choose from"
                    ),
                ),
                (
                    "least",
                    models.CharField(
                        blank=True,
                        help_text="A number, a day (2026-12-31), or for texts how many letters.",
                        max_length=20,
                        verbose_name="at least",
                    ),
                ),
                ("most", models.CharField(blank=True, max_length=20, verbose_name="at most")),
                (
                    "filterable",
                    models.BooleanField(default=False, verbose_name="people can search by it"),
                ),
                (
                    "moderated",
                    models.BooleanField(
                        default=False, verbose_name="the team reads every change first"
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("public", "everybody"),
                            ("protected", "both sides of a visit"),
                            ("staff", "the team"),
                        ],
                        default="public",
                        max_length=9,
                        verbose_name="who sees the answer",
                    ),
                ),
                (
                    "sensitive",
                    models.BooleanField(
                        default=False,
                        help_text="Health, or how to get in: sealed, and told only for the visit.",
                        verbose_name="sensitive",
                    ),
                ),
                (
                    "consent",
                    models.CharField(
                        blank=True,
                        help_text="Only for sensitive questions: what the answer is used for.",
                        max_length=300,
                        verbose_name="what people agree to",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=0, verbose_name="place in the list"),
                ),
                ("archived", models.BooleanField(default=False, verbose_name="archived")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        help_text="And in everything inside it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.category",
                        verbose_name="only in this category",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_default=kernel.isolation.CurrentTenant(),
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": ["target", "position", "code"],
            },
        ),
        migrations.CreateModel(
            name="FieldValue",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "subject_id",
                    models.UUIDField(
                        help_text="A worker's service, a worker, a membership, a quote or a job."
                    ),
                ),
                ("value", models.JSONField(null=True)),
                ("sealed", models.BinaryField(null=True)),
                ("consent_at", models.DateTimeField(null=True)),
                ("said_at", models.DateTimeField(default=kernel.clock.now)),
                (
                    "field",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.customfield",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_default=kernel.isolation.CurrentTenant(),
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="customfield",
            constraint=models.UniqueConstraint(
                fields=("tenant", "target", "code"), name="field_code_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="customfield",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("code__regex", "^[a-z][a-z0-9_]{0,39}$"),
                    (
                        "kind__in",
                        (
                            "text",
                            "long_text",
                            "integer",
                            "decimal",
                            "boolean",
                            "enum",
                            "multi_enum",
                            "date",
                            "file",
                        ),
                    ),
                    ("target__in", ("service", "worker", "customer", "booking", "job")),
                    ("visibility__in", ("public", "protected", "staff")),
                ),
                name="field_of_a_known_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="customfield",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("consent", ""), ("sensitive", False)),
                    models.Q(
                        ("filterable", False),
                        ("sensitive", True),
                        models.Q(("consent", ""), _negated=True),
                        models.Q(("visibility", "public"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="field_sensitive_is_kept_apart",
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldvalue",
            constraint=models.UniqueConstraint(
                fields=("tenant", "subject_id", "field"), name="one_answer_to_a_question"
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldvalue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("consent_at__isnull", True),
                        ("sealed__isnull", True),
                        ("value__isnull", False),
                    ),
                    models.Q(
                        ("consent_at__isnull", False),
                        ("sealed__isnull", False),
                        ("value__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="answer_open_or_sealed_with_consent",
            ),
        ),
    ]

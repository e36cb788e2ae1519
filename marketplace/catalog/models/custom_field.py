"""Questions a tenant adds of its own, and what people answered."""

import json
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import clock, crypto
from kernel.context import current_tenant
from marketplace.catalog.models.category import Category
from marketplace.catalog.models.texts import Translated, said_in
from marketplace.catalog.rules import custom_fields as rules
from tenants.tenancy.models import TenantModel

CHANGEABLE = (
    *("label", "help", "texts", "required", "options", "least", "most", "category", "filterable"),
    *("moderated", "visibility", "consent", "position", "archived"),
)


class CustomField(Translated, TenantModel):
    """A question about one of five things. What it is about, its code and its kind never change.

    `options` is a list of {value, label, texts}. The database itself lets nobody change the rest.
    """

    rights: ClassVar[str] = (
        "select, insert, update (label, help, texts, required, options, least, most, category_id,"
        " filterable, moderated, visibility, consent, position, archived)"
    )

    target = models.CharField(
        _("asked about"),
        max_length=8,
        choices=[
            ("booking", _("a visit, when it is booked")),
            ("service", _("a worker's service")),
            ("worker", _("a worker")),
            ("customer", _("a customer")),
            ("job", _("a job that a customer describes")),
        ],
    )
    code = models.CharField(
        _("code"), max_length=40, help_text=_("For programs. It can never be changed.")
    )
    kind = models.CharField(
        _("kind of answer"),
        max_length=10,
        choices=[
            ("text", _("a line")),
            ("long_text", _("a text")),
            ("integer", _("a whole number")),
            ("decimal", _("a number")),
            ("boolean", _("yes or no")),
            ("enum", _("one of several")),
            ("multi_enum", _("some of several")),
            ("date", _("a day")),
            ("file", _("a file")),
        ],
    )
    label = models.CharField(_("question"), max_length=120)
    help = models.CharField(_("hint"), max_length=300, blank=True)
    required = models.BooleanField(_("has to be answered"), default=False)
    options = models.JSONField(_("answers to choose from"), default=list, blank=True)
    least = models.CharField(
        pgettext_lazy("answer", "at least"),
        max_length=20,
        blank=True,
        help_text=_("A number, a day (2026-12-31), or for texts how many letters."),
    )
    most = models.CharField(pgettext_lazy("answer", "at most"), max_length=20, blank=True)
    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only in this category"),
        help_text=_("And in everything inside it."),
    )
    filterable = models.BooleanField(_("people can search by it"), default=False)
    moderated = models.BooleanField(_("the team reads every change first"), default=False)
    visibility = models.CharField(
        _("who sees the answer"),
        max_length=9,
        default="public",
        choices=[
            ("public", _("everybody")),
            ("protected", _("both sides of a visit")),
            ("staff", _("the team")),
        ],
    )
    sensitive = models.BooleanField(
        _("sensitive"),
        default=False,
        help_text=_("Health, or how to get in: sealed, and told only for the visit."),
    )
    consent = models.CharField(
        _("what people agree to"),
        max_length=300,
        blank=True,
        help_text=_("Only for sensitive questions: what the answer is used for."),
    )
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    archived = models.BooleanField(_("archived"), default=False)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["target", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "target", "code"], name="field_code_unique"),
            models.CheckConstraint(
                name="field_of_a_known_kind",
                condition=Q(
                    target__in=rules.TARGETS,
                    kind__in=rules.KINDS,
                    visibility__in=rules.VISIBILITIES,
                    code__regex=r"^[a-z][a-z0-9_]{0,39}$",
                ),
            ),
            models.CheckConstraint(
                name="field_sensitive_is_kept_apart",
                condition=Q(sensitive=False, consent="")
                | (Q(sensitive=True, filterable=False) & ~Q(consent="") & ~Q(visibility="public")),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def rule(self) -> rules.Field:
        """The question as the rule knows it."""
        plain = {
            name: getattr(self, name)
            for name in rules.Field.__slots__
            if name not in ("options", "category")
        }
        values = tuple(str(each["value"]) for each in self.options)
        return rules.Field(options=values, category=self.category_id, **plain)

    def choices(self) -> list[tuple[str, str]]:
        """Return the answers to choose from, for whoever reads now."""
        return [
            (str(each["value"]), said_in(each.get("texts", {}), str(each["label"])))
            for each in self.options
        ]


class FieldValue(TenantModel):
    """What was answered about one thing. A sensitive answer is sealed, bound to its row."""

    field = models.ForeignKey(CustomField, on_delete=models.PROTECT, related_name="+")
    subject_id = models.UUIDField(
        help_text="A worker's service, a worker, a membership, a quote or a job."
    )
    value = models.JSONField(null=True)
    sealed = models.BinaryField(null=True)
    consent_at = models.DateTimeField(null=True)
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "subject_id", "field"], name="one_answer_to_a_question"
            ),
            models.CheckConstraint(
                name="answer_open_or_sealed_with_consent",
                condition=Q(value__isnull=False, sealed__isnull=True, consent_at__isnull=True)
                | Q(value__isnull=True, sealed__isnull=False, consent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field.code}: {'…' if self.value is None else self.value}"

    @property
    def answer(self) -> object:
        """What was answered. Who may read it, and when, is decided by whoever asks."""
        if self.sealed is None:
            return self.value
        return json.loads(crypto.unseal(bytes(self.sealed), about=self._about))

    def keep(self, answer: object, *, sensitive: bool) -> None:
        """Take an answer, sealed if it is sensitive; whoever gave it has agreed to that."""
        self.said_at = clock.now()
        if sensitive:
            self.consent_at = self.said_at
            self.sealed = crypto.seal(json.dumps(answer).encode(), about=self._about)
        else:
            self.value = answer

    @property
    def _about(self) -> str:
        return f"{current_tenant()}|catalog.fieldvalue|{self.field_id}|{self.subject_id}"

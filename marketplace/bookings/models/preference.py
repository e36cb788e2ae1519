"""What a customer would like of whoever comes, and agreed that they read."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kernel import clock, crypto
from kernel.context import current_tenant
from marketplace.bookings.rules import preferences as rules
from marketplace.catalog.models import Service
from tenants.tenancy.models import Membership, TenantModel

SCOPES = ("any", "favourites", "service")


class Preference(TenantModel):
    """A wish with consent: sealed, for some visits, until a day. Withdrawn, its words are gone.

    `code` and `answer` name something that workers say of their service, so that it can be
    checked when somebody is looked for; words alone are only read by whoever comes.
    """

    rights: ClassVar[str] = "select, insert, update, delete"

    customer = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    scope = models.CharField(max_length=10)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, related_name="+")
    text_sealed = models.BinaryField()
    sensitive = models.BooleanField(default=False)
    code = models.CharField(max_length=40, blank=True)
    answer = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    consent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="preference_scope_known", condition=Q(scope__in=SCOPES)),
            models.CheckConstraint(
                name="preference_names_its_service",
                condition=Q(scope="service", service__isnull=False)
                | (~Q(scope="service") & Q(service__isnull=True)),
            ),
            models.CheckConstraint(
                name="preference_lasts_a_year_at_most",
                condition=Q(expires_at__lte=F("consent_at") + timedelta(days=365)),
            ),
            models.CheckConstraint(
                name="preference_withdrawn_is_empty",
                condition=Q(withdrawn_at__isnull=True) | Q(text_sealed=b""),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "customer"], name="preference_of_customer")]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.scope}"

    @property
    def text(self) -> str:
        """The words. Who may read them, and when, is decided by visibility."""
        sealed = bytes(self.text_sealed)
        return crypto.unseal(sealed, about=self._about).decode() if sealed else ""

    @text.setter
    def text(self, words: str) -> None:
        self.text_sealed = crypto.seal(words.encode(), about=self._about) if words else b""

    @property
    def stated(self) -> rules.Stated:
        """The preference as the rules know it."""
        return rules.Stated(
            key=self.pk,
            scope=self.scope,
            made_at=self.made_at,
            expires_at=self.expires_at,
            service_id=self.service_id,
            withdrawn=self.withdrawn_at is not None,
        )

    @property
    def _about(self) -> str:
        return f"{current_tenant()}|bookings.preference.text|{self.pk}"

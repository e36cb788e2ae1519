"""What somebody was told about taking money out, as it was told."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from kernel import clock
from tenants.tenancy.models import Membership, TenantModel


class KeptQuote(TenantModel):
    """An answer to "what can I take out?", with all that it was worked out from."""

    rights: ClassVar[str] = "select, insert"

    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField(help_text="What was asked about.")
    facts = models.JSONField(encoder=DjangoJSONEncoder)
    policy = models.JSONField(encoder=DjangoJSONEncoder)
    answer = models.JSONField(encoder=DjangoJSONEncoder)
    terms = models.JSONField(help_text="What the answer means for this amount.")
    disclosure = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["tenant", "member"], name="quote_of_member")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.amount_minor} {self.currency}"

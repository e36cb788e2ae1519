"""The ledger, to read. Its tables and guards are made by migrations; only `post` writes."""

from uuid import UUID

from django.db import models

from tenants.tenancy.models.tenant import OfThisTenant

THE_BUSINESS = UUID(int=0)  # Who owns the accounts that belong to nobody in particular.


class Account(models.Model):
    """Where money is, or whose it is: one per kind, owner and currency."""

    id = models.BigIntegerField(primary_key=True)
    tenant_id = models.BigIntegerField()
    kind = models.TextField()
    owner_id = models.UUIDField()
    sub = models.TextField()
    currency = models.TextField()
    normal = models.SmallIntegerField()
    strict = models.BooleanField()

    objects = OfThisTenant["Account"]()

    class Meta:
        managed = False
        db_table = 'ledger"."account'

    def __str__(self) -> str:
        return f"{self.kind} {self.currency}"


class Balance(models.Model):
    """What is on an account that can never fall below zero."""

    account = models.OneToOneField(
        Account, primary_key=True, on_delete=models.DO_NOTHING, related_name="balance"
    )
    tenant_id = models.BigIntegerField()
    normal = models.SmallIntegerField()
    balance = models.BigIntegerField()
    frozen = models.BooleanField()
    version = models.BigIntegerField()

    objects = OfThisTenant["Balance"]()

    class Meta:
        managed = False
        db_table = 'ledger"."balance'

    def __str__(self) -> str:
        return f"{self.account_id}: {self.balance}"


class Entry(models.Model):
    """One business fact, once."""

    id = models.UUIDField(primary_key=True)
    tenant_id = models.BigIntegerField()
    kind = models.TextField()
    idem_key = models.TextField()
    ref = models.TextField()
    reverses = models.ForeignKey(
        "self", null=True, on_delete=models.DO_NOTHING, db_column="reverses", related_name="+"
    )
    posted_at = models.DateTimeField()
    effective_at = models.DateTimeField()
    meta = models.JSONField()

    objects = OfThisTenant["Entry"]()

    class Meta:
        managed = False
        db_table = 'ledger"."entry'

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"


class Posting(models.Model):
    """One line of an entry; debits are positive."""

    pk = models.CompositePrimaryKey("entry_id", "seq")
    entry = models.ForeignKey(Entry, on_delete=models.DO_NOTHING, related_name="postings")
    seq = models.SmallIntegerField()
    tenant_id = models.BigIntegerField()
    account = models.ForeignKey(Account, on_delete=models.DO_NOTHING, related_name="postings")
    currency = models.TextField()
    amount = models.BigIntegerField()

    objects = OfThisTenant["Posting"]()

    class Meta:
        managed = False
        db_table = 'ledger"."posting'

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

"""Lend a tenant money for advances: `manage.py fund_float --tenant patitas --minor 90 --key 1`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kernel.actor import SYSTEM
from kernel.edge import working_for
from kernel.errors import Refusal
from kernel.money import Money
from payments.actions.fund_float import fund_float
from tenants.tenancy.queries import tenant_named


class Command(BaseCommand):
    help = "Add to the float from which wages are paid before customers' money has settled."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say whom to lend to, and how much."""
        parser.add_argument("--tenant", required=True, help="the tenant's short name")
        parser.add_argument("--minor", required=True, type=int, help="in minor units")
        parser.add_argument("--key", required=True, help="the same key again lends nothing twice")

    def handle(self, *args: Any, **options: Any) -> None:
        """Lend it, and print what the float has now."""
        try:
            tenant = tenant_named(options["tenant"])
            with working_for(tenant.pk):
                amount = Money(tenant.currency, options["minor"])
                left = fund_float(by=SYSTEM, amount=amount, key=options["key"])
        except Refusal as refusal:
            raise CommandError(f"{refusal.title} {refusal.details or ''}".strip()) from None
        self.stdout.write(f"{tenant.name}: {left}")

"""Compares the books of all tenants with themselves and with the payment company, for one day."""

from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kernel import clock
from kernel.context import HOUSE
from kernel.edge import working_for
from payments.actions.reconcile import reconcile
from payments.providers import provider_name
from payments.providers.base import ProviderError
from payments.tasks.recon import spread


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the day; yesterday if none is given."""
        parser.add_argument("--day", type=date.fromisoformat)
        parser.add_argument("--provider", default="")

    def handle(self, **options: Any) -> None:
        """Compare, let what was missed be looked at, and say what differs."""
        day = options["day"] or clock.now().date() - timedelta(days=1)
        provider = options["provider"] or provider_name()
        try:
            with working_for(HOUSE):
                findings = reconcile(provider=provider, day=day, final=False)
                spread(findings)
                if findings.look_again:
                    findings = reconcile(provider=provider, day=day, final=True)
        except ProviderError as error:
            raise CommandError(f"{provider} does not answer: {error}") from error
        run = findings.run
        for each in run.figures:
            holds = "=" if each["ours"] == each["theirs"] else "≠"
            where = each["account"] or each["tenant_id"] or "all"
            self.stdout.write(
                f"{each['equation']} {where} {each['currency']}: "
                f"{each['ours']} {holds} {each['theirs']}"
            )
        self.stdout.write(
            f"{run.lines} lines on {day}, {run.open_lines} without a match, "
            f"{len(run.broken)} equations broken."
        )

"""Let a tenant's bookings go on with another version: `manage.py migrate_bookings --tenant x`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kernel.edge import working_for
from kernel.errors import Refusal
from marketplace.bookings.actions.migrate_process import migrate_bookings
from marketplace.bookings.rules.process import BOOKING, State
from tenants.tenancy.queries import tenant_named


class Command(BaseCommand):
    help = "Show where bookings of one version of the process would go on in another; --apply does."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say whose bookings, between which versions, and which states change their name."""
        parser.add_argument("--tenant", required=True, help="the tenant's short name")
        parser.add_argument("--from", required=True, type=int, dest="from_version")
        parser.add_argument("--to", required=True, type=int, dest="to_version")
        parser.add_argument("--map", nargs="*", default=[], metavar="old=new", dest="renamed")
        parser.add_argument("--apply", action="store_true", help="do it; else only say what would")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it or say it, and print how many bookings go from which state to which."""
        try:
            by_map = dict(_pair(each) for each in options["renamed"])
            with working_for(tenant_named(options["tenant"]).pk):
                found = migrate_bookings(
                    code=BOOKING.code,
                    from_version=options["from_version"],
                    to_version=options["to_version"],
                    by_map=by_map,
                    apply=options["apply"],
                )
        except Refusal as refusal:
            raise CommandError(f"{refusal.title} {refusal.details or ''}".strip()) from None
        for (origin, goal), count in sorted(found.counts.items()):
            self.stdout.write(f"{origin} → {goal}: {count}")
        told = "migrated" if options["apply"] else "would be migrated (--apply does it)"
        self.stdout.write(f"{found.total} bookings {told}")


def _pair(text: str) -> tuple[State, State]:
    old, _, new = text.partition("=")
    try:
        return State(old), State(new)
    except ValueError:
        raise CommandError(f"--map takes old=new with states of the process, not {text}") from None

"""Open a marketplace from the command line: `manage.py open_tenant --slug patitas …`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kernel.errors import Refusal
from tenants.tenancy.actions.open_tenant import open_tenant, opening_in
from tenants.tenancy.actions.sign_up import find_or_make_user
from tenants.tenancy.countries import COUNTRIES
from tenants.tenancy.queries import origin_of
from tenants.tenancy.rules.niches import NICHES


class Command(BaseCommand):
    help = "Open a marketplace: its host, pages, office and owner."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what a marketplace needs."""
        parser.add_argument("--slug", required=True, help="its address: patitas → patitas.<domain>")
        parser.add_argument("--name", required=True)
        parser.add_argument("--niche", default="general", choices=NICHES)
        parser.add_argument("--country", default="MX", choices=COUNTRIES)
        parser.add_argument("--city", default="", help="the country's first, unless told")
        parser.add_argument("--color", default="#17624b", help="#rrggbb")
        parser.add_argument("--owner-email", required=True)
        parser.add_argument("--owner-first-name", default="")
        parser.add_argument("--owner-last-name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open it, and print where it is."""
        try:
            opening = opening_in(
                country_code=options["country"],
                slug=options["slug"],
                name=options["name"],
                niche=options["niche"],
                city=options["city"],
                brand_color=options["color"],
            )
            owner = find_or_make_user(
                email=options["owner_email"],
                first_name=options["owner_first_name"],
                last_name=options["owner_last_name"],
                locale=opening.locale,
            )
            tenant = open_tenant(opening=opening, owner=owner)
        except Refusal as refusal:
            raise CommandError(f"{refusal.title} {refusal.details or ''}".strip()) from None
        self.stdout.write(f"{tenant.name} is open at {origin_of(tenant)}/")
        self.stdout.write(f"{owner.email} owns it; the office is at {origin_of(tenant)}/office/")

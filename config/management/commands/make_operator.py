"""Lets a person see the money of all marketplaces, at the host where people sign in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kernel.actor import Role
from kernel.context import HOUSE
from kernel.edge import working_for
from tenants.tenancy.actions.join import join
from tenants.tenancy.actions.sign_up import find_or_make_user


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the person's e-mail address."""
        parser.add_argument("email")

    def handle(self, **options: Any) -> None:
        """Make the person one of the house's staff."""
        user = find_or_make_user(email=options["email"])
        with working_for(HOUSE):
            join(user=user, role=Role.STAFF)
        self.stdout.write(f"{options['email']} may look at /operator/money/ after signing in.")

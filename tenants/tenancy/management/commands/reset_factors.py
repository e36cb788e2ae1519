"""Takes away the second factor of somebody who has lost it, once the house knows it is them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kernel.errors import NotFound
from tenants.tenancy.actions.factors import reset_factors


class Command(BaseCommand):
    """For operators of the house; the person's money then rests for 72 hours everywhere."""

    help = "Take away a person's authenticator app and recovery codes."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the account."""
        parser.add_argument("email")

    def handle(self, *_: Any, email: str, **__: Any) -> None:
        """Do it, or say that there is no such account."""
        try:
            hold = reset_factors(email=email)
        except NotFound:
            raise CommandError("There is no account with this e-mail address.") from None
        self.stdout.write(f"Done. Their money waits until {hold.until:%Y-%m-%d %H:%M} UTC.")

"""`bin/manage stripe_events`: what our two webhook endpoints at Stripe subscribe to."""

from typing import Any

from django.core.management.base import BaseCommand

from payments.providers.stripe.events import ACCOUNT_EVENTS, PLATFORM_EVENTS


class Command(BaseCommand):
    """Prints a line per endpoint: where it listens, and the types with commas between them."""

    help = "Print the types of events to subscribe our webhook endpoints to."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print them."""
        for endpoint, kinds in (("platform", PLATFORM_EVENTS), ("connect", ACCOUNT_EVENTS)):
            self.stdout.write(f"/webhooks/stripe/main/{endpoint}\t{','.join(kinds)}")

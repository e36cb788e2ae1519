"""Works once more on what payment companies told us: what found nobody, or all of it."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kernel.context import HOUSE
from kernel.edge import working_for
from payments.actions.receive_event import replay_events

ALL = ("parked", "dead", "done", "ignored")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which events: by state, by age, or one of them."""
        parser.add_argument("--all", action="store_true", help="Also those that were worked on.")
        parser.add_argument("--days", type=int, help="Only what came in the last days.")
        parser.add_argument("--event", default="", help="Only the event with this id.")

    def handle(self, **options: Any) -> None:
        """Hand them out again; repeating changes nothing twice."""
        states = ALL if options["all"] or options["event"] else ("parked", "dead")
        since = timedelta(days=options["days"]) if options["days"] else None
        with working_for(HOUSE):
            count = replay_events(states=states, received_since=since, event_id=options["event"])
        self.stdout.write(f"{count} events will be worked on again.")

"""Migrate as the tables' owner, then wall off every table."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connection

from kernel.isolation import as_owner
from kernel.wall import wall_all


class Command(migrate.Command):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            super().handle(*args, **options)
            with connection.cursor() as cursor:
                walled = wall_all(cursor)
        if options["verbosity"]:
            self.stdout.write(f"{walled} tables stand behind the wall.")

"""Writes the reference that the tests hold the code against."""

from typing import Any

from django.core.management.base import BaseCommand

from config.reference import pages
from config.settings.environment import ROOT

FOLDER = ROOT / "docs/reference"


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options: Any) -> None:
        """Write every page."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name, text in pages().items():
            (FOLDER / name).write_text(text, encoding="utf-8")
        self.stdout.write(f"{len(pages())} pages written.")

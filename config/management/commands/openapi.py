"""Writes the description of the API that the tests hold the code against."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from config.api import api
from config.settings.environment import ROOT

SNAPSHOT = ROOT / "docs/reference/openapi.json"


def described() -> str:
    """Return the OpenAPI document as it is written down."""
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False, default=str) + "\n"


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options: Any) -> None:
        SNAPSHOT.parent.mkdir(parents=True, exist_ok=True)
        SNAPSHOT.write_text(described())
        self.stdout.write(f"{SNAPSHOT.relative_to(ROOT)} written.")

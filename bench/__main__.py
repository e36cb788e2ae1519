"""`bin/bench [name] [--json] [--size ROWS]`: runs measurements and prints their figures."""

import argparse
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.bench")
django.setup()

from bench.figures import MEASURES, OPTIONS  # noqa: E402 Django comes first.
from bench.scratch import scratch_database  # noqa: E402 Django comes first.
from kernel.plugins import import_all  # noqa: E402 Django comes first.


def main() -> int:
    """Measure what was asked for; 1 when a goal was missed."""
    import_all("bench.measures")
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("name", nargs="?", choices=sorted(MEASURES), help="all, when left out")
    parser.add_argument("--json", action="store_true", help="one object a line")
    parser.add_argument("--size", type=int, default=OPTIONS.size, help="rows to search among")
    options = parser.parse_args()
    OPTIONS.size = options.size
    missed = 0
    with scratch_database():
        for name in [options.name] if options.name else sorted(MEASURES):
            for figure in MEASURES[name]():
                sys.stdout.write((figure.as_json() if options.json else figure.as_text()) + "\n")
                sys.stdout.flush()
                missed += figure.met is False
    return 1 if missed else 0


sys.exit(main())

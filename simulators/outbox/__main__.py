"""`python -m simulators.outbox`: run the outbox until Ctrl-C."""

from __future__ import annotations

import sys

from simulators.outbox.cli import main

sys.exit(main())

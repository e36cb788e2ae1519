"""`python -m simulators.stripe`: run the sandbox until Ctrl-C."""

from __future__ import annotations

import sys

from simulators.stripe.cli import main

sys.exit(main())

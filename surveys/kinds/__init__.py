"""The kinds of questions, found by looking into this package."""

from kernel.plugins import import_all

import_all(__name__)

"""The kinds of questions, found by looking into this package."""

from kernel.plugins import import_all
from surveys.kinds.base import KINDS, Kind

import_all(__name__)

__all__ = ["KINDS", "Kind"]

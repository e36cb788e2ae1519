"""The ways to reach people, a file each. Adding one is adding a file."""

from kernel.plugins import import_all

import_all(__name__)

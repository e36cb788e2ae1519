"""Niche templates: what a new marketplace starts with. A file each; adding one is adding a file."""

from kernel.plugins import import_all

import_all(__name__)

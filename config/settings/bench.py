"""What a measurement runs with: like production where it costs time, on a scratch database."""

from config.settings.test import *

DATABASES["default"]["TEST"] = {"NAME": "oficio_bench"}  # noqa: F405 Taken whole.

"""This machine: demos and development, over plain HTTP, with simulators beside it."""

import os

os.environ.setdefault("PUBLIC_SCHEME", "http")
os.environ.setdefault("PUBLIC_PORT", ":8000")
os.environ.setdefault("OFICIO_SIMULATORS", "1")
os.environ.setdefault("STRIPE_API_BASE", "http://127.0.0.1:8098")
os.environ.setdefault("DEV_OUTBOX_URL", "http://127.0.0.1:8097")

from config.settings.base import *

WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

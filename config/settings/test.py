"""What makes tests fast, and deaf to the machine's environment."""

import os

os.environ["PUBLIC_SCHEME"] = "http"
os.environ["PUBLIC_PORT"] = ""
os.environ["OFICIO_SIMULATORS"] = "1"
os.environ.pop("DEV_OUTBOX_URL", None)
os.environ.pop("STRIPE_API_BASE", None)
os.environ["PAYMENTS_PROVIDER"] = "fake"

from config.settings.base import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
MIDDLEWARE = [each for each in MIDDLEWARE if "whitenoise" not in each]  # noqa: F405 Taken whole.
PRIVATE_FILES = "/tmp/oficio-tests/files"
MEDIA_ROOT = "/tmp/oficio-tests/media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

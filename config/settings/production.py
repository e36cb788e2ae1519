"""The real world: HTTPS only, every secret given, nothing simulated."""

from config.settings.base import *

SESSION_COOKIE_NAME = "__Host-sid"
SESSION_COOKIE_SECURE = True
HANDOFF_COOKIE_NAME = "__Host-ho"
DEVICE_COOKIE_NAME = "__Host-did"
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

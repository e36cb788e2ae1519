"""Headers: what a browser may load, and whom it may tell."""

from csp.constants import NONCE, NONE, SELF

from config.settings.environment import text

_SCHEME, _PORT = text("PUBLIC_SCHEME", "https"), text("PUBLIC_PORT", "")
_AUTH_HOST = f"auth.{text('PLATFORM_DOMAIN', 'localhost')}"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF, f"{_SCHEME}://{_AUTH_HOST}{_PORT}"],  # To prove who one is.
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
    "EXCLUDE_URL_PREFIXES": ("/office/",),  # Wagtail writes scripts and styles into its pages.
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

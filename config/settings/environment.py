"""What the environment says. `NAME_FILE` may point at a file that holds a secret."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class SecretMissing(SystemExit):
    """A secret that production needs is not in the environment."""


def text(name: str, default: str) -> str:
    """Return a variable, or its default."""
    return os.environ.get(name, default)


def flag(name: str) -> bool:
    """Tell whether a variable is switched on."""
    return os.environ.get(name, "") in {"1", "true", "yes"}


def secret(name: str) -> str:
    """Return a secret from NAME or the file NAME_FILE; on this machine only, a made-up one."""
    if name in os.environ:
        return os.environ[name]
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    if name in MADE_UP and os.environ.get("DJANGO_SETTINGS_MODULE") != "config.settings.production":
        return MADE_UP[name]
    raise SecretMissing(f"{name} is not set: give it, or {name}_FILE, in the environment.")


def optional_secret(name: str) -> str:
    """Return a secret that not every process may have, or nothing."""
    given = name in os.environ or f"{name}_FILE" in os.environ
    production = os.environ.get("DJANGO_SETTINGS_MODULE") == "config.settings.production"
    return "" if production and not given else secret(name)


# For tests and demos on one machine. Production refuses to start with them.
MADE_UP = {
    "SECRET_KEY": "made-up-for-this-machine-only-0123456789abcdefghijklmnopqrstuvwxyz",
    "KEYS_FIELDS": "1:" + "11" * 32,
    "KEYS_INDEX": "1:" + "22" * 32,
    "KEYS_BADGES": "1:" + bytes(range(32)).hex(),
    "KEYS_SIGNING": "1:" + "33" * 32,
    "WAVE_PUBLIC_KEY": "1:ff2ee45601ec1b67310c7790404585ae697331eee1c1f8cf2419731c1fff3e6b",
    "WAVE_PRIVATE_KEY": "1:" + "44" * 32,
    "STRIPE_API_KEY": "sk_test_sandbox",
    "STRIPE_WEBHOOK_SECRET_PLATFORM": "whsec_sandbox_platform",
    "STRIPE_WEBHOOK_SECRET_CONNECT": "whsec_sandbox_connect",
}

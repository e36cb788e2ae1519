"""How this sandbox is set up; everything has a default that behaves like the real service."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatch
from urllib.parse import urlsplit


@dataclass
class Settings:
    """The knobs of a sandbox. None means: as the real service does it."""

    base_url: str = "http://127.0.0.1:8098"
    business_name: str = "Oficio"
    platform_country: str = "MX"
    settles_after_days: int = 2
    payout_seconds: int | None = None
    voucher_seconds: int | None = None
    automatic_payouts: bool = True
    uncovered_reversal: str = "fail"
    # Patterns such as `http://*.localhost:8000`; empty: pages send people anywhere.
    return_origins: tuple[str, ...] = ()

    def may_return_to(self, url: str) -> bool:
        """Whether a page may send its visitor on to this address."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        return not self.return_origins or any(fnmatch(origin, o) for o in self.return_origins)

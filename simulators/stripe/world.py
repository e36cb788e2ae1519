"""The sandbox's inner services: rows, clock, timers; no HTTP here."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator

from simulators.stripe.errors import Json, no_such
from simulators.stripe.settings import Settings
from simulators.stripe.state import State

Timer = Callable[["World", Json], None]
TIMERS: dict[str, Timer] = {}
DAY = 86_400

# Family of rows, and the noun in "No such …", by the prefix of an identifier.
FAMILIES: dict[str, tuple[str, str]] = {
    "acct": ("accounts", "account"),
    "ba": ("external_accounts", "external account"),
    "card": ("external_accounts", "external account"),
    "cus": ("customers", "customer"),
    "pm": ("payment_methods", "PaymentMethod"),
    "cs": ("sessions", "checkout.session"),
    "seti": ("setup_intents", "setupintent"),
    "pi": ("payment_intents", "payment_intent"),
    "ch": ("charges", "charge"),
    "py": ("charges", "charge"),
    "re": ("refunds", "refund"),
    "pyr": ("refunds", "refund"),
    "tr": ("transfers", "transfer"),
    "trr": ("reversals", "transfer reversal"),
    "po": ("payouts", "payout"),
    "txn": ("balance_transactions", "balance transaction"),
    "du": ("disputes", "dispute"),
    "issfr": ("warnings", "early fraud warning"),
    "evt": ("events", "event"),
    "we": ("webhook_endpoints", "webhook endpoint"),
    "vs": ("verifications", "verification session"),
}


def on_timer(name: str) -> Callable[[Timer], Timer]:
    """Register what happens when a timer of this name is due."""

    def register(timer: Timer) -> Timer:
        TIMERS[name] = timer
        return timer

    return register


def prefix_of(key: str) -> str:
    """The kind of an identifier: `tr` of `tr_1abc`."""
    return key.split("_", 1)[0]


class World:
    """One platform, its connected accounts, and what happened to them."""

    def __init__(self, state: State, settings: Settings) -> None:
        self.state = state
        self.settings = settings
        self.platform = f"acct_1{state.digest('platform').hex()[:16]}"
        self.request_id: str | None = None
        self.request_key: str | None = None
        if self.platform not in self.family("accounts"):
            self._open_platform()

    def _open_platform(self) -> None:
        settings = self.settings
        self.add(
            {
                "id": self.platform,
                "object": "account",
                "country": settings.platform_country,
                "charges_enabled": True,
                "payouts_enabled": True,
                "details_submitted": True,
                "type": "standard",
                "business_profile": {"name": settings.business_name},
                "capabilities": {"card_payments": "active", "transfers": "active"},
                "metadata": {},
            },
            owner=self.platform,
        )

    # Rows

    @property
    def now(self) -> int:
        """The sandbox's own time, in seconds since 1970."""
        return self.state.now

    def family(self, name: str) -> dict[str, Json]:
        """All rows of a family by identifier, oldest first."""
        return self.state.rows.setdefault(name, {})

    def add(self, row: Json, *, owner: str) -> Json:
        """Remember a new row of an account."""
        family, _ = FAMILIES[prefix_of(row["id"])]
        row = {**row, "_owner": owner}
        row.setdefault("created", self.now)
        self.family(family)[row["id"]] = row
        return row

    def rows(self, family: str, owner: str | None = None) -> Iterator[Json]:
        """Rows of a family, newest first."""
        for row in reversed(list(self.family(family).values())):
            if owner is None or row["_owner"] == owner:
                yield row

    def find(self, key: str) -> Json | None:
        """Any row by its identifier, whoever owns it."""
        place = FAMILIES.get(prefix_of(key))
        return self.family(place[0]).get(key) if place else None

    def get(
        self, family: str, key: str, owner: str, *, param: str = "id", status: int = 404
    ) -> Json:
        """The account's own row; another's is as good as none."""
        row = self.family(family).get(key)
        if row is None or row["_owner"] != owner:
            noun = next(noun for name, noun in FAMILIES.values() if name == family)
            raise no_such(noun, key, param=param, status=status)
        return row

    # Time

    def later(self, at: int, name: str, **arguments: object) -> None:
        """Have the timer `name` fire at a moment, with these arguments."""
        self.state.counter += 1
        heapq.heappush(self.state.timers, [at, self.state.counter, name, arguments])

    def advance(self, to: int) -> int:
        """Move the clock forward and let everything due happen in order; how much happened."""
        fired = 0
        while self.state.timers and self.state.timers[0][0] <= to:
            at, _, name, arguments = heapq.heappop(self.state.timers)
            self.state.now = max(self.state.now, at)
            TIMERS[name](self, arguments)
            fired += 1
        self.state.now = max(self.state.now, to)
        return fired

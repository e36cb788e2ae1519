"""The story's hands in the world outside: customers who pay, banks that answer, time."""

import json
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.test import Client

from config.demo.services import DemoError


@dataclass(frozen=True, slots=True)
class Sandbox:
    """The payment company's sandbox, driven from outside."""

    url: str

    def call(self, method: str, path: str, wish: dict[str, Any] | None = None) -> Any:
        """Call the sandbox's control API and return its answer."""
        body = None if wish is None else json.dumps(wish).encode()
        request = urllib.request.Request(f"{self.url}{path}", data=body, method=method)
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def begin_at(self, moment: datetime) -> None:
        """Turn the clock back to where a story begins, and keep its news until they are fetched."""
        self.call("POST", "/control/clock", {"mode": "manual", "now": int(moment.timestamp())})
        self.call("POST", "/control/webhooks", {"delivery": "pull"})

    def advance_to(self, moment: datetime) -> None:
        """Let time pass there, too."""
        self.call("POST", "/control/clock", {"now": int(moment.timestamp())})

    def go_live(self) -> None:
        """From now on its clock is the real one, and it calls us."""
        self.call("POST", "/control/clock", {"mode": "real"})
        self.call("POST", "/control/webhooks", {"delivery": "push"})

    def pay(self, session_id: str, *, card: str = "visa") -> None:
        """Pay as a customer does on the company's page."""
        self.call("POST", f"/control/sessions/{session_id}/pay", {"card": card})

    def onboard(self, account_id: str) -> None:
        """Give the company what it asks before it pays somebody out."""
        self.call("POST", f"/control/onboarding/{account_id}", {"outcome": "complete"})

    def fetch_news(self) -> int:
        """Bring what the company has to say to our webhook door; return how many there were."""
        brought = 0
        while news := self.call("GET", "/control/deliveries"):
            for each in news:
                _bring(each)
            self.call("POST", "/control/deliveries/ack", {"ids": [each["id"] for each in news]})
            brought += len(news)
        return brought


def _bring(delivery: dict[str, Any]) -> None:
    client = Client(headers={"host": "localhost"})
    answer = client.post(
        f"/webhooks/stripe/main/{delivery['endpoint']}",
        data=delivery["payload"],
        content_type="application/json",
        headers={"stripe-signature": delivery["headers"]["Stripe-Signature"]},
    )
    if answer.status_code != 200:
        raise DemoError(f"our webhook door said {answer.status_code} to {delivery['id']}")

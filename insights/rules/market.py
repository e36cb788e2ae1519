"""Does the marketplace match? Rates over requests and over chains of a customer's retries."""

from collections.abc import Mapping, Sequence
from math import floor
from typing import Any

RETRY_WITHIN_MINUTES = 24 * 60

Request = Mapping[str, Any]


def percentile(values: Sequence[float], q: float) -> float | None:
    """Return a percentile by linear interpolation at (n − 1)·q."""
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * q
    low = floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def match_rates(requests: Sequence[Request], early_cancel_grace: float = 5) -> dict[str, Any]:
    """Return gross and net match rate, fill rate and minutes to match.

    Gross counts requests that are no tests and not open. Net drops customers' early cancellations
    and joins retries of one need into chains.
    """
    valid = [each for each in requests if not each.get("test") and not each.get("open")]
    matched = [each for each in valid if each.get("matched_at") is not None]
    waits = [each["matched_at"] - each["at"] for each in matched]
    chains = _chains([each for each in valid if not _early_cancel(each, early_cancel_grace)])
    reached = sum(any(r.get("matched_at") is not None for r in chain) for chain in chains)
    completed = sum(any(r.get("completed") for r in chain) for chain in chains)
    return {
        "gross_valid": len(valid),
        "gross_matched": len(matched),
        "gross_match_rate": len(matched) / len(valid) if valid else None,
        "net_demand_chains": len(chains),
        "net_matched": reached,
        "net_match_rate": reached / len(chains) if chains else None,
        "fill_rate_completed": completed / len(chains) if chains else None,
        "median_time_to_match_min": percentile(waits, 0.5),
        "p90_time_to_match_min": percentile(waits, 0.9),
    }


def _early_cancel(request: Request, grace: float) -> bool:
    return (
        request.get("cancelled_by") == "customer"
        and request.get("matched_at") is None
        and request.get("offered_at") is None
        and request["cancelled_at"] - request["at"] <= grace
    )


def _chains(requests: Sequence[Request]) -> list[list[Request]]:
    chain_of: dict[Any, list[Request]] = {}
    chains: list[list[Request]] = []
    for request in sorted(requests, key=lambda each: each["at"]):
        chain = chain_of.get(request.get("retry_of")) or _retried(chains, request)
        if chain is None:
            chain = []
            chains.append(chain)
        chain.append(request)
        chain_of[request["id"]] = chain
    return chains


def _retried(chains: Sequence[list[Request]], request: Request) -> list[Request] | None:
    """Find the chain whose last attempt ended unmatched at most a day before this request."""
    for chain in reversed(chains):
        last = chain[-1]
        ended = last.get("cancelled_at") or last.get("expired_at")
        if (
            (last["customer"], last["service"]) == (request["customer"], request["service"])
            and last.get("matched_at") is None
            and ended is not None
            and 0 <= request["at"] - ended <= RETRY_WITHIN_MINUTES
        ):
            return chain
    return None

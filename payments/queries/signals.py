"""Reading what a provider sent us."""

from collections.abc import Mapping
from datetime import datetime

from payments.providers import provider_of
from payments.providers.base import BadSignature, Signal
from payments.rules.refusals import SignatureWrong


def read_signal(
    *, provider: str, endpoint: str, body: bytes, headers: Mapping[str, str], at: datetime
) -> Signal:
    """Return what a message says, if the provider signed it for this endpoint just now."""
    try:
        return provider_of(provider).verify(body=body, headers=headers, endpoint=endpoint, at=at)
    except BadSignature:
        raise SignatureWrong from None

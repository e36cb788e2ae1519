"""What tenancy's tests share: a browser that follows codes, and the messages that were sent."""

from collections.abc import Iterator

import pytest

from tenants.messaging.channels.base import Parcel
from tenants.messaging.channels.transport import RECORDED


@pytest.fixture(autouse=True)
def sent() -> Iterator[list[Parcel]]:
    """What was sent in this test."""
    RECORDED.clear()
    yield RECORDED
    RECORDED.clear()

"""What tenancy's tests share: a browser that follows codes, and the messages that were sent."""

import pytest

from tenants.messaging.channels.base import Parcel
from tenants.messaging.channels.transport import RECORDED


@pytest.fixture
def sent() -> list[Parcel]:
    """What was sent in this test."""
    return RECORDED

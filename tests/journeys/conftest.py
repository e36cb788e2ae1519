"""What journeys share: messages that can be read, and a clock that stands on a Monday."""

from collections.abc import Iterator

import pytest

from kernel import clock
from tenants.messaging.channels.base import Parcel
from tenants.messaging.channels.transport import RECORDED
from tests.journeys.stories import MONDAY


@pytest.fixture
def sent() -> Iterator[list[Parcel]]:
    """What was sent in this test."""
    RECORDED.clear()
    yield RECORDED
    RECORDED.clear()


@pytest.fixture
def monday() -> Iterator[None]:
    """It is Monday morning."""
    with clock.travelling_to(MONDAY):
        yield

"""The header under which a program asks for something once, however often it asks."""

from typing import Annotated

from ninja import Header

Key = Annotated[str, Header(alias="Idempotency-Key")]

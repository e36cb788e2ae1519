"""Tenant settings: each floor declares its own in `tenant_settings.py`; this finds them.

Subclassing is declaring: the owner's form, the API, the docs and the checks follow from it.
"""

from collections.abc import Mapping
from typing import ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict

SCHEMAS: dict[str, type["TenantSettings"]] = {}


class TenantSettings(BaseModel):
    """A group of settings with defaults, limits and titles.

    The docstring is its headline in the office, `purpose` tells an owner what follows from it,
    `concerns` says under whom it is listed, and `offered` what may be chosen for a field of codes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    group: ClassVar[str]
    purpose: ClassVar[str] = ""
    concerns: ClassVar[Literal["customers", "workers", "office"]] = "office"
    offered: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: object) -> None:
        SCHEMAS[cls.group] = cls

    @classmethod
    def read(cls, stored: dict[str, object]) -> Self:
        """Return stored values, with defaults for the rest; drop what is no longer known."""
        return cls.model_validate({k: v for k, v in stored.items() if k in cls.model_fields})

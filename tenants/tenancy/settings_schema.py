"""Tenant settings: each floor declares its own in `tenant_settings.py`; this finds them.

Subclassing is declaring: the owner's form, the API, the docs and the checks follow from it.
"""

from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict

SCHEMAS: dict[str, type["TenantSettings"]] = {}


class TenantSettings(BaseModel):
    """A group of settings with defaults, limits and titles."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    group: ClassVar[str]

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: object) -> None:
        SCHEMAS[cls.group] = cls

    @classmethod
    def read(cls, stored: dict[str, object]) -> Self:
        """Return stored values, with defaults for the rest; drop what is no longer known."""
        return cls.model_validate({k: v for k, v in stored.items() if k in cls.model_fields})

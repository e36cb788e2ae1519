"""What a tenant decides about verification."""

from typing import ClassVar

from django.utils.translation import gettext_noop as _
from pydantic import Field, field_validator

from tenants.identity.rules.check_types import TYPES
from tenants.tenancy.settings_schema import TenantSettings


class Requirements(TenantSettings):
    """Which checks a worker needs before anybody can book them."""

    group: ClassVar[str] = "identity.requirements"
    concerns = "workers"
    purpose = _(
        "Nobody can be booked before all of these are checked. More checks make customers feel"
        " safer and make it slower to start working."
    )
    offered = {"checks": tuple(TYPES)}

    checks: tuple[str, ...] = Field(
        default=("id_document", "selfie_match"), title="Required checks", max_length=12
    )

    @field_validator("checks")
    @classmethod
    def _known(cls, checks: tuple[str, ...]) -> tuple[str, ...]:
        """Refuse kinds that nobody can check."""
        if unknown := [kind for kind in checks if kind not in TYPES]:
            raise ValueError(f"there is no check called {unknown[0]}")
        return tuple(dict.fromkeys(checks))

"""Who is asking. Every action takes one, so every change has an author."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """In which capacity somebody acts. A person may have several at one tenant."""

    OWNER = "owner"
    STAFF = "staff"
    WORKER = "worker"
    CUSTOMER = "customer"
    PSP = "psp"
    SYSTEM = "system"


PEOPLE = (Role.OWNER, Role.STAFF, Role.WORKER, Role.CUSTOMER)
OFFICE = (Role.OWNER, Role.STAFF)


@dataclass(frozen=True, slots=True)
class Actor:
    """A member of this tenant in one role, a verified payment event, or the system itself.

    The tenant is not in it: that is the context's (`kernel.context`).
    """

    role: Role
    member_id: UUID | None = None

    @property
    def works_in_office(self) -> bool:
        """Tell whether this is the owner or somebody of the owner's staff."""
        return self.role in OFFICE


SYSTEM = Actor(role=Role.SYSTEM)
PSP = Actor(role=Role.PSP)

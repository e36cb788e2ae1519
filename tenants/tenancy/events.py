"""What tenancy announces."""

from kernel.events import Event, event


@event("tenancy.tenant_opened")
class TenantOpened(Event):
    """A business has opened its marketplace; floors above add what its niche starts with."""

    niche: str


@event("tenancy.member_joined")
class MemberJoined(Event):
    """A person has taken up a role at this tenant for the first time."""

    member_id: str
    role: str


@event("tenancy.account_doubted")
class AccountDoubted(Event):
    """A member says that a change to their account was not theirs: sessions ended, money held."""

    member_id: str
    alert_id: str
    change: str

"""What tenancy announces."""

from kernel.events import Event, event


@event("tenancy.tenant_opened")
class TenantOpened(Event):
    """A business has opened its marketplace; floors above add what its niche starts with."""

    niche: str

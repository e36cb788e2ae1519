"""Background tasks carry their tenant with them, or do not start."""

from typing import Any

from celery import Task, current_task

from kernel.context import NoTenant, tenant_or_none
from kernel.edge import working_for


class TenantTask(Task):
    """A task that runs for the tenant it was sent for. `tenantless=True` is for sweeps over all."""

    tenantless = False

    def apply_async(self, *args: Any, headers: dict[str, Any] | None = None, **options: Any) -> Any:
        """Send the task, with its tenant in a header; without one it is not even sent."""
        headers = dict(headers or {})
        if not self.tenantless:
            headers.setdefault("tenant", tenant_or_none() or _tenant_of_running_task())
            if headers["tenant"] is None:
                raise NoTenant
        return super().apply_async(*args, headers=headers, **options)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        tenant_id = None if self.tenantless else (self.request.headers or {}).get("tenant")
        if tenant_id is None and not self.tenantless:
            raise NoTenant
        with working_for(tenant_id):
            return super().__call__(*args, **kwargs)


def _tenant_of_running_task() -> int | None:
    """Return the tenant of the task that is ending: Celery sends a chain's next link after it."""
    headers = getattr(getattr(current_task, "request", None), "headers", None) or {}
    return headers.get("tenant")

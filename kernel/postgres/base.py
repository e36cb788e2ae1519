"""The PostgreSQL connection that tells the database our tenant, in every transaction.

The setting is local to the transaction, so a pooler may hand the connection to anybody afterwards.
A statement outside a transaction gets one of its own (two more round trips); requests are whole
transactions (`ATOMIC_REQUESTS`) and are told once. A rollback takes the setting back with it, so
after one we say it again.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.backends.postgresql import base

from kernel.context import tenant_or_none

_UNKNOWN = object()


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that works for the tenant of the context."""

    _told: object = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(self._execute_for_tenant)

    def _execute_for_tenant(self, execute: Callable[..., Any], *statement: Any) -> Any:
        if self.in_atomic_block:
            self._tell()
            return execute(*statement)
        if tenant_or_none() is None:
            return execute(*statement)
        with transaction.atomic(using=self.alias):
            self._tell()
            return execute(*statement)

    def _tell(self) -> None:
        tenant_id = tenant_or_none()
        if self._told != tenant_id:
            said = "" if tenant_id is None else str(tenant_id)
            self.connection.execute("select set_config('app.tenant_id', %s, true)", [said])
            self._told = tenant_id

    def _savepoint_rollback(self, sid: str) -> None:
        """Roll back past our own wrapper: a failed transaction cannot be told anything."""
        with self.wrap_database_errors:
            self.connection.execute(self.ops.savepoint_rollback_sql(sid))
        self._told = _UNKNOWN

    def commit(self) -> None:
        super().commit()
        self._told = None

    def rollback(self) -> None:
        super().rollback()
        self._told = None

    def close(self) -> None:
        super().close()
        self._told = None

"""Makes the roles that our database knows, on a server whose administrator we are."""

import hashlib
from typing import Any

import psycopg
from psycopg import sql

from kernel.roles import APP, LEDGER, OWNER

_LOCK = 20_261_121  # Any number: one process at a time prepares.


def password_of(role: str, *, admin_password: str) -> str:
    """Return the password a role gets on a scratch server: known to whoever knows the admin's."""
    return hashlib.sha256(f"{role}:{admin_password}".encode()).hexdigest()


def with_role(database: dict[str, Any], role: str) -> dict[str, Any]:
    """Return the same database, entered as another role."""
    password = password_of(role, admin_password=database.get("PASSWORD", ""))
    return {**database, "USER": role, "PASSWORD": password}


def prepare(admin_url: str) -> None:
    """Make the roles where they are missing, and let the owner make tables and databases."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", [_LOCK])
        known = {name for (name,) in connection.execute("select rolname from pg_roles").fetchall()}
        admin_password = connection.info.password
        for role, rights in ((OWNER, "login createdb"), (APP, "login"), (LEDGER, "nologin")):
            if role not in known:
                _make(connection, role, rights, password_of(role, admin_password=admin_password))
        connection.execute(sql.SQL("grant {} to {}").format(sql.Identifier(LEDGER), _id(OWNER)))
        name = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("grant all on database {} to {}").format(name, _id(OWNER)))
        connection.execute(sql.SQL("grant all on schema public to {}").format(_id(OWNER)))
        connection.execute(sql.SQL("grant usage on schema public to {}").format(_id(APP)))


def forget(admin_url: str) -> None:
    """Drop all that our roles made in this database, and prepare it again."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        for schema in ("ledger", "pgmq", "public"):
            connection.execute(f"drop schema if exists {schema} cascade")
        connection.execute("create schema public")
    prepare(admin_url)


def _make(connection: psycopg.Connection[Any], role: str, rights: str, password: str) -> None:
    statement = sql.SQL("create role {} {} password {}")
    connection.execute(statement.format(_id(role), sql.SQL(rights), sql.Literal(password)))


def _id(role: str) -> sql.Identifier:
    return sql.Identifier(role)

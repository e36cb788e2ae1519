"""The message broker of the default run: queues in our own PostgreSQL, made by a migration."""

from typing import Any

from kombu.transport import pgmq


class Channel(pgmq.Channel):
    """A channel that makes no queues: the application may not create tables."""

    def _new_queue(self, queue: str, **options: Any) -> None:
        """Do nothing; `kernel.migrations` made the queues."""


class Transport(pgmq.Transport):
    """kombu's transport over PostgreSQL, with our channel."""

    Channel = Channel

"""The power goes out in the middle of work: nothing is lost, and nothing happens twice."""

import time

import pytest

from kernel.context import current_tenant
from kernel.models import HandledEvent, OutboxEvent
from simulators.outbox.server import running
from tenants.messaging.actions.notify import notify
from tenants.messaging.models import Delivery, Notification
from tenants.support.notices import WHAT_WE_DID
from tests.journeys.workers import (
    CountingBox,
    eventually,
    kill,
    purge_queues,
    the_leases_run_out,
    worker,
)

MESSAGES = 60


class SlowBox(CountingBox):
    """A box that takes its time, so that a kill falls into the middle of something."""

    def put(self, posted):
        time.sleep(0.05)
        return super().put(posted)


@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(120)
def test_a_killed_worker_loses_nothing_and_doubles_nothing(clara, tmp_path):
    purge_queues()
    log = tmp_path / "worker.log"
    for number in range(MESSAGES):
        notify(to_id=clara.member_id, notice=WHAT_WE_DID, about=str(number), action=str(number))
    box = SlowBox()
    with running(box) as outbox:
        with worker(tmp_path, outbox_url=outbox.url) as first:
            eventually(lambda: len(box.posts) >= 10, log=log)
            kill(first)
        seen = len(box.posts)
        assert seen < MESSAGES
        assert Notification.objects.filter(finished_at__isnull=True).exists()
        the_leases_run_out()
        with worker(tmp_path, outbox_url=outbox.url):
            eventually(lambda: not unfinished(), log=log)

    assert len(box.find()) == MESSAGES
    assert sorted(box.posts) == sorted(str(each.pk) for each in Delivery.objects.all())
    assert max(box.posts.values()) <= 2  # What was in flight may be sent again, and is recognised.
    assert sum(box.posts.values()) <= MESSAGES + 2
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    assert Delivery.objects.count() == MESSAGES
    assert each_event_was_handled_once()
    purge_queues()


def unfinished() -> bool:
    """Tell whether something still has to be sent or heard."""
    return (
        Notification.objects.filter(finished_at__isnull=True).exists()
        or OutboxEvent.objects.filter(delivered_at__isnull=True).exists()
    )


def each_event_was_handled_once() -> bool:
    """Tell whether every notification's event was heard by its handler exactly once."""
    heard = HandledEvent.objects.filter(
        tenant_id=current_tenant(), handler="tenants.messaging.handlers.send_notification"
    )
    return heard.count() == heard.values("event").distinct().count() == MESSAGES

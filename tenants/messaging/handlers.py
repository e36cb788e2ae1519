"""What messaging does when something happened or is due: it lets a task send."""

from uuid import UUID

from kernel import clock
from kernel.events import on
from kernel.timers import set_timer, timer
from tenants.messaging.actions import dispatch, send_code
from tenants.messaging.events import CodeQueued, NotificationQueued
from tenants.messaging.rules.delivery_states import LEASE
from tenants.messaging.tasks import deliver_code, deliver_notification


@on(NotificationQueued)
def send_notification(fact: NotificationQueued) -> None:
    """Send it, and look again after a while in case the task is lost with its worker."""
    notification_id = UUID(fact.notification_id)
    set_timer(dispatch.TIMER, subject_id=notification_id, at=clock.system_now() + LEASE)
    deliver_notification.delay(notification_id=fact.notification_id)


@timer(dispatch.TIMER)
def send_again(notification_id: UUID) -> None:
    """Send what is still owed."""
    deliver_notification.delay(notification_id=str(notification_id))


@on(CodeQueued)
def send_login_code(fact: CodeQueued) -> None:
    """Send it, and look again after a while in case the task is lost with its worker."""
    set_timer(send_code.TIMER, subject_id=UUID(fact.code_id), at=clock.system_now() + LEASE)
    deliver_code.delay(code_id=fact.code_id)


@timer(send_code.TIMER)
def send_code_again(code_id: UUID) -> None:
    """Send the code, if it still waits."""
    deliver_code.delay(code_id=str(code_id))

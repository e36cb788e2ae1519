"""The background: which task goes to which queue, and what runs by the clock."""

from celery import Celery
from celery.schedules import crontab

QUEUES = ("celery", "payments")

app = Celery("oficio", task_cls="kernel.background:TenantTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.task_routes = {"payments.*": {"queue": "payments"}}
app.conf.beat_schedule = {
    "relay": {"task": "kernel.tasks.relay", "schedule": 0.3},
    "timers": {"task": "kernel.tasks.run_due_timers", "schedule": 5.0},
    "snapshots": {"task": "payments.tasks.take_snapshots", "schedule": 900.0},
    "books": {"task": "payments.tasks.nightly", "schedule": crontab(hour="3", minute="30")},
}

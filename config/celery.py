"""The background: which task goes to which queue, and what runs by the clock."""

from celery import Celery

QUEUES = ("celery", "payments")

app = Celery("oficio", task_cls="kernel.background:TenantTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.task_routes = {"payments.*": {"queue": "payments"}}
app.conf.beat_schedule = {
    "relay": {"task": "kernel.tasks.relay", "schedule": 1.0},
    "timers": {"task": "kernel.tasks.run_due_timers", "schedule": 5.0},
}

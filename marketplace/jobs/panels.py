"""What jobs show on pages of the floors below: a way to the open jobs near one."""

from django.http import HttpRequest

from kernel.actor import Actor
from kernel.panels import Rendered, panel
from marketplace.jobs.queries.jobs import open_jobs_for


@panel("work_home", order=7)
def jobs_near(request: HttpRequest, worker: Actor) -> Rendered:
    """Lead to the open jobs that one has not answered."""
    count = sum(own is None for _, own in open_jobs_for(worker))
    return ("jobs/near.html", {"count": count}) if count else None

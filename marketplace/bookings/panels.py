"""What bookings show on pages of the floors below: the next job on a worker's home."""

from django.http import HttpRequest

from kernel import clock
from kernel.actor import Actor
from kernel.panels import Rendered, panel
from marketplace.bookings.queries import jobs_of, sheet_of


@panel("work_home", order=10)
def next_job(request: HttpRequest, worker: Actor) -> Rendered:
    """Show the request that waits, or else the next job."""
    found = jobs_of(worker, at=clock.now())
    first = [*found["requests"], *found["coming"]][:1]
    shown = {
        "row": sheet_of(first[0], by=worker, proofs=False) if first else None,
        "waiting": bool(found["requests"]),
    }
    return "bookings/next_job.html", shown

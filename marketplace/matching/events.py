"""What matching announces."""

from kernel.events import Event, event


@event("matching.calendar_changed")
class CalendarChanged(Event):
    """A worker's plan, time off or booked time is another one now."""

    worker_id: str

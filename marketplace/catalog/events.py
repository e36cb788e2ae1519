"""What the catalogue announces. Whoever keeps an index listens to all of it."""

from kernel.events import Event, event


@event("catalog.worker_applied")
class WorkerApplied(Event):
    """Somebody would like to work here."""

    worker_id: str


@event("catalog.worker_approved")
class WorkerApproved(Event):
    """The office has looked at an application and said yes."""

    worker_id: str


@event("catalog.worker_state_changed")
class WorkerStateChanged(Event):
    """A worker's standing is another one now."""

    worker_id: str
    step: str
    state: str


@event("catalog.worker_edited")
class WorkerEdited(Event):
    """What a worker offers, where, or how it is described has changed."""

    worker_id: str


@event("catalog.service_published")
class ServicePublished(Event):
    """A worker offers a service from now on."""

    worker_id: str
    worker_service_id: str


@event("catalog.service_edited")
class ServiceEdited(Event):
    """The tenant has changed a service: its texts, its length, its price."""

    service_id: str


@event("catalog.field_edited")
class FieldEdited(Event):
    """The tenant has changed a question of its own: never what anybody answered."""

    target: str
    code: str


@event("catalog.revision_proposed")
class RevisionProposed(Event):
    """Somebody has changed what is read first; customers still see what was approved."""

    revision_id: str
    worker_id: str


@event("catalog.offer_decided")
class OfferDecided(Event):
    """The team has read a service or a change of it, and said yes or no."""

    worker_id: str
    subject_id: str
    what: str
    state: str


@event("catalog.import_requested")
class ImportRequested(Event):
    """A list is to be looked at, or to be taken in."""

    job_id: str

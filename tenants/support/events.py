"""What support announces."""

from kernel.events import Event, event


@event("support.case_opened")
class CaseOpened(Event):
    """Something needs a person."""

    case_id: str
    kind: str
    priority: str


@event("support.case_resolved")
class CaseResolved(Event):
    """A cause was found and something was done about it."""

    case_id: str
    kind: str
    root_cause: str


@event("support.case_reopened")
class CaseReopened(Event):
    """The person was not content with what was done."""

    case_id: str


@event("support.decision_recorded")
class DecisionRecorded(Event):
    """A decision about somebody was written down, with its reasons."""

    decision_id: str
    kind: str
    outcome: str

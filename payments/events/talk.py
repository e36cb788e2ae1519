"""What payments announces of our talk with providers."""

from kernel.events import Event, event


@event("payments.provider_event_received")
class ProviderEventReceived(Event):
    """A provider has told us something; the house finds out whom it concerns."""

    provider_event_id: str


@event("payments.money_question_opened")
class MoneyQuestionOpened(Event):
    """Something about money does not add up; a person has to look."""

    question_id: str
    kind: str


@event("payments.money_question_answered")
class MoneyQuestionAnswered(Event):
    """A person has looked, and said what is to be done."""

    question_id: str
    kind: str
    answer: str


@event("payments.money_question_mended")
class MoneyQuestionMended(Event):
    """What did not add up does now; nobody has to look any more."""

    question_id: str


@event("payments.balance_changed")
class BalanceChanged(Event):
    """Money that was under way at the provider can be used now; what waited for it may go on."""

    account_ref: str

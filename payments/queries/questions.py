"""Questions about what a person has to look at."""

from uuid import UUID

from django.db.models import QuerySet

from kernel.actor import Actor
from kernel.errors import NotFound
from payments.models import MoneyQuestion
from payments.rules.questions import OPEN
from payments.rules.recon import STOPS_PAYOUTS


def open_questions(by: Actor) -> QuerySet[MoneyQuestion]:
    """Return what nobody has answered yet to this tenant's office, urgent and oldest first."""
    return questions_for(by).filter(state=OPEN).order_by("alarmed_at", "opened_at")


def questions_for(by: Actor) -> QuerySet[MoneyQuestion]:
    """Return every question of this tenant to its office, newest first."""
    if not by.works_in_office:
        raise NotFound(what="question")
    return MoneyQuestion.objects.select_related("answered_by__user", "proposed_by__user").order_by(
        "-opened_at"
    )


def question_for(by: Actor, question_id: UUID) -> MoneyQuestion:
    """Return one question to this tenant's office."""
    try:
        return questions_for(by).get(pk=question_id)
    except MoneyQuestion.DoesNotExist:
        raise NotFound(what="question") from None


def payouts_stopped() -> bool:
    """Tell whether this tenant's books contradict themselves: then nothing leaves."""
    return MoneyQuestion.objects.filter(
        kind="broken_equation", state=OPEN, facts__equation__in=STOPS_PAYOUTS
    ).exists()

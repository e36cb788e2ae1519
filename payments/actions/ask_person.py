"""Something about money does not add up: a person has to look, and an alarm goes off."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from kernel import clock
from kernel.actor import SYSTEM
from kernel.events import publish
from kernel.money import Money
from payments.events.talk import MoneyQuestionMended, MoneyQuestionOpened
from payments.models import MoneyQuestion
from payments.rules.questions import ALARM_AFTER, GONE, KINDS, OPEN, RETRY

alarms = logging.getLogger("oficio.alarms")


@transaction.atomic
def ask_person(
    *, kind: str, key: str, about: str, amount: Money | None = None, **facts: object
) -> MoneyQuestion:
    """Put a question into this tenant's queue, once per key; urgent ones alarm at once.

    One that was to be tried again, and still does not add up, is asked again.
    """
    question, first = MoneyQuestion.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "about": about[:255],
            "currency": amount.currency if amount else "",
            "amount_minor": amount.minor if amount else None,
            "facts": facts,
        },
    )
    if not first and question.state != OPEN and question.answer == RETRY:
        question.state, question.opened_at, question.alarmed_at = OPEN, clock.now(), None
        question.save(update_fields=["state", "opened_at", "alarmed_at"])
        first = True
    if first:
        publish(MoneyQuestionOpened(question_id=str(question.pk), kind=kind), by=SYSTEM)
        if KINDS[kind].urgent:
            sound(question)
    return question


def sound(question: MoneyQuestion) -> None:
    """Say aloud, once, where those who run the machines listen, that a question is open."""
    if question.alarmed_at is None:
        alarms.error("money: %s about %s (%s)", question.kind, question.about, question.pk)
        question.alarmed_at = clock.now()
        question.save(update_fields=["alarmed_at"])


@transaction.atomic
def sound_old_ones(*, at: datetime) -> int:
    """Alarm about what nobody has answered for a day; return how many there were."""
    late = MoneyQuestion.objects.select_for_update().filter(
        state=OPEN, alarmed_at__isnull=True, opened_at__lte=at - ALARM_AFTER
    )
    for question in late:
        sound(question)
    return len(late)


@transaction.atomic
def close_questions(*, stem: str, note: str) -> None:
    """Close all questions whose keys begin alike, because what they asked is mended."""
    _close(MoneyQuestion.objects.filter(key__startswith=stem), note)


@transaction.atomic
def close_question(*, key: str, note: str) -> None:
    """Close a question that has found its answer by itself."""
    _close(MoneyQuestion.objects.filter(key=key), note)


def _close(asked: QuerySet[MoneyQuestion], note: str) -> None:
    for question in asked.select_for_update(no_key=True).filter(state=OPEN).order_by("pk"):
        question.state, question.note, question.answered_at = GONE, note, clock.now()
        question.save(update_fields=["state", "note", "answered_at"])
        publish(MoneyQuestionMended(question_id=str(question.pk)), by=SYSTEM)

"""What waits to be read by the office, oldest first."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from kernel.actor import Actor
from kernel.errors import NotFound
from marketplace.catalog.models import Revision, WorkerService
from marketplace.catalog.queries.fields import EVERYTHING, Answer, answers_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that changed: pieces of text as (kept, added or taken away; words)."""

    label: str
    pieces: list[tuple[str, str]]
    photos: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something to decide about: a whole service, or a change of what is seen already."""

    id: UUID
    what: str
    worker_name: str
    worker_id: UUID
    title: str
    since: datetime
    changes: list[Change]
    answers: list[Answer]


def waiting(by: Actor) -> list[Waiting]:
    """Return all that waits to be read."""
    if not by.works_in_office:
        raise NotFound(what="approvals")
    found = [*map(_offer, _pending_offers()), *map(_revision, _pending_revisions())]
    return sorted(found, key=lambda each: each.since)


def count_waiting() -> int:
    """Return how many things wait to be read."""
    return _pending_offers().count() + _pending_revisions().count()


def pending_revision(
    worker_id: UUID, offer_id: UUID | None, *, lock: bool = False
) -> Revision | None:
    """Return the change of a service, or of a profile, that waits to be read."""
    rows = Revision.objects.filter(worker_id=worker_id, offer_id=offer_id, state=Revision.PENDING)
    return (rows.select_for_update() if lock else rows).first()


def _pending_offers() -> QuerySet[WorkerService]:
    return WorkerService.objects.filter(state=WorkerService.PENDING).select_related(
        "worker", "service"
    )


def _pending_revisions() -> QuerySet[Revision]:
    return Revision.objects.filter(state=Revision.PENDING).select_related(
        "worker", "offer__service"
    )


def _offer(offer: WorkerService) -> Waiting:
    changes = [Change(label="about", pieces=[("added", offer.about)])] if offer.about else []
    if offer.photo_ids:
        changes.append(_photos([], [str(each) for each in offer.photo_ids]))
    return Waiting(
        id=offer.pk,
        what="offer",
        worker_name=offer.worker.name,
        worker_id=offer.worker_id,
        title=offer.service.name,
        since=offer.state_at,
        changes=changes,
        answers=answers_of(offer.pk, seen=EVERYTHING),
    )


def _revision(revision: Revision) -> Waiting:
    return Waiting(
        id=revision.pk,
        what="revision",
        worker_name=revision.worker.name,
        worker_id=revision.worker_id,
        title=revision.offer.service.name if revision.offer else "",
        since=revision.made_at,
        changes=[_change(each) for each in revision.changes],
        answers=[],
    )


def _change(change: dict[str, object]) -> Change:
    was, now = change["was"], change["now"]
    if change["key"] == "photos" and isinstance(was, list) and isinstance(now, list):
        return _photos(was, now)
    return Change(label=str(change["label"]), pieces=diff(_words(was), _words(now)))


def _photos(was: Sequence[str], now: Sequence[str]) -> Change:
    kept = [("kept" if each in was else "added", each) for each in now]
    gone = [("gone", each) for each in was if each not in now]
    return Change(label="photos", pieces=[], photos=(*kept, *gone))


def _words(value: object) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def diff(was: str, now: str) -> list[tuple[str, str]]:
    """Return how one text becomes another, word by word: what is kept, gone and added."""
    old, new = was.split(), now.split()
    pieces: list[tuple[str, str]] = []
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(("kept", " ".join(old[a:b])))
            continue
        if b > a:
            pieces.append(("gone", " ".join(old[a:b])))
        if d > c:
            pieces.append(("added", " ".join(new[c:d])))
    return pieces

"""Knocks at every door of one tenant's host with the keys of the tenant next door.

As anonymous, and as owner, worker and customer of Lar Limpo, every URL pattern and every API
operation is asked for with ids of Patitas. Nothing breaks, nothing of Patitas is told, and no row
of Patitas changes. New floors are covered as they land: what they serve is found, not listed.
"""

import json
import logging
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.signals import got_request_exception
from django.db import DatabaseError, connection, models, transaction
from django.test import Client
from django.utils.functional import cached_property
from PIL import Image as PixelImage
from wagtail.documents.models import Document
from wagtail.images.models import Image

from kernel.actor import SYSTEM, Actor, Role
from kernel.edge import working_for
from kernel.isolation import SHARED
from marketplace.bookings.models import Booking
from marketplace.catalog.actions.plant_niche import plant_niche
from marketplace.catalog.models import WorkerService
from reviews.actions.submit_review import submit_review
from tenants.messaging.actions.notify import notify
from tenants.support.actions.open_case import open_case
from tenants.support.actions.record_decision import record_decision
from tenants.support.notices import WHAT_WE_DID
from tenants.tenancy.models import Membership, Tenant
from tests.isolation.addresses import Door, Rows, example, operations, pages
from tests.isolation.catalogue import ask, names
from tests.isolation.seeds import seed_marketplace
from tests.support.books import connect
from tests.support.worlds import joins, signed_in_client
from tests.support.worlds_jobs import looks_for_offers
from tests.support.worlds_market import asks_for_no_documents, settled, works

pytestmark = [
    # The office draws pictures in temporary files and leaves closing them to the garbage collector.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile.*"),
    pytest.mark.usefixtures("swept"),
]

MARK = "Zarzamora"
HOME, NEXT_DOOR = "patitas.localhost", "lar-limpo.localhost"
WHO = {"anonymous": None, "owner": "berta", "worker": "carla", "customer": "celia"}
# Doors of other people's that break by themselves, whoever knocks: nothing of ours is behind them.
BREAK_ALONE = {
    "office/failwhale/": "breaks on purpose",
    "office/choose-external-link/": "takes no empty form",
}
UUIDS = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass
class World:
    """Two tenants: one whose rows are looked for, one from where we look."""

    patitas: Tenant
    lar_limpo: Tenant
    rows: Rows
    marks: set[bytes] = field(default_factory=set)

    @cached_property
    def ids(self) -> set[bytes]:
        """Every id of every row of Patitas."""
        return {str(each).encode() for each in self.rows.ids()}


@pytest.fixture(scope="module")
def swept(django_db_setup: None, django_db_blocker: Any) -> None:
    """Every table is read again and again: not also the rows that earlier tests took back."""
    with django_db_blocker.unblock(), connect(as_owner=True) as session:
        session.autocommit = True
        session.execute("vacuum (truncate false)")  # It would wait for what is locked.


@pytest.fixture
def world(job_done: Booking, clara: Actor, patitas: Tenant, lar_limpo: Tenant) -> World:
    """Both tenants are alive; everything that can be written at Patitas bears a mark.

    At Patitas a visit was booked, paid, done and reviewed.
    """
    submit_review(by=clara, booking_id=job_done.pk, stars=5, text="Canela volvió feliz a casa.")
    _live(patitas, "olga", "ana", "clara")
    _live(lar_limpo, "berta", "carla", "celia")
    with working_for(patitas.pk):
        seed_marketplace(job_done, owner=Membership.objects.get(role=Role.OWNER))
        _mark_everything()
        return World(patitas, lar_limpo, Rows(), {MARK.encode(), b"5598765"})


def _live(tenant: Tenant, owner: str, worker: str, customer: str) -> None:
    """Let a tenant have what tenants have: people, services, a case, a decision, a message."""
    with working_for(tenant.pk):
        if tenant.niche == "cleaning":
            plant_niche(niche=tenant.niche)
            asks_for_no_documents()
            works(worker, services=("home-2h",))
        offer = WorkerService.objects.all()[0]
        member = joins(customer, Role.CUSTOMER)
        boss = joins(owner, Role.OWNER)
        case = open_case(
            by=SYSTEM,
            kind="low_score",
            priority="P2",
            about_kind="worker",
            about_id=offer.pk,
            title="Algo salió mal",
            person_id=member.member_id,
            key="probe",
        )
        record_decision(
            by=boss,
            kind="hold",
            subject_kind="case",
            subject_id=case.pk,
            policy_version="1",
            outcome="held",
            automated="full",
            concerns_id=member.member_id,
        )
        Document.objects.create(title="Un papel aparte", file=ContentFile(b"%PDF-1.7", "a.pdf"))
        drawn = BytesIO()
        PixelImage.new("RGB", (40, 40)).save(drawn, "PNG")
        Image.objects.create(title="Una foto aparte", file=ContentFile(drawn.getvalue(), "a.png"))
        notify(to_id=member.member_id, notice=WHAT_WE_DID, about="probe", action="Hablamos")
        looks_for_offers(worker, member)
        settled()


def _mark_everything() -> None:
    """Write the mark into every text of this tenant that is written for people."""
    for model in Rows().keys:
        table = model._meta.db_table
        for each in model._meta.concrete_fields:
            if isinstance(each, models.CharField | models.TextField) and not each.choices:
                _mark(table, each.column, each.max_length or 10_000)


def _mark(table: str, column: str, longest: int) -> None:
    if longest < 30 or table.startswith(("django_", "auth_")):
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f'update {table} set "{column}" = left("{column}" || %s, %s) where "{column}" ~ %s',
                [f" {MARK}", longest, "[[:alpha:]] [[:alpha:]]"],
            )
    except DatabaseError:
        return  # Append-only, or guarded by a constraint: its ids are marks all the same.


def _fingerprint(tenant: Tenant) -> list[tuple[object, ...]]:
    """Return a hash of every table as this tenant sees it, and of its own entry."""
    readable = names(
        "select c.oid::regclass::text from pg_class c where relkind = 'r'"
        " and relnamespace::regnamespace::text = any (%s)"
        " and has_table_privilege(c.oid, 'SELECT') order by 1",
        [["public", "ledger"]],
    )
    hashed = " union all ".join(
        f"select '{table}', md5(coalesce(string_agg(md5(x::text), '' order by md5(x::text)), ''))"
        f" from {table} x{_only(table)}"
        for table in readable
        if table not in SHARED or table.startswith("tenancy_")
    )
    with working_for(tenant.pk):
        return ask(hashed.replace("%", "%%"))


def _only(table: str) -> str:
    key = {"tenancy_tenant": "id", "tenancy_domain": "tenant_id"}.get(table)
    return f" where {key} = nullif(current_setting('app.tenant_id'), '')::bigint" if key else ""


class Watch:
    """Sees whether anything but reading was asked of the database."""

    def __init__(self) -> None:
        self.wrote = False

    def __call__(self, execute: Callable[..., Any], sql: Any, *statement: Any) -> Any:
        """Look at one statement, and let it pass. A call into the ledger may write."""
        said = str(sql).lstrip().lower()
        reads = said.startswith(("select", "savepoint", "release", "rollback", "set"))
        self.wrote |= not reads or "ledger." in said
        return execute(sql, *statement)


@dataclass
class Probe:
    """One visitor, and everything that went wrong while they knocked."""

    world: World
    client: Client
    findings: list[str] = field(default_factory=list)
    broke: list[str] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)

    def knock(self, door: Door) -> None:
        """Try one door with every row that it may mean, and take back what it did next door."""
        for address in self.world.rows.fill(door):
            point = transaction.savepoint()
            self._try(door, address)
            transaction.savepoint_rollback(point)

    def _try(self, door: Door, address: str) -> None:
        body = json.dumps(example(door.schema, self.world.rows.ids()))
        how = {"content_type": "application/json"} if door.schema or "/api/" in address else {}
        asked = {"data": body, **how} if how and door.writes else {}
        self.broke.clear()
        self.client.cookies = SimpleCookie(self.cookies)
        watch = Watch()
        with connection.execute_wrapper(watch):
            answer = getattr(self.client, door.method)(address, **asked)
        told = _bytes(answer)
        where = f"{door.method} {address} → {answer.status_code}"
        self.statuses[where] = answer.status_code
        if (answer.status_code >= 500 or self.broke) and door.route not in BREAK_ALONE:
            self.findings.append(f"{where} broke: {self.broke}")
        said = address.encode() + body.encode()
        for mark in self._marks_in(told):
            if mark not in said:
                self.findings.append(f"{where} tells {mark.decode()}")
        after = _fingerprint(self.world.patitas) if watch.wrote else self.before
        if after != self.before:
            changed = sorted({str(table) for table, _ in set(after) ^ set(self.before)})
            self.findings.append(f"{where} changed rows next door: {', '.join(changed)}")

    @cached_property
    def cookies(self) -> str:
        """The cookies that the visitor came with: some doors take them away."""
        return self.client.cookies.output(header="", sep=";")

    @cached_property
    def before(self) -> list[tuple[object, ...]]:
        """The rows of Patitas as they were."""
        return _fingerprint(self.world.patitas)

    def _marks_in(self, told: bytes) -> set[bytes]:
        texts = {mark for mark in self.world.marks if mark.lower() in told.lower()}
        return texts | (set(UUIDS.findall(told)) & self.world.ids)


def _bytes(answer: object) -> bytes:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = " ".join(f"{name}: {value}" for name, value in answer.headers.items())
    return content + headers.encode()


@pytest.fixture
def silent() -> Iterator[None]:
    """Refusals by the hundred are not worth a line each."""
    logger = logging.getLogger("django.request")
    before, logger.level = logger.level, logging.CRITICAL
    yield
    logger.level = before


def visit(world: World, name: str | None, doors: list[Door], *, host: str) -> Probe:
    """Let somebody knock at doors of a host, and return what was found."""
    client = Client(headers={"host": host}) if name is None else None
    client = client or signed_in_client(name, host=host, strong=True)
    client.raise_request_exception = False
    probe = Probe(world, client)

    def broke(sender: object, **_: object) -> None:
        probe.broke.append(_last_words())

    got_request_exception.connect(broke)
    try:
        assert probe.before
        assert probe.cookies is not None
        for door in doors:
            probe.knock(door)
    finally:
        got_request_exception.disconnect(broke)
    return probe


def _last_words() -> str:
    kind, error, _ = sys.exc_info()
    return f"{getattr(kind, '__name__', '?')}: {error}"[:300]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("who", WHO)
def test_no_page_tells_or_changes_anything_next_door(world, silent, who):
    found = visit(world, WHO[who], pages(), host=NEXT_DOOR).findings
    assert not found, "\n".join(found)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("who", WHO)
def test_no_operation_tells_or_changes_anything_next_door(world, silent, who):
    found = visit(world, WHO[who], operations(), host=NEXT_DOOR).findings
    assert not found, "\n".join(found)


@pytest.mark.timeout(600)
def test_the_same_addresses_open_for_their_own_owner(world, silent):
    """The control: the keys we knock with are real, or the probe would prove nothing."""
    doors = [door for door in pages() if door.asks_for and not door.writes]
    probe = visit(world, "olga", doors, host=HOME)
    opened = [where for where, status in probe.statuses.items() if status == 200]

    assert [finding for finding in probe.findings if "broke" in finding] == []
    assert len(opened) >= 6
    assert any("/office/cases/" in each for each in opened)
    assert any(MARK in finding for finding in probe.findings)


def test_a_planted_leak_is_found(world, silent, monkeypatch):
    """The probe bites: a page that forgets its tenant is caught by name."""
    door = Door("get", "messages/")
    monkeypatch.setattr("tests.isolation.test_probe.NEXT_DOOR", HOME)
    probe = visit(world, "clara", [door], host=HOME)
    assert len(probe.findings) >= 1

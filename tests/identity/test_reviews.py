"""From a photo of a document to a decision: by people, and never by one person against somebody."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kernel import clock, crypto, outbox, timers
from kernel.actor import Role
from kernel.context import current_tenant
from kernel.edge import working_for
from kernel.errors import NotFound
from kernel.models import OutboxEvent
from tenants.identity import queries
from tenants.identity.actions.answer_decision import answer_decision
from tenants.identity.actions.claim_check import AnotherReviewer, ClaimedByOther, claim_check
from tenants.identity.actions.decide import decide
from tenants.identity.actions.request_check import request_check
from tenants.identity.actions.submit_evidence import submit_evidence
from tenants.identity.models import CheckStep, Evidence, WorkerCheck
from tenants.identity.queries.checks import OwnCheck
from tenants.identity.rules.check_states import InvalidTransition
from tenants.identity.rules.check_types import DocumentTooOld, IncompleteEvidence
from tenants.identity.rules.decisions import ReasonMissing, SecondPersonNeeded
from tenants.identity.rules.national_ids import NumberInvalid
from tenants.messaging.models import Notification
from tenants.tenancy.rules.uploads import UploadUnsupported
from tests.identity.papers import CURP, hands_in, hands_in_id, id_papers, is_verified, photo
from tests.support.worlds import joins

AT = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _friday():
    with clock.travelling_to(AT):
        yield


@pytest.fixture
def marta(patitas):
    return joins("marta", Role.STAFF)


def state_of(check):
    return WorkerCheck.objects.get(pk=check.pk).state


def test_required_documents_make_a_worker_valid(ana, olga):
    assert [gap.kind for gap in queries.gaps_of(ana.member_id, AT)] == [
        "id_document",
        "selfie_match",
    ]

    is_verified(ana, olga)

    assert queries.documents_valid(ana.member_id, at=AT + timedelta(days=300))
    assert not queries.documents_valid(ana.member_id, at=AT + timedelta(days=800))


def test_a_number_is_sealed_and_only_its_end_is_shown(ana):
    check = hands_in_id(ana, number="boxw310820-hnerxn09", expires_on="2030-01-31")

    assert (check.number_shown, check.fields) == ("N09", {"expires_on": "2030-01-31"})
    assert CURP.encode() not in bytes(check.number_sealed)
    about = f"oficio/field/v1|{current_tenant()}|identity.WorkerCheck.number|{check.pk}"
    assert crypto.unseal(bytes(check.number_sealed), about=about) == CURP.encode()


def test_somebody_should_have_looked_after_24_working_hours(ana):
    # Friday noon: six hours, nine on Saturday, nine on Monday.
    assert hands_in_id(ana).due_at == datetime(2026, 11, 24, 0, 0, tzinfo=UTC)


def test_a_pass_ends_with_the_document(ana, olga):
    check = hands_in_id(ana, expires_on="2027-03-31")

    passed = decide(by=olga, check_id=check.pk, outcome="pass")

    assert passed.valid_until.date() == date(2027, 3, 31)
    assert (passed.level, passed.reason_code, passed.decided_by_id) == (
        2,
        "all_clear",
        olga.member_id,
    )


def test_the_same_number_at_another_account_is_pointed_out_to_the_reviewer(ana, patitas):
    hands_in_id(ana)

    assert hands_in_id(joins("rosa", Role.WORKER)).remark == "duplicate_identity"


@pytest.mark.parametrize(
    ("files", "fields", "refusal", "names"),
    [
        ({"front": photo()}, {"number": CURP}, IncompleteEvidence, ["back"]),
        (id_papers(), {}, IncompleteEvidence, ["number"]),
        (id_papers(), {"number": "BOXW310820HNERXN08"}, NumberInvalid, ["number"]),
        (id_papers() | {"back": None}, {"number": CURP}, UploadUnsupported, ["back"]),
    ],
)
def test_incomplete_evidence_is_refused_and_nothing_is_kept(ana, files, fields, refusal, names):
    check = request_check(by=ana, member_id=ana.member_id, kind="id_document")
    files = {part: file or _no_photo() for part, file in files.items()}

    with pytest.raises(refusal) as refused:
        submit_evidence(by=ana, check_id=check.pk, files=files, fields=fields)

    assert refused.value.details["fields"] == names
    assert (state_of(check), Evidence.objects.count()) == ("awaiting_worker", 0)


def _no_photo():
    file = photo("x.jpg")
    file.file.seek(0)
    file.file.truncate()
    file.file.write(b"MZ this is no photo")
    return file


def test_an_old_bill_is_refused(ana):
    check = request_check(by=ana, member_id=ana.member_id, kind="address_proof")

    fields = {"issued_on": "2026-08-21"}

    with pytest.raises(DocumentTooOld):
        submit_evidence(by=ana, check_id=check.pk, files={"bill": photo()}, fields=fields)

    assert state_of(check) == "awaiting_worker"


def test_one_person_cannot_refuse_a_worker(ana, olga, marta):
    check = hands_in_id(ana)

    proposed = decide(by=olga, check_id=check.pk, outcome="fail", reason_code="altered")
    assert (proposed.state, proposed.proposal) == ("in_review", "fail")
    with pytest.raises(SecondPersonNeeded):
        decide(by=olga, check_id=check.pk, outcome="fail", reason_code="altered")
    assert state_of(check) == "in_review"

    agreed = decide(by=marta, check_id=check.pk, outcome="fail", reason_code="altered")
    assert (agreed.state, agreed.target) == ("adverse_pending", "failed")


def test_being_owner_and_staff_does_not_make_two_people(ana, olga):
    check = hands_in_id(ana)
    decide(by=olga, check_id=check.pk, outcome="fail", reason_code="altered")

    as_staff = joins("olga", Role.STAFF)

    with pytest.raises(SecondPersonNeeded):
        decide(by=as_staff, check_id=check.pk, outcome="fail", reason_code="altered")
    assert state_of(check) == "in_review"


def test_a_criminal_record_is_passed_by_two(ana, olga, marta):
    fields = {"issued_on": "2026-11-01", "folio": "A-1"}
    check = hands_in(ana, "criminal_record", "certificate", **fields)

    assert decide(by=olga, check_id=check.pk, outcome="pass").state == "in_review"
    passed = decide(by=marta, check_id=check.pk, outcome="pass")

    assert (passed.state, passed.level) == ("passed", 3)


def test_nobody_reviews_their_own_documents(patitas):
    worker, office = joins("olga", Role.WORKER), joins("olga", Role.OWNER)
    check = hands_in_id(worker)

    for attempt in (
        lambda: decide(by=office, check_id=check.pk, outcome="pass"),
        lambda: claim_check(by=office, check_id=check.pk),
    ):
        with pytest.raises(OwnCheck):
            attempt()
    assert state_of(check) == "submitted"


def test_a_worker_cannot_decide_and_another_tenant_finds_nothing(ana, carla, lar_limpo):
    check = hands_in_id(ana)

    with pytest.raises(NotFound):
        decide(by=ana, check_id=check.pk, outcome="pass")
    with working_for(lar_limpo.pk):
        berta = joins("berta", Role.OWNER)
        with pytest.raises(NotFound):
            decide(by=berta, check_id=check.pk, outcome="pass")
    assert state_of(check) == "submitted"


def test_a_claim_keeps_others_away_for_a_quarter_of_an_hour(ana, olga, marta):
    check = hands_in_id(ana)
    claim_check(by=olga, check_id=check.pk)

    with pytest.raises(ClaimedByOther):
        decide(by=marta, check_id=check.pk, outcome="pass")
    assert state_of(check) == "in_review"
    with clock.travelling_to(AT + timedelta(minutes=15)):
        assert decide(by=marta, check_id=check.pk, outcome="pass").state == "passed"
    with pytest.raises(InvalidTransition):
        decide(by=olga, check_id=check.pk, outcome="more", reason_code="unreadable")


def test_a_decision_made_twice_happens_once(ana, olga):
    check = hands_in_id(ana)
    decide(by=olga, check_id=check.pk, outcome="pass")
    decide(by=olga, check_id=check.pk, outcome="pass")

    assert OutboxEvent.objects.filter(name="identity.check_decided").count() == 1
    steps = list(CheckStep.objects.order_by("at", "pk").values_list("step", flat=True))
    assert steps == ["request", "submit", "claim", "pass"]


def test_a_reason_comes_from_the_list(ana, olga):
    check = hands_in_id(ana)

    with pytest.raises(ReasonMissing):
        decide(by=olga, check_id=check.pk, outcome="more", reason_code="I do not like it")
    assert state_of(check) == "submitted"


def test_more_can_be_asked_for_and_is_handed_in_again(ana, olga):
    check = hands_in_id(ana)
    decide(by=olga, check_id=check.pk, outcome="more", reason_code="unreadable")
    assert queries.standings_of(ana.member_id, AT)[0].asked_again

    again = hands_in_id(ana)

    assert (again.pk, again.state, again.rounds) == (check.pk, "submitted", 2)
    assert len(queries.evidence_of(again)) == 2


@pytest.fixture
def refused(ana, olga, marta):
    """Ana's document was proposed by Olga and confirmed by Marta not to be accepted."""
    check = hands_in_id(ana)
    for reviewer in (olga, marta):
        decide(by=reviewer, check_id=check.pk, outcome="fail", reason_code="name_differs")
    return check


def test_silence_of_seven_days_lets_a_refusal_stand(refused):
    with clock.travelling_to(AT + timedelta(days=7)):
        timers.run_due_of(refused.pk)

    assert state_of(refused) == "failed"


def test_an_answer_brings_another_reviewer(refused, ana, olga, marta):
    answer_decision(by=ana, check_id=refused.pk, text="I married last month.")

    with pytest.raises(AnotherReviewer):
        decide(by=olga, check_id=refused.pk, outcome="pass")
    assert decide(by=marta, check_id=refused.pk, outcome="pass").state == "passed"
    with clock.travelling_to(AT + timedelta(days=7)):
        timers.run_due_of(refused.pk)
    assert state_of(refused) == "passed"


def test_a_check_runs_out_and_its_worker_is_told(ana, olga):
    is_verified(ana, olga)
    check = WorkerCheck.objects.get(kind="selfie_match")
    with clock.travelling_to(check.valid_until):
        timers.run_due_of(check.pk)

    assert state_of(check) == "expired"
    assert OutboxEvent.objects.filter(name="identity.check_expired").count() == 1


def test_a_worker_who_hands_nothing_in_for_a_month_is_not_waited_for(ana):
    check = request_check(by=ana, member_id=ana.member_id, kind="id_document")
    with clock.travelling_to(AT + timedelta(days=30)):
        timers.run_due_of(check.pk)

    assert state_of(check) == "withdrawn"


def test_the_worker_is_told_in_their_language(refused):
    outbox.drain()

    told = _told("identity.check_adverse")
    assert [each.values["check"] for each in told] == ["Documento de identidad"]


def _told(notice):
    return list(Notification.objects.filter(notice=notice))

"""What the bank's own statement says, beside what our books say of the bank."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kernel import outbox
from kernel.actor import Role
from kernel.context import HOUSE
from kernel.edge import working_for
from payments.actions.answer_question import answer_question
from payments.actions.ask_person import ask_person, close_question
from payments.actions.cash_out import cash_out
from payments.actions.grant import grant
from payments.actions.import_answer import import_answer
from payments.actions.import_statement import import_statement
from payments.actions.match_bank_lines import match_bank_lines
from payments.actions.open_page import open_page
from payments.actions.see_transfer import see_transfer
from payments.models import (
    Adjustment,
    BankLine,
    BankMatch,
    BankStatement,
    Entry,
    MoneyQuestion,
)
from payments.queries.bank_book import bank_book
from payments.queries.recon import control_figures
from payments.rules.bank_statements import (
    StatementBroken,
    StatementGap,
    StatementLineUnreadable,
    StatementUnreadable,
    read_statement,
)
from payments.rules.debts import ReasonTooShort
from payments.rules.permissions import PermissionMissing, SecondPersonNeeded
from payments.rules.questions import NothingToAdjust
from tenants.support.models import Case
from tests.support.ledgers import ledger
from tests.support.worlds import joins, signed_in_client
from tests.support.worlds_bank import approved, earned_by_bank, mxn_text, statement
from tests.support.worlds_money import mxn, owes

pytestmark = pytest.mark.usefixtures("patitas")


def c10() -> list[tuple[int, int]]:
    """Return both sides of the bank's equation, as the house sees them."""
    with working_for(HOUSE):
        return [(each.ours, each.theirs) for each in control_figures() if each.equation == "C10"]


@pytest.fixture
def transferred(by_bank, clara):
    """Clara has transferred the worked price, and Olga has seen it arrive."""
    payment = owes(clara)
    open_page(by=clara, payment_id=payment.pk)
    payment.refresh_from_db()
    see_transfer(by=by_bank, payment_id=payment.pk, amount=payment.total, tracking_key="SPEI00001")
    return payment


class TestReading:
    """A statement is read whole, or refused."""

    def test_newest_first_with_semicolons_and_commas_is_turned_round(self):
        read = read_statement(
            b"Fecha;Descripcion;Monto;Saldo\n21/11/2026;b;-1.000,50;99.500,00\n"
            b"20/11/2026;a;500,50;100.500,50\n",
            exponent=2,
        )

        assert [(each.row, each.minor) for each in read.lines] == [(3, 50_050), (2, -100_050)]
        assert (read.opening_minor, read.closing_minor) == (10_000_000, 9_950_000)

    def test_a_balance_that_does_not_follow_is_refused_by_its_line(self):
        with pytest.raises(StatementBroken) as refused:
            read_statement(
                b"date,amount,balance\n2026-11-20,1.00,10.00\n2026-11-21,1.00,12.00\n", exponent=2
            )
        assert refused.value.details["row"] == 3

    @pytest.mark.parametrize(
        ("content", "refusal"),
        [
            (b"date,amount\n2026-11-20,1.00\n", StatementUnreadable),
            (b"date,amount,balance\n", StatementUnreadable),
            (b"", StatementUnreadable),
            (b"date,amount,balance\nsoon,1.00,1.00\n", StatementLineUnreadable),
            (b"date,amount,balance\n31/02/2026,1.00,1.00\n", StatementLineUnreadable),
            (b"date,amount,balance\n2026-11-20,0.00,1.00\n", StatementLineUnreadable),
            (b"date,amount,balance\n2026-11-20,1.00,\n", StatementLineUnreadable),
        ],
    )
    def test_what_cannot_be_read_is_refused(self, content, refusal):
        with pytest.raises(refusal):
            read_statement(content, exponent=2)


def test_a_customers_transfer_with_its_tip_is_one_line_and_the_bank_agrees(by_bank, transferred):
    content = statement((transferred.page_ref, 65_900, "Clara"))

    made = import_statement(by=by_bank, content=content)

    assert (made.opening, made.closing) == (mxn(1_000_000), mxn(1_065_900))
    line = BankLine.objects.get()
    assert line.result == "matched"
    matched = BankMatch.objects.values_list("amount_minor", flat=True)
    assert sorted(matched) == [5_000, 60_900]
    assert c10() == [(65_900, 65_900)]
    assert import_statement(by=by_bank, content=content) == made
    assert BankStatement.objects.count() == 1


def test_a_cash_out_is_found_by_its_reference_also_when_its_answer_comes_later(
    by_bank, berta_checks, ana, clara
):
    earned_by_bank(ana, clara)
    import_statement(by=by_bank, content=statement(("", 65_900, "Clara")))
    assert BankLine.objects.get().result == "unmatched"
    payout = cash_out(by=ana, amount=mxn(30_000), option="free", key="k")
    batch = approved(by_bank, berta_checks)
    reference = batch.lines.get().reference
    import_statement(by=by_bank, content=statement((reference, -30_000, "Ana"), opening=1_065_900))
    line = BankLine.objects.get(amount_minor=-30_000)
    assert line.result == "unmatched"
    question = MoneyQuestion.objects.get(about=f"{reference} Ana")
    assert (question.kind, question.amount) == ("bank_line", mxn(-30_000))

    said = f"{reference},paid,SPEI00002,{mxn_text(payout.amount)}"
    import_answer(
        by=berta_checks, content=f"reference,status,tracking_key,amount\n{said}\n".encode()
    )
    match_bank_lines()

    line.refresh_from_db()
    question.refresh_from_db()
    assert (line.result, question.state) == ("matched", "gone")


def test_a_statement_must_go_on_where_the_last_one_ended(by_bank, transferred):
    import_statement(by=by_bank, content=statement((transferred.page_ref, 65_900, "Clara")))

    with pytest.raises(StatementGap):
        import_statement(by=by_bank, content=statement(("", 100, "x"), opening=1_065_901))
    assert BankStatement.objects.count() == 1


def test_a_bank_that_says_otherwise_breaks_the_equation_and_is_listed(by_bank, transferred):
    import_statement(
        by=by_bank,
        content=statement((transferred.page_ref, 65_900, "Clara"), ("", -700, "comision")),
    )

    assert c10() == [(65_900, 65_200)]
    book = bank_book(by_bank)
    assert [each.text for each in book.lines] == ["comision"]
    assert book.difference == mxn(-700)
    assert book.postings == []


def test_what_we_booked_and_the_bank_does_not_show_is_listed(by_bank, transferred):
    import_statement(by=by_bank, content=statement(("", -100, "papel")))

    book = bank_book(by_bank)

    assert sorted(each.amount for each in book.postings) == [5_000, 60_900]
    assert book.difference == mxn(-100 - 65_900)
    assert c10() == [(65_900, -100)]


def test_what_is_not_the_marketplaces_is_put_aside(by_bank, transferred):
    import_statement(
        by=by_bank, content=statement((transferred.page_ref, 65_900, "Clara"), ("", -900, "luz"))
    )
    question = MoneyQuestion.objects.get(kind="bank_line")

    answer_question(by=by_bank, question_id=question.pk, answer="done", note="Recibo de luz.")

    assert BankLine.objects.get(amount_minor=-900).result == "put_aside"
    assert c10() == [(65_900, 65_900)]
    assert ledger()["bank"] == 65_900


class TestAdjusting:
    """A difference is booked from the queue, by two people, with reasons."""

    @pytest.fixture
    def asked(self, by_bank, transferred):
        import_statement(
            by=by_bank,
            content=statement((transferred.page_ref, 65_900, "Clara"), ("", -700, "comision")),
        )
        return MoneyQuestion.objects.get(kind="bank_line")

    def answers(self, by, asked, note="Comisión del banco.", answer="adjust"):
        return answer_question(by=by, question_id=asked.pk, answer=answer, note=note)

    def test_one_proposes_another_agrees_and_the_bank_is_right_again(
        self, by_bank, berta_checks, asked
    ):
        proposed = self.answers(by_bank, asked)
        assert (proposed.state, proposed.proposed_by_id) == ("open", by_bank.member_id)
        assert ledger()["bank"] == 65_900

        agreed = self.answers(berta_checks, asked, "Está en el estado de cuenta.")

        assert (agreed.state, agreed.answer) == ("answered", "adjust")
        assert agreed.note == "Comisión del banco.\nEstá en el estado de cuenta."
        held = ledger()
        assert (held["bank"], held["recon_difference"]) == (65_200, 700)
        correction = Adjustment.objects.get(key=f"question:{asked.pk}")
        assert Entry.objects.get(kind="recon.adjusted").ref == f"adjustment:{correction.pk}"
        assert (correction.reason, correction.amount_minor) == ("Comisión del banco.", 700)
        assert (correction.asked_by_id, correction.decided_by_id) == (
            by_bank.member_id,
            berta_checks.member_id,
        )
        assert BankLine.objects.get(amount_minor=-700).result == "matched"
        assert c10() == [(65_200, 65_200)]

    def test_nobody_agrees_with_themselves(self, by_bank, asked):
        self.answers(by_bank, asked)

        with pytest.raises(SecondPersonNeeded):
            self.answers(by_bank, asked)
        assert "recon_difference" not in ledger()

    def test_a_reason_and_the_permission_are_needed(self, by_bank, asked):
        with pytest.raises(ReasonTooShort):
            self.answers(by_bank, asked, "corta")
        staff = joins("sara", Role.STAFF)
        with pytest.raises(PermissionMissing):
            self.answers(staff, asked)
        grant(by=by_bank, member_id=staff.member_id, permissions=["adjust"])
        assert self.answers(staff, asked).proposed_by_id == staff.member_id
        assert "recon_difference" not in ledger()

    def test_where_our_books_lack_nothing_there_is_nothing_to_book(self, by_bank):
        asked = ask_person(kind="amount", key="line:9", about="ch_1", amount=mxn(5))
        with pytest.raises(NothingToAdjust):
            self.answers(by_bank, asked)


def test_a_question_becomes_somebodys_case(by_bank, transferred):
    import_statement(by=by_bank, content=statement(("", -700, "comision")))
    outbox.drain()

    question = MoneyQuestion.objects.get(kind="bank_line")
    case = Case.objects.get(about_id=question.pk)
    assert (case.kind, case.priority, case.owner_id) == ("money_question", "P2", by_bank.member_id)

    answer_question(by=by_bank, question_id=question.pk, answer="done", note="Del banco.")
    outbox.drain()
    case.refresh_from_db()
    assert case.state == "dismissed"


def test_what_adds_up_by_itself_is_nobodys_case_any_more(by_bank, clara):
    asked = ask_person(kind="missing_here", key="line:1", about="tr_1", amount=mxn(-700))
    outbox.drain()
    assert Case.objects.get().state == "assigned"

    close_question(key="line:1", note="matched")
    outbox.drain()
    asked.refresh_from_db()
    assert (asked.state, Case.objects.get().state) == ("gone", "dismissed")

    close_question(key="line:1", note="again")
    asked.refresh_from_db()
    assert asked.note == "matched"


class TestPage:
    """The office imports a statement and reads what differs."""

    def test_a_statement_is_imported_and_what_differs_is_shown(self, by_bank, transferred):
        office = signed_in_client("olga", strong=True)
        file = SimpleUploadedFile("s.csv", statement(("", -700, "comision del banco")))

        answer = office.post("/office/bank/", {"statement": file})

        assert answer["Location"] == "/office/bank/"
        page = office.get("/office/bank/").content.decode()
        assert "comision del banco" in page
        question = MoneyQuestion.objects.get(kind="bank_line")
        assert office.get(f"/office/money/questions/{question.pk}/").status_code == 200

    def test_a_file_that_does_not_add_up_is_refused_beside_the_field(self, by_bank):
        office = signed_in_client("olga", strong=True)
        file = SimpleUploadedFile("s.csv", b"date,amount\n2026-11-20,1\n")

        assert office.post("/office/bank/", {"statement": file}).status_code == 422
        assert BankStatement.objects.count() == 0

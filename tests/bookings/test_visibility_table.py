"""Who sees what of a booking at which moment: the whole table, cell by cell."""

from datetime import UTC, datetime, timedelta

import pytest

from marketplace.bookings.api.shapes import BookingOut
from marketplace.bookings.notices.table import TABLE
from marketplace.bookings.rules.process import Party, State
from marketplace.bookings.rules.visibility import Piece, pieces

STARTS = datetime(2026, 3, 4, 16, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=1)
LONG_BEFORE = STARTS - timedelta(days=3)
DAY_BEFORE = STARTS - timedelta(hours=24)
AT_WORK = STARTS + timedelta(minutes=30)
TWO_AFTER = ENDS + timedelta(hours=2, minutes=1)
DAY_AFTER = ENDS + timedelta(hours=24, minutes=1)

P = Piece
ASKED = {P.ZONE, P.ANSWERS}
AGREED = ASKED | {P.ADDRESS, P.NOTE, P.PREFERENCES}
OPEN = (State.REQUESTED, State.MATCHING)
ON = (State.CONFIRMED, State.PAYMENT_DUE, State.NO_SHOW_REPORTED, State.IN_PROGRESS)
ENDED = (
    *(State.CANCELLED, State.DECLINED, State.EXPIRED, State.NO_SHOW, State.PAYMENT_EXPIRED),
    *(State.AWAITING_CHOICE, State.PENDING_PAYMENT),
)
WORKERS = [
    *((state, LONG_BEFORE, ASKED) for state in OPEN),
    *((state, LONG_BEFORE, AGREED) for state in ON),
    *((state, DAY_BEFORE, AGREED | {P.VISIT_CODE}) for state in ON),
    *((state, AT_WORK, AGREED | {P.VISIT_CODE}) for state in ON),
    *((state, TWO_AFTER, AGREED) for state in ON),
    *((state, TWO_AFTER, AGREED) for state in (State.DELIVERED, State.COMPLETED)),
    *((state, DAY_AFTER, {P.ZONE}) for state in (*ON, State.DELIVERED, State.COMPLETED)),
    *((state, at, {P.ZONE}) for state in ENDED for at in (LONG_BEFORE, AT_WORK, DAY_AFTER)),
]
OWN = {P.ZONE, P.ADDRESS, P.NOTE, P.ANSWERS}
AGREED_ON = {P.RECEIPT, P.VISIT_LINK, P.PREFERENCES}
CUSTOMERS = [
    *((state, LONG_BEFORE, OWN) for state in OPEN),
    *((state, LONG_BEFORE, OWN | AGREED_ON) for state in ON),
    *(
        (
            state,
            AT_WORK,
            {*OWN, *(P.RECEIPT, P.VISIT_LINK, P.PREFERENCES), P.VISIT_CODE, P.START_PIN},
        )
        for state in ON
    ),
    *((state, DAY_AFTER, OWN | {P.RECEIPT}) for state in (State.COMPLETED, State.CANCELLED)),
]


def seen(party, state, at):
    return pieces(party=party, state=state, starts_at=STARTS, ends_at=ENDS, at=at)


@pytest.mark.parametrize(("state", "at", "cell"), WORKERS)
def test_a_worker_sees_their_cell_and_nothing_else(state, at, cell):
    assert seen(Party.WORKER, state, at) == cell


@pytest.mark.parametrize(("state", "at", "cell"), CUSTOMERS)
def test_a_customer_sees_their_cell_and_nothing_else(state, at, cell):
    assert seen(Party.CUSTOMER, state, at) == cell


def test_nobody_of_the_office_and_no_program_sees_codes_or_wishes():
    codes = {P.VISIT_CODE, P.START_PIN, P.VISIT_LINK, P.PREFERENCES}
    for party in (Party.STAFF, Party.SYSTEM, Party.PSP):
        for state in State:
            for at in (LONG_BEFORE, DAY_BEFORE, AT_WORK, DAY_AFTER):
                assert not seen(party, state, at) & codes


def test_no_answer_of_the_api_has_a_place_for_a_contact():
    names = " ".join(BookingOut.model_fields)
    assert not [each for each in ("phone", "mail", "contact", "surname") if each in names]


def test_no_message_has_a_place_for_an_address_a_code_or_a_wish():
    given = {"address", "note", "pin", "visit_code", "preferences", "phone", "email", "customer"}
    for row in TABLE:
        for text in (row.notice.subject, row.notice.body):
            assert not [name for name in given if f"{{{name}}}" in text], row.moment

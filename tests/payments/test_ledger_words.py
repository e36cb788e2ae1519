"""Nothing in the ledger is shown to anybody as a code."""

import pytest
from django.db import connection

from payments import kinds

pytestmark = pytest.mark.django_db


def asked(query: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}


def test_every_kind_of_entry_has_words():
    known = asked("select kind from ledger.entry_rule union select kind from ledger.reversal_rule")

    assert known - kinds.ENTRIES.keys() == set()


def test_every_kind_of_account_has_words():
    assert asked("select kind from ledger.account_kind") - kinds.ACCOUNTS.keys() == set()

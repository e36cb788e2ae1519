"""What a tenant decided is asked for once in a request, and anew when somebody decides again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext

from kernel.actor import Role
from kernel.edge import working_for
from payments.tenant_settings import CashOutSettings, ProviderSettings
from tenants.tenancy.actions.change_setting import change_setting
from tenants.tenancy.queries import at_home, settings_of
from tenants.tenancy.settings_schema import SCHEMAS
from tests.support.worlds import joins


def test_a_request_asks_once_for_all_that_was_decided(patitas):
    with at_home(patitas), CaptureQueriesContext(connection) as asked:
        per_day = {settings_of(CashOutSettings).per_day for _ in range(3)}
        by_hand = settings_of(ProviderSettings).pay_from_own_bank
    assert (per_day, by_hand, len(asked)) == ({CashOutSettings().per_day}, False, 1)


def test_who_decides_in_a_request_reads_the_new_decision_in_it(patitas):
    olga = joins("olga", Role.OWNER)
    with at_home(patitas):
        before = settings_of(CashOutSettings).per_day
        change_setting(by=olga, group="payments.cash_out", values={"per_day": before + 1})
        assert settings_of(CashOutSettings).per_day == before + 1


def test_at_another_tenant_the_others_decisions_are_not_remembered(patitas, lar_limpo):
    olga = joins("olga", Role.OWNER)
    before = settings_of(CashOutSettings).per_day
    change_setting(by=olga, group="payments.cash_out", values={"per_day": before + 1})
    with at_home(patitas):
        assert settings_of(CashOutSettings).per_day == before + 1
        with working_for(lar_limpo.pk):
            assert settings_of(CashOutSettings).per_day == before


@pytest.mark.parametrize("language", ["es", "pt-br"])
def test_whatever_an_owner_may_decide_is_said_in_the_owners_language(language):
    fields = [about for schema in SCHEMAS.values() for about in schema.model_fields.values()]
    said = [text for about in fields for text in (about.title, about.description) if text]
    said += [(schema.__doc__ or "").strip() for schema in SCHEMAS.values()]
    said += [schema.purpose for schema in SCHEMAS.values() if schema.purpose]
    with translation.override(language):
        assert [text for text in said if gettext(text) == text] == []

"""A second factor leaves an account only with itself, or with two operators of the house."""

import time

import pytest
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from kernel import outbox
from kernel.actor import Role
from kernel.context import HOUSE
from kernel.edge import working_for
from tenants.messaging.channels.transport import RECORDED
from tenants.tenancy.actions.recover import (
    OwnRecovery,
    RecoveryNeedsAnother,
    RecoveryReasonMissing,
    RecoveryWaits,
    ask_recovery,
    confirm_recovery,
    drop_recovery,
)
from tenants.tenancy.models import Recovery
from tenants.tenancy.queries import money_holds_of, proofs_of
from tests.support.worlds import joins, person, signed_in_client

pytestmark = pytest.mark.usefixtures("patitas")
SAID = "Videollamada y credencial."
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def olgas_app(olga):
    """Olga has an authenticator app and recovery codes; a browser of hers at the auth host."""
    with working_for(HOUSE):
        TOTP.activate(person("olga"), SECRET)
        RecoveryCodes.activate(person("olga"))
    return signed_in_client("olga", host="auth.localhost")


def proves(client, minutes: int = 0) -> None:
    with working_for(HOUSE):
        session = client.session
        at = time.time() - minutes * 60
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": at, "type": "totp"}]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = session["_auth_user_id"]
        session.save()


def factors() -> set[str]:
    with working_for(HOUSE):
        return set(Authenticator.objects.values_list("type", flat=True))


def reasons() -> list[str]:
    return [each.reason for each in money_holds_of(person("olga").pk)]


@pytest.mark.parametrize("path", ["/factor/replace/", "/factor/recovery/new/"])
@pytest.mark.parametrize("proof", [None, 6])
def test_without_a_fresh_code_of_the_app_nothing_is_taken_off(olgas_app, path, proof):
    if proof:
        proves(olgas_app, proof)
    answer = olgas_app.post(path)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/factor/again/?next=/")
    assert factors() == {"totp", "recovery_codes"}
    assert reasons() == []


def test_a_code_to_ones_mail_does_not_take_the_app_off(olgas_app):
    with working_for(HOUSE):
        session = olgas_app.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "code", "at": time.time(), "email": "olga@example.com"}
        ]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = session["_auth_user_id"]
        session.save()
    assert olgas_app.post("/factor/replace/")["Location"].startswith("/factor/again/")
    assert factors() == {"totp", "recovery_codes"}


def test_a_new_app_ends_other_sessions_tells_the_contacts_and_lets_money_rest(olgas_app):
    elsewhere = signed_in_client("olga", strong=True)
    proves(olgas_app)
    assert "72 horas" in olgas_app.get("/factor/replace/").content.decode()
    RECORDED.clear()
    answer = olgas_app.post("/factor/replace/")
    outbox.drain()

    assert answer["Location"] == "/factor/new/"
    assert factors() == set()
    assert reasons() == ["factors_reset"]
    assert elsewhere.get("/api/v1/me").status_code == 401
    assert [each.to for each in RECORDED] == ["olga@example.com"]
    assert "/not-me/" in RECORDED[0].text


def test_new_recovery_codes_replace_the_old_ones_and_let_money_rest(olgas_app):
    with working_for(HOUSE):
        before = Authenticator.objects.get(type="recovery_codes").pk
    proves(olgas_app)
    assert olgas_app.post("/factor/recovery/new/")["Location"] == "/factor/recovery/"

    with working_for(HOUSE):
        assert Authenticator.objects.get(type="recovery_codes").pk != before
    assert factors() == {"totp", "recovery_codes"}
    assert reasons() == ["factors_reset"]


class TestOperators:
    """Two people of the house, never the person themselves."""

    @pytest.fixture
    def oscar(self, olgas_app):
        with working_for(HOUSE):
            return joins("oscar", Role.STAFF)

    @pytest.fixture
    def petra(self, olgas_app):
        with working_for(HOUSE):
            return joins("petra", Role.STAFF)

    def test_one_asks_and_another_confirms(self, oscar, petra):
        with working_for(HOUSE):
            row = ask_recovery(by=oscar, email="Olga@example.com", why=SAID)
            with pytest.raises(RecoveryNeedsAnother):
                confirm_recovery(by=oscar, recovery_id=row.pk)
        assert factors() == {"totp", "recovery_codes"}
        RECORDED.clear()
        with working_for(HOUSE):
            done = confirm_recovery(by=petra, recovery_id=row.pk)
            outbox.drain()

        assert done.done
        assert factors() == set()
        assert reasons() == ["recovered"]
        assert proofs_of(person("olga").pk) == ("email",)
        assert [each.to for each in RECORDED] == ["olga@example.com"]

    def test_nobody_recovers_themselves_or_without_a_reason_or_twice(self, oscar, petra):
        with working_for(HOUSE):
            with pytest.raises(OwnRecovery):
                ask_recovery(by=oscar, email="oscar@example.com", why=SAID)
            with pytest.raises(RecoveryReasonMissing):
                ask_recovery(by=oscar, email="olga@example.com", why=" ")
            row = ask_recovery(by=oscar, email="olga@example.com", why=SAID)
            with pytest.raises(RecoveryWaits):
                ask_recovery(by=petra, email="olga@example.com", why=SAID)
            drop_recovery(by=oscar, recovery_id=row.pk)
            assert not Recovery.objects.filter(done=True).exists()
        assert factors() == {"totp", "recovery_codes"}
        assert reasons() == []

    def test_on_the_page_too(self, oscar, petra):
        first = signed_in_client("oscar", host="auth.localhost")
        second = signed_in_client("petra", host="auth.localhost")
        asked = {"email": "olga@example.com", "why": SAID}
        assert first.post("/operator/recovery/", asked)["Location"].startswith("/factor/new/")
        proves(first)
        proves(second)
        assert first.post("/operator/recovery/", asked)["Location"] == "/operator/recovery/"
        with working_for(HOUSE):
            row = Recovery.objects.get()
        page = first.get("/operator/recovery/").content.decode()
        assert "olga@example.com" in page
        url = f"/operator/recovery/{row.pk}/confirm/"
        assert url not in page
        first.post(url)
        assert factors() == {"totp", "recovery_codes"}
        assert url in second.get("/operator/recovery/").content.decode()
        second.post(url)
        assert factors() == set()
        assert reasons() == ["recovered"]

    def test_owners_of_marketplaces_have_no_business_there(self, olgas_app):
        proves(olgas_app)
        assert olgas_app.get("/operator/recovery/").status_code == 404

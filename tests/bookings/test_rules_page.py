"""The office's page of commissions: what it takes, from when on, and what that makes of prices."""

from datetime import timedelta

import pytest

from kernel import clock, outbox
from marketplace.bookings.actions.set_rule import RuleFields, end_rule, set_rule
from marketplace.bookings.models import CommissionRule
from marketplace.bookings.queries.effects import effects_at
from marketplace.bookings.rules.commission import Kind, NoticeTooShort, Rule, takes_more
from marketplace.catalog.models import Worker
from tenants.messaging.models import Notification
from tests.support.worlds import signed_in_client
from tests.support.worlds_bookings import booked, pays, quoted

PAGE = "/office/commissions/"
COMMISSION = Kind.WORKER_COMMISSION


@pytest.fixture
def office(offer, olga):
    Worker.objects.filter(approved_at__isnull=True).update(approved_at=clock.now())
    return signed_in_client("olga", strong=True)


def line(**values) -> Rule:
    return Rule(kind=COMMISSION, made_at=clock.now(), **values)


@pytest.mark.parametrize(
    ("before", "after", "more"),
    [
        ({"rate_bp": 1_200}, {"rate_bp": 1_200}, False),
        ({"rate_bp": 1_200}, {"rate_bp": 1_201}, True),
        ({"rate_bp": 1_200}, {"rate_bp": 1_000, "fixed_minor": 1}, True),
        ({"rate_bp": 1_200}, {"rate_bp": 1_200, "max_minor": 5_000}, False),
        ({"rate_bp": 1_200, "max_minor": 5_000}, {"rate_bp": 1_200}, True),
        ({"rate_bp": 1_200, "max_minor": 5_000}, {"rate_bp": 1_500, "max_minor": 4_000}, True),
        ({"rate_bp": 1_200}, {"rate_bp": 1_200, "min_minor": 10}, True),
        ({"rate_bp": 1_200, "min_minor": 100}, {"rate_bp": 900, "min_minor": 50}, False),
    ],
)
def test_a_rule_takes_more_if_it_does_so_of_any_price(before, after, more):
    assert takes_more(before=line(**before), after=line(**after)) is more


def test_the_page_shows_the_rules_and_what_they_make_of_a_price(office):
    page = office.get(PAGE).content.decode()

    assert "Comisión: 12" in page
    assert "Cargo al cliente: 5" in page
    assert effects_at()[0].price.blocks.total.minor > 0


def test_a_worse_share_at_once_is_refused_beside_the_form(office):
    before = CommissionRule.objects.count()
    answer = office.post(PAGE, {"kind": "worker_commission", "rate": "15"})

    assert answer.status_code == 422
    assert "15" in answer.content.decode()
    assert CommissionRule.objects.count() == before
    assert CommissionRule.objects.get(kind=COMMISSION, default=True).rate_bp == 1_200


def test_a_worse_share_in_sixteen_days_is_stored_and_wins_then(office, offer, clara):
    day = (clock.now() + timedelta(days=16)).date().isoformat()
    answer = office.post(PAGE, {"kind": "worker_commission", "rate": "15", "starts_on": day})

    assert answer.status_code == 302
    assert quoted(clara, offer).commission_minor == 6_960
    with clock.travelling_to(clock.now() + timedelta(days=17)):
        first = effects_at()[0].price
        assert (first.work_minor, first.commission_minor) == (45_000, 6_750)


def test_a_better_share_for_one_worker_holds_at_once_and_no_quote_changes(office, offer, clara):
    quote = quoted(clara, offer)
    answer = office.post(
        PAGE, {"kind": "worker_commission", "rate": "10", "worker": str(offer.worker_id)}
    )

    assert answer.status_code == 302
    assert quote.commission_minor == 6_960
    assert quoted(clara, offer).commission_minor == 5_800


def test_ending_a_better_rule_needs_notice_too(office, offer, olga):
    better = set_rule(
        by=olga, fields=RuleFields(kind=COMMISSION, rate_bp=500, worker_id=offer.worker_id)
    )
    with pytest.raises(NoticeTooShort):
        end_rule(by=olga, rule_id=better.pk)
    better.refresh_from_db()
    assert better.valid_to is None

    later = clock.now() + timedelta(days=15)
    assert end_rule(by=olga, rule_id=better.pk, ends_at=later).valid_to == later


def test_a_default_cannot_be_ended(office, olga):
    default = CommissionRule.objects.get(kind=COMMISSION, default=True)
    answer = office.post(f"{PAGE}{default.pk}/end/")

    assert answer.status_code == 302
    default.refresh_from_db()
    assert default.valid_to is None


def test_first_visits_and_new_workers_may_have_rules_of_their_own(office, offer, clara, olga):
    fields = RuleFields(
        kind=COMMISSION, rate_bp=300, worker_tier="new", customer_segment="first", source="page"
    )
    set_rule(by=olga, fields=fields)

    assert quoted(clara, offer).commission_minor == 1_740
    Worker.objects.update(jobs_done=25)
    offer.worker.refresh_from_db()
    assert quoted(clara, offer).commission_minor == 6_960


def test_owners_hear_once_of_a_price_that_costs_them_money(office, offer, clara, olga):
    for kind in Kind:
        set_rule(by=olga, fields=RuleFields(kind=kind, rate_bp=0))
    assert effects_at()[0].loses
    booking = pays(booked(clara, offer))
    outbox.drain()

    assert booking.tenant_minor < 0
    told = Notification.objects.filter(notice="bookings.part_below_nothing")
    assert told.count() == 1
    assert "pierde dinero" in office.get(PAGE).content.decode()


def test_staff_and_workers_do_not_decide(offer, mora, ana):
    assert signed_in_client("mora", strong=True).get(PAGE).status_code == 404
    assert signed_in_client("ana").get(PAGE).status_code in (302, 404)

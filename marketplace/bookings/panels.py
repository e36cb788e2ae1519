"""What bookings show on pages of the floors below: a worker's next job, what a policy costs."""

from collections.abc import Sequence

from django.http import HttpRequest

from kernel import clock
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.money import Money, portion_minor
from kernel.panels import Rendered, panel
from marketplace.bookings.kinds import BARRIERS, FACTORS
from marketplace.bookings.models import Series
from marketplace.bookings.queries import commission_rules, jobs_of, sheet_of
from marketplace.bookings.queries.absence import job_at
from marketplace.bookings.queries.dispatch import POLICY, names_of, offers_of, replay
from marketplace.bookings.queries.packages import offered_packages
from marketplace.bookings.queries.series import series_of
from marketplace.bookings.queries.somebody import dispatched_services
from marketplace.bookings.rules.cancellation import Policy, tiers
from marketplace.bookings.rules.commission import Kind
from marketplace.bookings.rules.country_rates import rates_of
from marketplace.bookings.tenant_settings import BookingSettings
from marketplace.catalog.models import Worker
from marketplace.catalog.queries import services
from marketplace.matching.queries import JobInside
from payments.rules.taxes import FEE, TaxLine, rate_inside
from tenants.support.models import DecisionRecord
from tenants.tenancy.forms import setting_word
from tenants.tenancy.queries import here
from tenants.tenancy.settings_schema import TenantSettings

MOST_ON_HOME = 4


@panel("work_home", order=10)
def next_job(request: HttpRequest, worker: Actor) -> Rendered:
    """Show the request that waits, or else the next job."""
    found = jobs_of(worker, at=clock.now())
    first = [*found["requests"], *found["coming"]][:1]
    shown = {
        "row": sheet_of(first[0], by=worker, proofs=False) if first else None,
        "waiting": bool(found["requests"]),
    }
    return "bookings/next_job.html", shown


@panel("absence_job", order=10)
def job_while_away(request: HttpRequest, inside: JobInside) -> Rendered:
    """Let a worker who will be away propose another time for a job, or call it off."""
    found = job_at(inside.ref, by=inside.by)
    if found is None:
        return None
    return "bookings/absence_job.html", {"job": found, "off_id": inside.time_off_id}


@panel("work_home", order=5)
def jobs_to_take(request: HttpRequest, worker: Actor) -> Rendered:
    """Show first what can be taken now."""
    count = offers_of(worker).count()
    return ("bookings/offers_waiting.html", {"count": count}) if count else None


@panel("home", order=20)
def find_me_somebody(request: HttpRequest, tenant: object) -> Rendered:
    """Let whoever does not mind who comes say only what and when."""
    found = list(dispatched_services()[:MOST_ON_HOME])
    return ("bookings/somebody_home.html", {"services": found}) if found else None


@panel("taxes", order=10)
def tax_inside_fees(request: HttpRequest, taxes: Sequence[TaxLine]) -> Rendered:
    """Say which tax is worked out of the business's own part, and by whose rate."""
    entered = rate_inside(taxes, base=FEE)
    usual = rates_of(here().country).tax_bp
    rate_bp = usual if entered is None else entered
    return "bookings/office/tax_inside.html", {"percent": rate_bp / 100, "usual": entered is None}


@panel("work_home", order=6)
def series_to_answer(request: HttpRequest, worker: Actor) -> Rendered:
    """Show that somebody would like to come back regularly."""
    count = series_of(worker).filter(state=Series.OFFERED).count()
    return ("bookings/series_waiting.html", {"count": count}) if count else None


@panel("decision", order=10)
def replayed(request: HttpRequest, decision: DecisionRecord) -> Rendered:
    """Work a wave out again beside its record, with everybody's place and what it came from."""
    if decision.kind != "offer" or not decision.record["policy_version"].startswith(POLICY):
        return None
    again = replay(decision)
    names = names_of([each.worker for each in again.everyone])
    shown = {
        "replay": again,
        "factors": [(FACTORS[name], share) for name, share in again.weights.items()],
        "rows": [
            (each, names[each.candidate.worker], each.candidate.worker in again.offered)
            for each in again.placed
        ],
        "left_out": [(names[key], BARRIERS[rule]) for key, rule in again.excluded.items()],
    }
    return "bookings/office/replay.html", shown


@panel("profile", order=5)
def packages_here(request: HttpRequest, worker: Worker) -> Rendered:
    """Offer visits that are sold together on the page of whoever does them."""
    rows = [{"offer": each, "key": uuid7()} for each in offered_packages(worker.pk)]
    return ("bookings/packages_here.html", {"rows": rows}) if rows else None


@panel("listed_prices", order=10)
def fee_on_top(request: HttpRequest, place: object) -> Rendered:
    """Say beside listed prices that a fee comes on top, and which, if it is the same for all."""
    at = clock.now()
    fees = [
        rule for rule in commission_rules() if rule.kind == Kind.CUSTOMER_FEE and rule.holds(at)
    ]
    if not any(rule.rate_bp or rule.fixed_minor or rule.min_minor for rule in fees):
        return None
    same = len(fees) == 1 and fees[0].is_plain
    return "bookings/on_top.html", {"share": fees[0].rate_bp / 100 if same else None}


@panel("setting", order=10)
def what_cancelling_costs(request: HttpRequest, decided: TenantSettings) -> Rendered:
    """Show every policy at the price of a service that is offered here."""
    offered = services().order_by("-price_minor").first()
    if offered is None or not isinstance(decided, BookingSettings):
        return None
    policies = [
        {
            "name": setting_word(each.value),
            "chosen": each == decided.cancellation,
            "rows": [(tier, _kept(offered.price, tier.percent)) for tier in tiers(each)],
        }
        for each in Policy
    ]
    return "bookings/office/policies.html", {"policies": policies, "offered": offered}


@panel("settings", order=10)
def where_commissions_are(request: HttpRequest, place: object) -> Rendered:
    """Lead from the rules of the house to those that have a page of their own."""
    return "bookings/office/commissions_link.html", {}


def _kept(price: Money, percent: int) -> tuple[Money, Money]:
    kept = Money(price.currency, portion_minor(price.minor, basis_points=percent * 100))
    return kept, price - kept

"""The office's page of figures: one period beside the one before, drawn."""

from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext, pgettext

from insights.queries import Figures, figures
from insights.queries.figures import Period, PeriodRefused
from insights.rules.period import Outcome, Part
from insights.rules.survival import MARKS, Curve
from insights.rules.wording import per_cent
from kernel import charts, reading
from kernel.charts import Drawing
from kernel.context import country_here
from tenants.tenancy.access import office_actor_of
from tenants.tenancy.queries import here

PERIODS = (7, 28, 90, 365)


class Line(NamedTuple):
    """One figure: this period's and the one before's, in per cent, and of how many."""

    name: str
    now: float | None
    before: float | None
    n: int


def figures_page(request: HttpRequest) -> HttpResponse:
    """Show the figures of 7, 28, 90 or 365 days."""
    by = office_actor_of(request)
    asked = request.GET.get("days", "28")
    if not asked.isdigit() or int(asked) not in PERIODS:
        raise PeriodRefused(fields=["days"])
    found = figures(by, days=int(asked))
    context = {
        "found": found,
        "periods": PERIODS,
        "tenant": here(),
        "lines": _lines(found),
        "again": per_cent(found.again.share),
        "wrong": _wrong(found.now.outcome),
        "curves": [
            _curve(gettext("Customers: from joining to the first job done"), found.first_booking),
            _curve(gettext("Workers: from joining to the first job done"), found.first_job),
        ],
    }
    return render(request, "insights/office/figures.html", context)


def _lines(found: Figures) -> list[Line]:
    now, before = found.now, found.before
    rows: list[tuple[str, Callable[[Period], float | None], int]] = [
        (gettext("Match rate, gross"), _rate("gross_match_rate"), now.match["gross_valid"]),
        (gettext("Match rate, net"), _rate("net_match_rate"), now.match["net_demand_chains"]),
        (gettext("Of what was asked for: done"), _rate("fill_rate_completed"),
         now.match["net_demand_chains"]),
        (gettext("Take rate: commission and fee"), lambda each: each.outcome.take_rate,
         now.outcome.completed.count),
        (gettext("Searches with somebody free within 7 days"), lambda each: each.liquidity.share,
         now.liquidity.of),
    ]  # fmt: skip
    lines = [Line(name, per_cent(of(now)), per_cent(of(before)), n) for name, of, n in rows]
    return [*lines, *_parts(now.outcome, before.outcome)]


def _rate(name: str) -> Callable[[Period], float | None]:
    return lambda each: each.match[name]


def _parts(now: Outcome, before: Outcome) -> list[Line]:
    earlier = dict(_named(before))
    return [
        Line(name, per_cent(part.share), per_cent(earlier[name].share), part.of)
        for name, part in _named(now)
    ]


def _named(found: Outcome) -> list[tuple[str, Part]]:
    return [
        (gettext("Of what was confirmed: done"), found.completed),
        (gettext("Called off by customers"), found.cancelled_by_customer),
        (gettext("Called off by workers"), found.cancelled_by_worker),
        (gettext("Called off by the office"), found.cancelled_by_office),
        (gettext("Customer was not there"), found.missed_by_customer),
        (gettext("Worker did not come"), found.missed_by_worker),
        (gettext("Disputed"), found.disputed),
        (gettext("Moved to another time"), found.moved),
    ]


def _wrong(found: Outcome) -> Drawing:
    rows = []
    for name, part in _named(found)[1:]:
        low, high = part.interval or (None, None)
        rows.append((name, per_cent(part.share), per_cent(low), per_cent(high), part.of))
    title = gettext("What went otherwise")
    told = gettext(
        "Per cent of the confirmed bookings, with the interval that holds the true share 95 of 100"
        " times."
    )
    drawn = charts.intervals(
        title, told, rows=rows, low=0, high=100, unit="%", show=_tenths, no_data=gettext("no data")
    )
    columns = [pgettext("column", "What"), "%", gettext("From"), gettext("To"), "n"]
    return drawn + charts.table(
        title,
        columns=columns,
        rows=rows,
        show=_tenths,
        no_data=gettext("no data"),
        summary=gettext("The figures as a table"),
    )


def _curve(title: str, curve: Curve) -> dict[str, object]:
    told = gettext("The share who still wait, by days since they joined.")
    points = [(0.0, 1.0), *((step.time, step.waiting) for step in curve.steps)]
    drawn = charts.steps(title, told, points=points, until=curve.until, unit=" d", show=_tenths)
    return {
        "title": title,
        "curve": curve,
        "drawn": drawn if curve.happened else "",
        "shares": [
            (days, *(per_cent(each) for each in share)) if share else (days, None, None, None)
            for days, share in ((days, curve.share_by(days)) for days in MARKS)
        ],
    }


def _tenths(value: float) -> str:
    where = reading.babel_locale(get_language(), country_here())
    return reading.number(round(value, 1), locale=where, decimals=0 if value == round(value) else 1)

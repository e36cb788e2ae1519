"""The owner's home in the office: how the marketplace does, at one look."""

from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from insights.queries import Home, home
from insights.rules.wording import per_cent, span
from kernel import charts, reading
from kernel.actor import Role
from kernel.charts import Drawing
from kernel.context import country_here
from surveys.queries import open_wave_now
from surveys.rules.display import Score
from tenants.tenancy.access import office_actor_of
from tenants.tenancy.access.menu import EXPERIENCE, OfficeItem
from tenants.tenancy.queries import here

LAST = 1_000  # After everybody who adds to Wagtail's first page.


class HomePanel(Component):
    """All of the owner's home, as one panel of Wagtail's first page."""

    name = "how-we-do"
    order = 10
    template_name = "insights/office/home.html"

    class Media:
        css = {"all": ["oficio/office.css", "insights/office_home.css"]}

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Fetch the figures and draw them."""
        request: HttpRequest = parent_context["request"]
        by = office_actor_of(request)
        found = home(by)
        return {
            "request": request,
            "csrf_token": get_token(request),
            "may_ask": by.role == Role.OWNER,
            "wave": open_wave_now(),
            "home": found,
            "tenant": here(),
            "figures": {
                "gross": per_cent(found.match.gross),
                "net": per_cent(found.match.net),
                "response": per_cent(found.customers.response_rate),
                "share": _basis_points(found.promise.worker_share_bp),
                "tips": _basis_points(found.promise.tips_passed_bp),
                "available": span(found.promise.minutes_to_available),
                "paid": span(found.promise.minutes_to_paid),
                "to_match": span(_whole(found.match.minutes)),
            },
            "charts": _charts(found),
            "small": any(score.note == "small_sample" for score in _scores(found)),
        }


@hooks.register("register_admin_urls")
def our_addresses() -> list[URLPattern | URLResolver]:
    """Say where the page of figures is."""
    return [path("", include("insights.urls.office"))]


@hooks.register("register_admin_menu_item")
def figures_item() -> MenuItem:
    """Put figures into the menu."""
    where = reverse("insights_figures")
    return OfficeItem(
        gettext_lazy("Figures"), where, icon_name="history", order=305, group=EXPERIENCE
    )


@hooks.register("construct_homepage_panels", order=LAST)
def show_how_we_do(request: HttpRequest, panels: list[Any]) -> None:
    """Put our home in the place of Wagtail's lists of pages."""
    panels[:] = [HomePanel()]


@hooks.register("construct_homepage_summary_items", order=LAST)
def count_no_pages(request: HttpRequest, items: list[Any]) -> None:
    """Leave out how many pages and images there are."""
    items.clear()


def _scores(found: Home) -> list[Score]:
    return [found.customers.nps, found.customers.csat, found.wave.total]


def _charts(found: Home) -> dict[str, Drawing]:
    return {
        "days": _days(found),
        "weeks": _weeks(found),
        "recommend": _recommend(found),
        "csat": _csat(found),
        "spark": charts.spark(
            gettext("Bookings of the last 28 days"), [float(count) for _, count in found.days]
        ),
    }


def _days(found: Home) -> Drawing:
    points = [(date_format(day, "j/n"), float(count), None, None) for day, count in found.days]
    title = gettext("Bookings per day")
    told = gettext("One point for each of the last 28 days.")
    rows = [(label, value) for label, value, _, _ in reversed(points)]
    columns = [gettext("Day"), gettext("Bookings")]
    drawn = charts.line(title, told, points=points, low=0, show=_whole_number)
    return drawn + _table(title, columns, rows)


def _weeks(found: Home) -> Drawing:
    points = [(date_format(day, "j/n"), float(count), None, None) for day, count in found.weeks]
    title = gettext("Bookings per week")
    told = gettext("One bar for each of the last eight spans of seven days.")
    rows = [(label, value) for label, value, _, _ in reversed(points)]
    columns = [gettext("Week from"), gettext("Bookings")]
    return charts.bars(title, told, points=points, low=0, show=_whole_number) + _table(
        title, columns, rows
    )


def _recommend(found: Home) -> Drawing:
    rows = [
        _row(pgettext("chart", "Customers (NPS)"), found.customers.nps),
        _row(pgettext("chart", "Workers (eNPS)"), found.wave.total),
    ]
    title = gettext("Would they recommend us?")
    told = gettext(
        "Scores from −100 to 100, with the interval that holds the true one 95 of 100 times."
    )
    drawn = charts.intervals(
        title, told, rows=rows, low=-100, high=100, show=_whole_number, no_data=gettext("no data")
    )
    return drawn + _table(title, _interval_columns(), rows)


def _csat(found: Home) -> Drawing:
    rows = [_row(pgettext("chart", "After a visit (CSAT)"), found.customers.csat)]
    title = gettext("How were the visits?")
    told = gettext("Per cent of answers of 4 or 5, with the interval that holds the true one.")
    drawn = charts.intervals(
        title,
        told,
        rows=rows,
        low=0,
        high=100,
        unit="%",
        show=_whole_number,
        no_data=gettext("no data"),
    )
    return drawn + _table(title, _interval_columns(), rows)


def _interval_columns() -> list[str]:
    return [gettext("Score"), gettext("Value"), gettext("From"), gettext("To"), "n"]


def _row(
    label: str, score: Score
) -> tuple[str, float | None, float | None, float | None, int | str | None]:
    return (label, score.value, score.low, score.high, score.n)


def _table(title: str, columns: list[str], rows: Any) -> Drawing:
    return charts.table(
        title,
        columns=columns,
        rows=rows,
        show=_whole_number,
        no_data=gettext("no data"),
        summary=gettext("The figures as a table"),
    )


def _whole_number(value: float) -> str:
    """Write a figure without decimals, in the reader's way."""
    where = reading.babel_locale(get_language(), country_here())
    written = reading.number(abs(round(value)), locale=where, decimals=0)
    return f"\u2212{written}" if round(value) < 0 else written


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _basis_points(share: int | None) -> float | None:
    return None if share is None else share / 100

"""Taxes as configured lines: inside a price, or kept back from what a worker earns.

None applies by default. What a line takes is frozen in the quote, with the line's version.

A threshold is what a worker earns free of a tax in a calendar month, in the currency of the price.
What was earned in that month before a job counts first; only the part of the job that rises above
the threshold is taxed, so that no job ever leaves its worker with less than a smaller one would.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kernel.errors import Invalid
from kernel.money import portion_minor

SERVICE, FEE, EARNINGS = "service", "fee", "worker_earnings"
BASES = (SERVICE, FEE, EARNINGS)
EXTRACTED, WITHHELD = "extracted", "withheld"
METHODS = (EXTRACTED, WITHHELD)


class TaxInvalid(Invalid):
    code = "tax.invalid"
    title = "This tax makes no sense: earnings are kept back from, prices hold taxes inside."


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxLine:
    """A tax as it stands from a day until before another."""

    code: str
    on: str
    method: str
    rate_bp: int
    threshold_minor: int = 0
    account: str = ""
    version: int = 1
    wording: Mapping[str, str] = field(default_factory=dict)
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withholding:
    """What a line keeps back of one job's earnings, and under which version of it."""

    code: str
    account: str
    version: int
    rate_bp: int
    threshold_minor: int
    wording: Mapping[str, str]
    minor: int
    before_minor: int = 0  # Earned in the same month before this job, where there is a threshold.


def check_line(line: TaxLine) -> TaxLine:
    """Return a line if it makes sense."""
    fits = (line.method == WITHHELD) == (line.on == EARNINGS)
    if not fits or not line.code or not 0 < line.rate_bp < 10_000 or line.threshold_minor < 0:
        raise TaxInvalid(fields=["rate"])
    return line


def in_force(lines: Iterable[TaxLine], *, on: date) -> list[TaxLine]:
    """Return the lines that hold on a day."""
    return [
        line
        for line in lines
        if (line.starts_on is None or line.starts_on <= on)
        and (line.ends_on is None or on < line.ends_on)
    ]


def rate_inside(lines: Iterable[TaxLine], *, base: str) -> int | None:
    """Return what lines take inside a price, together; None where no line says anything."""
    found = [line.rate_bp for line in lines if line.method == EXTRACTED and line.on == base]
    return sum(found) if found else None


def asks_for_the_month(lines: Iterable[TaxLine]) -> bool:
    """Tell whether what was earned in a month before a job matters to what is kept back of it."""
    return any(line.method == WITHHELD and line.threshold_minor for line in lines)


def above_threshold(earned_minor: int, *, threshold_minor: int, before_minor: int) -> int:
    """Return the part of what was earned that rises above a month's threshold."""
    return min(earned_minor, max(0, before_minor + earned_minor - threshold_minor))


def withhold(
    lines: Iterable[TaxLine], *, earned_minor: int, before_minor: int = 0
) -> list[Withholding]:
    """Return what is kept back of a worker's share; never more than all of it.

    `before_minor` is what the worker earned in the same month before.
    """
    left, found = earned_minor, []
    for line in lines:
        if line.method != WITHHELD:
            continue
        taxed = above_threshold(
            earned_minor, threshold_minor=line.threshold_minor, before_minor=before_minor
        )
        minor = min(portion_minor(taxed, basis_points=line.rate_bp), left)
        left -= minor
        found.append(
            Withholding(
                code=line.code,
                account=line.account or line.code,
                version=line.version,
                rate_bp=line.rate_bp,
                threshold_minor=line.threshold_minor,
                wording=dict(line.wording),
                minor=minor,
                before_minor=before_minor if line.threshold_minor else 0,
            )
        )
    return [each for each in found if each.minor]


def withhold_of_kept(frozen: Sequence[Withholding], *, earned_minor: int) -> list[Withholding]:
    """Return what is kept back of another share under the lines that a quote has frozen."""
    before_minor = max((each.before_minor for each in frozen), default=0)
    return withhold(map(_line_of, frozen), earned_minor=earned_minor, before_minor=before_minor)


def _line_of(each: Withholding) -> TaxLine:
    return TaxLine(
        code=each.code,
        on=EARNINGS,
        method=WITHHELD,
        rate_bp=each.rate_bp,
        threshold_minor=each.threshold_minor,
        account=each.account,
        version=each.version,
        wording=each.wording,
    )

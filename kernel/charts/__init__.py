"""Charts drawn on the server as SVG: no script, no asset, readable without colour or sight.

Each function returns one `<svg role="img">` with a title and a description; `table` returns the
same figures for those who read. A value of None is a gap in the drawing and a dash in the table.
Colours come from `currentColor` and classes, so the page's stylesheet decides; without one the
drawing still stands. Texts are escaped here; a template may print the result as it is.
"""

from kernel.charts.drawing import Drawing, plain
from kernel.charts.grids import heat, steps
from kernel.charts.rows import Row, intervals, shares
from kernel.charts.series import Point, bars, line, spark
from kernel.charts.tables import table

__all__ = [
    "Drawing",
    "Point",
    "Row",
    "bars",
    "heat",
    "intervals",
    "line",
    "plain",
    "shares",
    "spark",
    "steps",
    "table",
]

"""Charts say what they draw, leave out what is not known, and stay small."""

import gzip
import math
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel import charts
from kernel.charts.drawing import GAP, MINUS, ticks

SVG = "{http://www.w3.org/2000/svg}"
WEEKS = [(f"Week {i}", 20.0 + i % 9, 15.0 + i % 9, 27.0 + i % 9) for i in range(52)]

EVERY_CHART = {
    "line": charts.line("A <b>", "It & more", points=WEEKS),
    "bars": charts.bars("A <b>", "It & more", points=WEEKS[:12]),
    "spark": charts.spark("A <b>", [1, None, 3], description="It & more"),
    "intervals": charts.intervals(
        "A <b>", "It & more", rows=[("Walks", 62, 48, 74, 64)] * 12, low=-100, high=100
    ),
    "shares": charts.shares("A <b>", "It & more", parts=[("Worker", 77), ("Tip", 8), ("Tax", 15)]),
    "heat": charts.heat(
        "A <b>",
        "It & more",
        columns=[str(i) for i in range(12)],
        rows=[(f"Month {i}", [50.0] * 12) for i in range(12)],
    ),
    "steps": charts.steps(
        "A <b>", "It & more", points=[(i, 1 - i / 60) for i in range(50)], until=60
    ),
}
each_chart = pytest.mark.parametrize("drawing", EVERY_CHART.values(), ids=EVERY_CHART)
numbers = st.floats(-1e6, 1e6, allow_nan=False)


def parsed(drawing):
    return ElementTree.fromstring(drawing)


def words(drawing):
    return [node.text for node in parsed(drawing).iter(f"{SVG}text")]


@each_chart
def test_a_chart_is_an_image_with_a_name_and_a_description(drawing):
    root = parsed(drawing)

    assert root.get("role") == "img"
    assert (root[0].tag, root[0].text) == (f"{SVG}title", "A <b>")
    assert (root[1].tag, root[1].text) == (f"{SVG}desc", "It & more")


@each_chart
def test_a_chart_carries_no_script_style_or_outside_asset(drawing):
    assert re.findall(r"<script|<style|style=|href=|url\(|\son\w+=|<image", drawing) == []


@each_chart
def test_a_chart_fits_in_five_kilobytes_compressed(drawing):
    assert len(gzip.compress(drawing.encode(), mtime=0)) <= 5_000


def test_a_gap_breaks_the_line_and_is_never_drawn_as_zero():
    points = [("a", 1, None, None), ("b", None, None, None), ("c", 3, None, None)]
    drawing = charts.line("T", "D", points=[*points, ("d", 4, None, None)])

    strokes = [n for n in parsed(drawing).iter(f"{SVG}path") if n.get("class") == "chart-line"]
    assert len(strokes) == 2
    assert len(list(parsed(drawing).iter(f"{SVG}circle"))) == 3


def test_a_line_of_gaps_only_still_stands():
    drawing = charts.line("T", "D", points=[("a", None, None, None)] * 3)

    assert [n for n in parsed(drawing).iter(f"{SVG}path") if n.get("class") == "chart-line"] == []


def test_a_bar_for_nothing_known_is_missing_and_keeps_its_label():
    drawing = charts.bars("T", "D", points=[("Mon", 5, None, None), ("Tue", None, None, None)])

    assert len(list(parsed(drawing).iter(f"{SVG}rect"))) == 1
    assert {"Mon", "Tue", "5"} <= set(words(drawing))


def test_a_score_shows_its_interval_and_how_many_answered():
    rows = [("Walks", 62, 48, 74, 64), ("Baths", None, None, None, "5-9")]
    drawing = charts.intervals("T", "D", rows=rows, low=-100, high=100, no_data="no data")

    assert words(drawing)[5:] == ["Walks", f"62 (48 {GAP} 74) · n 64", "Baths", "no data · n 5-9"]


def test_shares_are_written_in_per_cent_of_the_whole():
    drawing = charts.shares("T", "D", parts=[("Worker", 3), ("Tip", 1), ("Tax", None)])

    assert words(drawing) == ["Worker", "75%", "Tip", "25%", "Tax", GAP]


def test_a_long_label_stands_in_lines_of_its_own_and_is_not_cut():
    long = "Called off by customers less than a day before the visit"
    rows = [(long, 62, 48, 74, 64), ("Walks", 62, 48, 74, 64)]
    drawn = charts.intervals("T", "D", rows=rows, low=-100, high=100)
    shared = charts.shares("T", "D", parts=[(long, 1)])

    assert " ".join(words(drawn)[5:7]) == long
    assert words(drawn)[7:9] == [f"62 (48 {GAP} 74) · n 64", "Walks"]
    assert " ".join(words(shared)[:2]) == long
    assert int(drawn.split('"0 0 320 ')[1].split('"')[0]) == 2 * 42 + 2 * 17 + 22


def test_a_negative_share_is_refused():
    with pytest.raises(ValueError, match="not negative"):
        charts.shares("T", "D", parts=[("Worker", -3), ("Tip", 1)])


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_cannot_be_computed_must_come_as_none(value):
    with pytest.raises(ValueError, match="give None"):
        charts.line("T", "D", points=[("a", value, None, None)])
    with pytest.raises(ValueError, match="give None"):
        charts.table("T", columns=["a", "b"], rows=[["x", value]])


def test_the_table_holds_the_same_figures_as_the_plot():
    table = charts.table(
        "NPS <1>", columns=["Week", "NPS"], rows=[["A & B", 12.25], ["C", None]], no_data="no data"
    )

    assert re.findall(r"<t[hd](?: [^>]*)?>([^<]*)<", table) == [
        "Week",
        "NPS",
        "A &amp; B",
        "12.3",
        "C",
        "no data",
    ]
    assert "<caption>NPS &lt;1&gt;</caption>" in table


@pytest.mark.parametrize(
    ("value", "written"),
    [(12.25, "12.3"), (-12.25, f"{MINUS}12.3"), (3.0, "3"), (-0.04, "0"), (1234.5, "1234.5")],
)
def test_figures_are_rounded_half_away_from_zero(value, written):
    assert charts.plain(value) == written


@given(numbers, numbers)
def test_ticks_are_few_and_enclose_the_figures(one, other):
    low, high = sorted((one, other))
    marks = ticks(low, high)

    slack = 1e-6 * max(abs(low), abs(high), 1e-3)
    assert marks[0] <= low + slack
    assert marks[-1] >= high - slack
    assert 2 <= len(marks) <= 7


@given(st.lists(st.none() | numbers, min_size=1, max_size=40))
def test_nothing_is_drawn_outside_the_sheet(values):
    drawing = charts.line("T", "D", points=[(str(i), v, v, v) for i, v in enumerate(values)])

    for dot in parsed(drawing).iter(f"{SVG}circle"):
        assert 0 <= float(dot.get("cx")) <= 320
        assert 0 <= float(dot.get("cy")) <= 200


def test_a_drawing_and_its_table_stay_markup_and_words_do_not():
    drawing = charts.spark("T", [1, 2]) + charts.table("C", columns=["a"], rows=[["b"]]) + "<i>"

    assert isinstance(drawing, charts.Drawing)
    assert drawing.count("<table") == 1
    assert drawing.endswith("&lt;i&gt;")

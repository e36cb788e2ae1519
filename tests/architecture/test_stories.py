"""The page about money names a test for every story, and the test is there."""

import re

from config.texts import ROOT

ROW = re.compile(r"^\| (\d+) \| [^|]+ \| `test_(\d\d)_…` in ([^|]+) \|$", re.MULTILINE)
PLACE = re.compile(r"`([\w/]+\.py)`")


def test_each_of_the_thirty_stories_has_tests_where_the_page_says():
    rows = ROW.findall((ROOT / "docs/money.md").read_text())

    assert [int(number) for number, _, _ in rows] == list(range(1, 31))
    lacking = [
        f"{number}: {place}"
        for number, named, places in rows
        for place in PLACE.findall(places)
        if f"def test_{named}_" not in (ROOT / "tests/payments" / place).read_text()
        or int(named) != int(number)
    ]
    assert lacking == []

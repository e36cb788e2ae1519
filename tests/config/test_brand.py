"""Whatever colour a tenant picks, people can read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.brand import contrast, palette, parse, stylesheet

AA = 4.5
GROUNDS = {False: ("#ffffff", "#fbf8f2"), True: ("#221f1a", "#181612")}


def apart(one, other):
    return contrast(parse(one), parse(other))


@pytest.mark.parametrize("dark", [False, True])
@given(colour=st.tuples(*[st.integers(0, 255)] * 3))
def test_every_pair_that_carries_text_reaches_the_contrast_of_aa(dark, colour):
    tokens = palette(colour, dark=dark)

    assert apart(tokens["on-brand"], tokens["brand"]) >= AA
    assert apart(tokens["on-brand"], tokens["brand-strong"]) >= AA
    assert apart(tokens["on-awning"], tokens["awning"]) >= AA
    assert apart(tokens["brand-text"], tokens["brand-soft"]) >= AA
    for ground in GROUNDS[dark]:
        assert apart(tokens["brand-text"], ground) >= AA


def test_a_colour_that_already_reads_well_is_left_alone():
    assert palette(parse("#17624b"), dark=False)["brand"] == "#17624b"


def test_the_stylesheet_says_light_first_and_dark_where_it_is_wanted():
    light, dark = stylesheet("0f766e").split("\n@media (prefers-color-scheme:dark)")

    assert light.startswith(":root{--brand:#0f766e;--on-brand:#ffffff;")
    assert dark.startswith("{:root{--brand:#")

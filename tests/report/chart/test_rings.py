"""The calendar of rings: counts, places, and nothing that is cut off."""

import datetime as dt
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.report.chart import NightKind, Stretch, rings_figure
from noctiflora.report.chart._rings import BROAD, NARROW, SIGNS

FIRST = dt.date(2026, 8, 2)
CIRCLE = re.compile(r'<circle class="([\w-]+)" cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"/>')


def stretches(lengths: list[int], kinds: list[NightKind]) -> list[Stretch]:
    return [
        Stretch(name=f"KQ{k}", first=FIRST, nights=tuple(kinds[(k + i) % len(kinds)] for i in range(n)))
        for k, n in enumerate(lengths)
    ]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 42), st.integers(1, 12), st.lists(st.sampled_from(NightKind), min_size=1, max_size=9))
def test_every_night_is_one_ring_inside_the_drawing(nights: int, n: int, kinds: list[NightKind]) -> None:
    found = rings_figure(stretches([nights] * n, kinds))
    assert found.broad is not None
    for drawing, width in ((found.narrow, NARROW), (found.broad, BROAD)):
        rings = CIRCLE.findall(str(drawing.body))
        assert len(rings) == nights * n
        places = {(x, y) for _, x, y, _ in rings}
        assert len(places) == nights * n
        for _, x, y, r in rings:
            assert float(r) <= float(x) <= width - float(r) + 0.1
            assert float(r) <= float(y) <= drawing.height - float(r) + 0.1


def test_counts_are_those_of_the_nights() -> None:
    nights = (NightKind.TAKEN, NightKind.NOT_TAKEN, NightKind.MISSING, NightKind.NOW, NightKind.TO_COME)
    found = rings_figure([Stretch(name="KQ", first=FIRST, nights=nights)])
    assert found.table is not None
    assert found.table.rows == (("KQ", "4 of 5", "2", "1"),)
    assert "4 have passed: 2 recorded, 2 not" in found.description
    assert "No result is shown" in found.description


def test_every_kind_has_a_sign() -> None:
    assert len(SIGNS) == len(NightKind)

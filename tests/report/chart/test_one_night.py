"""One modelled night, now and then."""

import re
from dataclasses import replace

from noctiflora.report.chart import OneNight, one_night_figure
from noctiflora.report.chart._one_night import BROAD, NARROW

NOW = OneNight(
    name="Now", bed=11.4, rise=19.6, onset=11.9, offset=19.6, onset_low=11.6, onset_high=12.4, awake=45, mark=9.6
)
THEN = replace(NOW, name="What if", bed=10.5, onset=10.9, onset_low=10.7, onset_high=11.2, mark=8.2)


def test_clock_times_are_those_of_the_night() -> None:
    table = one_night_figure(NOW, THEN).table
    assert table is not None
    assert table.rows[0] == ("Lights out", "23:24", "22:30")
    assert table.rows[1] == ("Evening rise of melatonin", "21:36", "20:12")
    assert table.rows[4] == ("Getting up", "07:36", "07:36")


def test_both_nights_lie_inside_both_drawings() -> None:
    figure = one_night_figure(NOW, THEN)
    assert figure.broad is not None
    for drawing, width in ((figure.narrow, NARROW), (figure.broad, BROAD)):
        for x1, x2 in re.findall(r'x1="(-?[\d.]+)" y1="[\d.]+" x2="(-?[\d.]+)"', str(drawing.body)):
            assert 0 <= float(x1) <= width
            assert 0 <= float(x2) <= width


def test_earlier_lies_further_left() -> None:
    discs = re.findall(r'<circle class="hyp-d" cx="([\d.]+)"', str(one_night_figure(NOW, THEN).narrow.body))
    assert float(discs[1]) < float(discs[0])


def test_it_says_hypothesis() -> None:
    figure = one_night_figure(NOW, THEN)
    assert "hypothesis" in figure.title
    assert "Hypothesis" in figure.caption

"""The charts of a simulated person as files that stand alone."""

import re
from dataclasses import replace
from xml.etree import ElementTree

from noctiflora.report import AxisChart, DayLane, WeekCourse, axis_chart_html, axis_chart_svg

HOURS = tuple(12.0 + k for k in range(25))
CHART = AxisChart(
    person="<script>Somebody",
    people="The middle of 16 runs.",
    hours=HOURS,
    lanes=(
        DayLane(
            name="Melatonin",
            unit="pmol/L",
            now=HOURS,
            then=tuple(h + 5 for h in HOURS),
            now_band=(tuple(h - 1 for h in HOURS), tuple(h + 1 for h in HOURS)),
            then_band=(HOURS, tuple(h + 9 for h in HOURS)),
        ),
    ),
    courses=(
        WeekCourse(
            name="Arousal", unit="own", low=(0.1, 0.1), middle=(0.4, 0.3), high=(0.9, 0.8), start=(0.2, 0.5, 1.0),
            plain=(0.5, 0.5),
        ),
    ),
    change="phgg 5",
    weeks=2,
)  # fmt: skip


def test_the_drawing_is_one_xml_file_that_loads_nothing_and_says_hypothesis() -> None:
    text = axis_chart_svg(CHART)
    root = ElementTree.fromstring(text)
    assert root.tag.endswith("svg")
    assert "Hypothesis." in text
    assert "<script>" not in text
    assert text.count('class="hyp-b"') == 2, "a band for the day and one for the weeks"
    assert "hatched: 90 of 100 model runs with it" in text
    names = re.findall(r' id="([^"]+)"', text)
    assert len(names) == len(set(names))


def test_the_page_holds_both_charts_with_their_tables() -> None:
    text = axis_chart_html(CHART)
    assert "<script>" not in text
    assert text.count("<details") == 2
    assert "17 (12 to 21)" in text
    assert "0.30 (0.10 to 0.80)" in text
    assert "default-src" in text


def test_without_a_change_nothing_is_called_a_what_if() -> None:
    lane = CHART.lanes[0]
    plain = replace(lane, then=lane.now, then_band=lane.now_band)
    course = replace(CHART.courses[0], plain=None)
    text = axis_chart_svg(replace(CHART, lanes=(plain,), courses=(course,), change=""))
    assert "what-if" not in text
    assert "no change" not in text

"""Forest and funnel plot: every study drawn, well-formed, hostile names harmless."""

import math
from xml.etree import ElementTree

from noctiflora.evidence.meta import ForestRow, FunnelPoint
from noctiflora.report import forest_svg, funnel_svg

SVG = "{http://www.w3.org/2000/svg}"
ROWS = [
    ForestRow(label="<script>alert(1)</script>", y=-0.4, low=-0.9, high=0.1, weight_percent=40.0, kind="study"),
    ForestRow(label="B", y=-0.2, low=-0.5, high=0.1, weight_percent=60.0, kind="study"),
    ForestRow(label="REML", y=-0.28, low=-0.54, high=-0.02, weight_percent=None, kind="pooled"),
    ForestRow(label="a further study", y=-0.28, low=-0.7, high=0.2, weight_percent=None, kind="prediction"),
]
POINTS = [
    FunnelPoint(label="A", y=-0.4, se=0.25, low=-0.75, high=0.2),
    FunnelPoint(label="B", y=-0.2, se=0.15, low=-0.57, high=0.02),
]


def test_every_line_of_the_forest_is_drawn() -> None:
    root = ElementTree.fromstring(forest_svg(ROWS, measure="SMD"))
    assert len(root.findall(f"{SVG}rect[@class='you-d']")) == 2
    assert len(root.findall(f"{SVG}path[@class='pri-d']")) == 1
    small, large = (float(r.get("width", "0")) for r in root.findall(f"{SVG}rect[@class='you-d']"))
    assert small < large
    assert not root.findall(f".//{SVG}script")
    assert root.find(f"{SVG}title") is not None


def test_a_larger_error_lies_lower_in_the_funnel() -> None:
    root = ElementTree.fromstring(funnel_svg(POINTS, centre=-0.26, measure="SMD"))
    first, second = root.findall(f"{SVG}circle")
    assert float(first.get("cy", "0")) > float(second.get("cy", "0"))
    assert all(math.isfinite(float(c.get("cx", "nan"))) for c in (first, second))


def test_one_study_is_drawn_too() -> None:
    assert ElementTree.fromstring(funnel_svg(POINTS[:1], centre=-0.3, measure="SMD")).findall(f"{SVG}circle")

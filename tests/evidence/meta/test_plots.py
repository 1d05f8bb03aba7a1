"""The data behind the plots: every study once, weights of one hundred, the funnel about the equal-effects mean."""

import pytest

from noctiflora.evidence.meta import Measure, Method, analyse
from tests.evidence.meta.tables import table


def test_forest() -> None:
    found = analyse(table("bcg", Measure.RR))
    studies = [row for row in found.forest if row.kind == "study"]
    assert [row.label for row in studies] == list(found.studies.labels)
    assert sum(row.weight_percent or 0 for row in studies) == pytest.approx(100)
    # Aronson 1948: the first line of metafor's forest plot, RR 0.41 (0.13, 1.26)
    assert (studies[0].y, studies[0].low, studies[0].high) == pytest.approx((-0.8893, -2.0077, 0.2290), abs=2e-4)
    kinds = [row.kind for row in found.forest]
    assert kinds.count("pooled") == len(Method) + 1
    assert kinds[-1] == "prediction"


def test_funnel() -> None:
    found = analyse(table("bcg", Measure.RR))
    centre = found.fit(Method.EE).estimate
    for point, v in zip(found.funnel, found.studies.v, strict=True):
        assert point.se == pytest.approx(v**0.5)
        assert (point.low + point.high) / 2 == pytest.approx(centre)

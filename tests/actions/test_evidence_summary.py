"""The population for the report: as the review printed it."""

import pytest

from noctiflora.actions._evidence_summary import evidence_summary
from noctiflora.evidence import load


def test_as_printed() -> None:
    found = evidence_summary(load())
    assert found.review_psqi is not None
    assert (found.review_psqi.mean, found.review_psqi.low, found.review_psqi.high) == (-0.59, -0.83, -0.35)
    assert found.population_smd is not None
    assert found.population_smd.mean == pytest.approx(-0.59 / 3.0)
    assert found.predictive is not None
    assert found.predictive.sd == pytest.approx(0.244, abs=0.01)
    assert found.n_trials == 13
    assert found.sources

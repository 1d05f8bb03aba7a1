"""Egger's test equals what metafor prints, and says when it cannot be made."""

import numpy as np
import pytest

from noctiflora.evidence.meta import Measure
from noctiflora.evidence.meta._small_study import small_study
from tests.evidence.meta.tables import table


def test_the_magnesium_trials() -> None:
    studies = table("egger2001", Measure.OR)
    found = small_study(studies.y, studies.v)
    assert found is not None
    assert found.z_mixed == pytest.approx(-4.6686, abs=6e-5)
    assert found.enough


def test_the_classic_form_is_the_textbook_regression() -> None:
    """Egger 1997: the standardised effect on precision; its intercept is our slope."""
    studies = table("egger2001", Measure.OR)
    found = small_study(studies.y, studies.v)
    se = np.sqrt(studies.v)
    x = np.stack([np.ones_like(se), 1 / se], axis=1)
    beta, rest, _, _ = np.linalg.lstsq(x, studies.y / se, rcond=None)
    error = np.sqrt(float(rest[0]) / (se.size - 2) * np.linalg.inv(x.T @ x)[0, 0])
    assert found is not None
    assert (found.slope, found.limit) == pytest.approx((beta[0], beta[1]))
    assert found.t == pytest.approx(beta[0] / error)


@pytest.mark.parametrize("se", [[0.1, 0.2], [0.1, 0.1, 0.1, 0.1]])
def test_where_it_cannot_be_made(se: list[float]) -> None:
    assert small_study(np.arange(len(se), dtype=float), np.array(se) ** 2) is None


def test_few_studies_are_said_to_be_few() -> None:
    found = small_study(np.array([0.1, 0.2, 0.5]), np.array([0.01, 0.02, 0.05]))
    assert found is not None
    assert not found.enough

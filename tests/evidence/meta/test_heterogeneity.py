"""Q, I squared and the interval of tau squared equal what metafor prints."""

import numpy as np
import pytest

from noctiflora.evidence.meta import Measure, analyse
from noctiflora.evidence.meta._heterogeneity import heterogeneity, typical_variance
from tests.evidence.meta.tables import table

# Q, p, I2, H2 at REML
PRINTED = [
    ("bcg", Measure.RR, 152.2330, None, 92.2214, 12.8558),
    ("raudenbush1985", None, 35.8295, 0.0074, 41.86, 1.72),
    ("hine1989", Measure.RD, 0.8597, 0.9731, 0.0, 1.0),
    ("normand1999", Measure.MD, 238.9158, None, 98.97, 97.21),
    ("normand1999", Measure.SMD, 123.7293, None, 95.49, 22.20),
    ("normand1999", Measure.ROM, 149.1398, None, 94.36, 17.74),
    ("viechtbauer2005", None, None, None, 76.8399, 4.3178),
]


@pytest.mark.parametrize("case", PRINTED, ids=lambda c: f"{c[0]}-{c[1]}")
def test_published_heterogeneity(case: tuple[str, Measure | None, float | None, float | None, float, float]) -> None:
    name, measure, q, p, i2, h2 = case
    found = analyse(table(name, measure)).spread
    assert q is None or found.q == pytest.approx(q, abs=6e-5)
    assert p is None or found.p_value == pytest.approx(p, abs=6e-5)
    # metafor's scoring stops at a step of 1e-5 in tau squared: 0.02 % of I2 where the variances are as small as these.
    assert found.i2_percent == pytest.approx(i2, abs=0.02 if name == "raudenbush1985" else 5.1e-3)
    assert found.h2 == pytest.approx(h2, abs=5.1e-3)


def test_the_interval_of_tau_squared() -> None:
    """Of dat.bcg as metafor prints it; the interval does not depend on the estimator."""
    studies = table("bcg", Measure.RR)
    found = heterogeneity(studies.y, studies.v, 0.3088)
    assert found.tau2_ci95 == pytest.approx((0.1197, 1.1115), abs=6e-5)


def test_studies_that_agree_have_an_interval_from_zero() -> None:
    found = heterogeneity(np.array([0.1, 0.1, 0.1]), np.array([0.1, 0.1, 0.1]), 0.0)
    assert found.tau2_ci95[0] == found.i2_percent == 0
    assert found.h2 == 1


def test_the_typical_variance_of_equal_studies_is_theirs() -> None:
    assert typical_variance(np.full(7, 0.3)) == pytest.approx(0.3)

"""The cross-check: differences are found, a missing library is named, and where it is present it agrees."""

import importlib.util

import pytest

from noctiflora.core import MissingExtra
from noctiflora.evidence.meta import Measure, Method, Studies, analyse, cross_check
from tests.evidence.meta.tables import table

HERE = importlib.util.find_spec("pymare") is not None


def test_a_difference_is_told_in_standard_errors() -> None:
    found = analyse(table("bcg", Measure.RR))

    def other(studies: Studies, method: Method) -> tuple[float, float]:
        ours = found.fit(method)
        return ours.estimate + 0.5 * ours.se, ours.tau2

    compared = cross_check(found, other=other)
    assert [c.method for c in compared] == [Method.DL, Method.REML]
    assert all(c.difference == pytest.approx(0.5) for c in compared)


# Estimate and tau squared by PyMARE 0.0.13 (tests/oracles/evidence_pymare.py)
PYMARE = {Method.DL: (-0.71411722, 0.30876026), Method.REML: (-0.71453234, 0.31324327)}


def test_pymare_as_it_answered() -> None:
    found = analyse(table("bcg", Measure.RR))
    for compared in cross_check(found, other=lambda _, method: PYMARE[method]):
        assert compared.difference < 1e-7


@pytest.mark.skipif(HERE, reason="PyMARE is installed")
def test_a_missing_library_is_named() -> None:
    with pytest.raises(MissingExtra, match=r"noctiflora\[meta\]"):
        cross_check(analyse(table("bcg", Measure.RR)))


@pytest.mark.skipif(not HERE, reason="PyMARE, of the extra meta, is not installed")
@pytest.mark.filterwarnings("ignore")
def test_pymare_agrees() -> None:
    for name in ("raudenbush1985", "hackshaw1998", "viechtbauer2005"):
        assert all(c.difference < 1e-5 for c in cross_check(analyse(table(name))))

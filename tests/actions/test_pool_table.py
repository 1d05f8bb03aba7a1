"""Pooling a table: the measure is passed on, the check is made only where it is asked for."""

from pathlib import Path

import pytest

from noctiflora.actions import pool_table
from noctiflora.core import RangeError
from noctiflora.evidence.meta import Method

TABLE = (Path(__file__).parents[1] / "evidence" / "meta" / "tables" / "bcg.csv").read_text(encoding="utf-8")


def test_the_measure_is_passed_on() -> None:
    found = pool_table(TABLE, where="bcg.csv", measure="RR")
    assert found.analysis.fit(Method.REML).estimate == pytest.approx(-0.714532, abs=6e-7)
    assert found.compared == ()


def test_a_measure_that_does_not_fit() -> None:
    with pytest.raises(RangeError, match=r"bcg\.csv"):
        pool_table(TABLE, where="bcg.csv", measure="MD")

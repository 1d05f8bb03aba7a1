"""A cohort from many processes is that of one, bit for bit."""

import numpy as np
import pytest

from noctiflora.axis import POPULATIONS, cohort, parse_intervention
from noctiflora.core import RangeError
from noctiflora.study import _cohort, engine, run_cohort

FIGURES = ("psqi", "tst_min")
ARMS = {"no change": [], "starch": [parse_intervention("resistant-starch:20:0:7")]}


def test_no_bit_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_cohort, "BLOCK", 16)
    here = cohort(40, weeks=1, population=POPULATIONS["complaint"], arms=ARMS, figures=FIGURES, seed=4)
    heard: list[tuple[int, int]] = []
    with engine(workers=2) as machines:
        there = run_cohort(
            40,
            machines,
            weeks=1,
            population="complaint",
            arms=ARMS,
            figures=FIGURES,
            seed=4,
            tell=lambda done, of: heard.append((done, of)),
        )
        with pytest.raises(RangeError, match="weeks"):
            run_cohort(2, machines, weeks=0, population="complaint", arms=ARMS)
        with pytest.raises(RangeError, match="nobody"):
            run_cohort(0, machines, weeks=1, population="complaint", arms=ARMS)
    assert heard[-1] == (3, 3)
    assert there.arms == here.arms
    assert np.array_equal(there.failed, here.failed)
    for name in FIGURES:
        assert there.weekly[name].tobytes() == here.weekly[name].tobytes()
        assert there.baseline[name].tobytes() == here.baseline[name].tobytes()

"""A cohort is the same here and on other processes."""

import numpy as np
import pytest

from noctiflora.actions import simulate_cohort
from noctiflora.core import ModelError


def test_here_and_there() -> None:
    here, there = (
        simulate_cohort(5, weeks=1, population="general", arms={"no change": []}, seed=1, workers=workers)
        for workers in (None, 1)
    )
    assert np.array_equal(here.weekly["psqi"], there.weekly["psqi"])


def test_no_scheduler_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("noctiflora.study._engine.WAIT_S", 1)
    with pytest.raises(ModelError, match="does not answer"):
        simulate_cohort(5, weeks=1, population="general", arms={"no change": []}, scheduler="tcp://127.0.0.1:9")

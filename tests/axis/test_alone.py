"""Each module alone: it comes back to where it was, and reads nothing it should not."""

import numpy as np
import pytest

from noctiflora.axis._alone import run_alone
from noctiflora.axis._model_file import load_model
from noctiflora.core import RangeError

DAYS = {
    "circadian": 16,
    "sleep": 4,
    "melatonin": 2,
    "hpa": 30,
    "gut_content": 25,
    "guilds": 20,
    "metabolites": 3,
    "barrier_immune": 25,
    "vagal_arousal": 40,
    "sleep_memory": 20,
}
SLOW = {"Pg": 0.9, "Ag": 0.9, "Ad": 0.15, "Ar": 0.1}
"""What may be left of a push at the end, as a share; glands have half-lives of weeks."""


def test_every_module_has_its_length() -> None:
    assert set(DAYS) == {m.name for m in load_model().modules}


@pytest.mark.parametrize("module", list(DAYS))
def test_a_pushed_module_returns(module: str) -> None:
    runs = run_alone(module, days=DAYS[module], scale=(1.0, 1.15))
    for name, values in runs.items():
        assert np.all(np.isfinite(values))
        start, end = np.abs(values[0, 1] - values[0, 0]), np.abs(values[-1, 1] - values[-1, 0])
        size = max(float(np.abs(values[:, 0]).max()), 1e-3)
        assert end <= max(SLOW.get(name, 0.02) * start, 0.02 * size), name


REFERENCE_POINT = {
    "NB": 1.0,
    "NG": 1.0,
    "NH": 1.0,
    "NO": 1.0,
    "NX": 0.0,
    "Hi": 1.0,
    "Pm": 1.0,
    "In": 1.0,
    "V": 0.0,
    "Ar": 0.0,
}


@pytest.mark.parametrize("module", ["guilds", "metabolites", "barrier_immune", "vagal_arousal"])
def test_held_at_the_reference_it_rests_at_the_reference_point(module: str) -> None:
    for name, values in run_alone(module, days=DAYS[module], scale=(1.0, 1.2)).items():
        if name in REFERENCE_POINT:
            assert values[-1] == pytest.approx(REFERENCE_POINT[name], abs=0.02), name


def test_an_unknown_module_is_refused() -> None:
    with pytest.raises(RangeError, match="circadian"):
        run_alone("liver", days=1)

"""The models of additions: what each refuses, named by field."""

import json

import pytest
from pydantic import ValidationError

from noctiflora.evidence.rows import Difference, NewPersonal, NewTrial
from tests.evidence.test_read_additions import entry


def refused(model: type[NewTrial] | type[NewPersonal] | type[Difference], record: dict[str, object]) -> str:
    with pytest.raises(ValidationError) as caught:
        model.model_validate_json(json.dumps(record), strict=True)
    return str(caught.value)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"se": 0.3, "ci_low": -1.0, "ci_high": 1.0}, "not both"),
        ({"ci_low": -1.0}, "needs its standard error"),
        ({"ci_low": 0.5, "ci_high": 1.0}, "inside its interval"),
        ({"se": -0.1}, "greater than 0"),
    ],
)
def test_a_difference_needs_one_error(changes: dict[str, object], says: str) -> None:
    assert says in refused(Difference, {"kind": "difference", "estimate": 0.1, **changes})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"outcome": {"scale": "isi", "unit": "points", "lower_is_better": False}}, "lower score is better"),
        ({"outcome": {"scale": "other", "unit": "SMD", "lower_is_better": True}}, "needs its name"),
        ({"dose_value": None}, "a unit its dose"),
        ({"doi": "10.1/x"}, "doi"),
        ({"n_active": 0}, "n_active"),
    ],
)
def test_a_trial(changes: dict[str, object], says: str) -> None:
    assert says in refused(NewTrial, entry(**changes))


def test_means_are_end_scores_of_enough_people() -> None:
    means = {"kind": "means", "active_mean": 7.0, "active_sd": 3.0, "placebo_mean": 25.0, "placebo_sd": 3.0}
    assert "runs from 0 to 21" in refused(NewTrial, entry(reported=means))
    means["placebo_mean"] = 8.0
    assert "fewer than four" in refused(NewTrial, entry(reported=means, n_active=1, n_placebo=2))
    smd = {"scale": "psqi", "unit": "SMD", "lower_is_better": True}
    assert "given in points" in refused(NewTrial, entry(reported=means, outcome=smd))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"whose": "mine"}, "must not count twice"),
        ({"outcome": "latency", "unit": "min"}, "a higher time to fall asleep is worse"),
        ({"design": {"randomised": True, "n_nights": 3, "n_periods": 4}}, "n_nights"),
        ({"theta": [1.0, 2.0]}, "theta"),
    ],
)
def test_a_personal_trial(changes: dict[str, object], says: str) -> None:
    assert says in refused(NewPersonal, entry("personal_trial", **changes))

"""The priors that start from the evidence, and the figures behind them."""

import numpy as np
import pytest

from noctiflora.core import Normal, Outcome, Predictive, RangeError, UnitError
from noctiflora.trial import IMPORTANT, USEFUL, WITHIN_SD, priors_for


def prediction(about: Outcome = Outcome.EFFICIENCY, **changes: object) -> Predictive:
    told = {
        "subject": "population",
        "outcome": about.value,
        "unit": about.unit,
        "higher_is_better": about.higher_is_better,
        "parts": (Normal(weight=0.5, mean=1.0, sd=2.0), Normal(weight=0.5, mean=2.0, sd=3.0)),
        "sources": (),
        **changes,
    }
    return Predictive(**told)  # type: ignore[arg-type]


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_priors(outcome: Outcome) -> None:
    priors = priors_for(outcome, prediction(outcome))
    assert priors.useful == USEFUL[outcome].value
    assert priors.higher_is_better is outcome.higher_is_better
    assert priors.vague_sd == WITHIN_SD[outcome].value
    assert priors.hyper["log_sigma"].mean == pytest.approx(np.log(WITHIN_SD[outcome].value))
    assert sum(weight for weight, _, _ in priors.parts) == pytest.approx(1)
    assert priors.parts[-1] == (pytest.approx(0.2), 0.0, WITHIN_SD[outcome].value)


def test_the_run_in_sets_level_and_scale() -> None:
    priors = priors_for(Outcome.EFFICIENCY, prediction(), run_in_mean=81.0, run_in_sd=4.0, useful=3.0)
    assert (priors.coefficients["mu"].mean, priors.coefficients["mu"].sd) == (81.0, pytest.approx(15))
    assert priors.coefficients["trend"].sd == pytest.approx(2)
    assert priors.vague_sd == 4.0
    assert priors.hyper["log_sigma"].mean == pytest.approx(np.log(4))
    assert priors.useful == 3.0


def test_defaults_are_those_of_the_model_text() -> None:
    assert [USEFUL[o].value for o in (Outcome.RATING, Outcome.EFFICIENCY, Outcome.LATENCY)] == [0.5, 2, 5]
    assert [USEFUL[o].value for o in (Outcome.WASO, Outcome.TOTAL_SLEEP)] == [8, 15]
    assert {o: f.value for o, f in IMPORTANT.items()} == {
        Outcome.EFFICIENCY: 10, Outcome.LATENCY: 20, Outcome.WASO: 20, Outcome.TOTAL_SLEEP: 15,
    }  # fmt: skip
    assert all(f.source.ref == "10.5664/jcsm.8988" for f in IMPORTANT.values())


@pytest.mark.parametrize("changes", [{"unit": "min"}, {"outcome": "waso"}, {"higher_is_better": False}])
def test_a_prediction_about_something_else_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(UnitError, match="not about the outcome"):
        priors_for(Outcome.EFFICIENCY, prediction(**changes))


@pytest.mark.parametrize("bad", [{"useful": 0.0}, {"run_in_sd": 0.0}, {"run_in_sd": float("nan")}, {"weight": 2.0}])
def test_an_impossible_number_is_refused(bad: dict[str, float]) -> None:
    with pytest.raises(RangeError):
        priors_for(Outcome.EFFICIENCY, prediction(), **bad)


@pytest.mark.parametrize(
    ("outcome", "run_in_mean", "transform"),
    [
        (Outcome.LATENCY, None, "log"), (Outcome.WASO, 40.0, "log"), (Outcome.EFFICIENCY, None, "none"),
        (Outcome.EFFICIENCY, 92.0, "none"), (Outcome.EFFICIENCY, 92.1, "logit"), (Outcome.RATING, 9.0, "none"),
    ],
)  # fmt: skip
def test_the_scale_of_the_analysis_follows_the_outcome(
    outcome: Outcome, run_in_mean: float | None, transform: str
) -> None:
    assert priors_for(outcome, prediction(outcome), run_in_mean=run_in_mean).transform == transform

import numpy as np
import pytest

from noctiflora.gut._batch import PRIOR_DF, batch_terms
from noctiflora.gut._references import LEVELS, Cohort, Figures


def cohort(key: str, **medians: float) -> Cohort:
    genera = {g: Figures(prevalence=0.9, log_ratios=np.full(len(LEVELS), m)) for g, m in medians.items()}
    return Cohort(
        id=key, name=key, region="V4", is_reference=True, age_from=20, age_to=60, n=100, made="", sources=(),
        genera=genera,
    )  # fmt: skip


def test_variances_are_those_of_a_loop_written_from_the_formula() -> None:
    known = [cohort("a", x=0.0, y=1.0), cohort("b", x=2.0, y=1.0), cohort("c", x=4.0, y=1.0)]
    found = batch_terms(known, ["x", "y"])
    pooled = (2 * 4.0 + 2 * 0.0) / 4
    assert found["x"].sd == pytest.approx(((PRIOR_DF * pooled + 2 * 4.0) / (PRIOR_DF + 2)) ** 0.5)
    assert found["y"].sd == pytest.approx(pooled**0.5)
    assert found["x"].df == PRIOR_DF + 2


def test_agreement_by_luck_narrows_nothing() -> None:
    known = [cohort("a", x=0.0, y=0.0), cohort("b", x=3.0, y=0.0)]
    found = batch_terms(known, ["x", "y"])
    assert found["y"].sd >= (4.5 / 2) ** 0.5


def test_one_cohort_alone_tells_nothing_of_others() -> None:
    assert batch_terms([cohort("a", x=0.0)], ["x"])["x"].sd == np.inf


def test_a_pipeline_without_the_name_is_left_out() -> None:
    rare = cohort("c", x=-9.0)
    rare = Cohort(**{f: getattr(rare, f) for f in Cohort.__slots__ if f != "genera"}, genera={
        "x": Figures(prevalence=0.01, log_ratios=np.full(len(LEVELS), -9.0))
    })  # fmt: skip
    known = [cohort("a", x=0.0), cohort("b", x=1.0)]
    assert batch_terms([*known, rare], ["x"]) == batch_terms(known, ["x"])

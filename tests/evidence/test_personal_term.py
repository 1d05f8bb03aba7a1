"""A shared personal trial: carried to the scale of the pooling, widened, and never louder than one person."""

import numpy as np
import pytest

from noctiflora.evidence import find_product, load, pool
from noctiflora.evidence._personal_term import OMEGA_PERSON, moments, personal_term
from noctiflora.evidence._term import NoTerm, Term
from noctiflora.evidence._with_additions import with_additions
from noctiflora.evidence.rows import NewPersonal
from tests.evidence.test_read_additions import entry


def shared(**changes: object) -> NewPersonal:
    return NewPersonal.model_validate(entry("personal_trial", **changes), strict=False)


def likelihood(mean: float, sd: float) -> dict[str, object]:
    theta = np.linspace(mean - 8 * sd, mean + 8 * sd, 161)
    return {"theta": theta.tolist(), "log_likelihood": (-0.5 * ((theta - mean) / sd) ** 2).tolist()}


def test_moments_of_a_normal_likelihood() -> None:
    assert moments(shared(**likelihood(1.5, 0.7))) == pytest.approx((1.5, 0.7), rel=1e-6)


def test_uneven_steps_count_for_their_width() -> None:
    x = np.concatenate([np.linspace(-8, 0, 400, endpoint=False), np.linspace(0, 8, 81)])
    found = moments(shared(theta=x.tolist(), log_likelihood=(-0.5 * x**2).tolist()))
    assert found == pytest.approx((0.0, 1.0), abs=2e-3)


@pytest.mark.parametrize(
    ("outcome", "unit", "higher", "theta"),
    [("efficiency", "points", True, 2.0), ("latency", "min", False, -4.0)],
)
def test_the_sign_is_that_of_better_sleep(outcome: str, unit: str, higher: bool, theta: float) -> None:
    found = personal_term(
        load(), shared(outcome=outcome, unit=unit, higher_is_better=higher, **likelihood(theta, abs(theta) / 4))
    )
    assert isinstance(found, Term)
    assert found.low < 0
    assert found.n_people == 1


def test_the_size_is_that_of_the_chain() -> None:
    """Diary efficiency: SD_b 11.41 points, c = 0.75 (0.25)."""
    found = personal_term(load(), shared(**likelihood(2.0, 1.0)))
    assert isinstance(found, Term)
    y = -2.0 / (11.41 * 0.75)
    assert found.low == pytest.approx(y)
    assert found.se == pytest.approx(((1 / (11.41 * 0.75)) ** 2 + (y / 3) ** 2 + OMEGA_PERSON**2) ** 0.5)


def test_even_a_sure_person_is_one_of_many() -> None:
    found = personal_term(load(), shared(**likelihood(2.0, 0.001)))
    assert isinstance(found, Term)
    assert found.se > OMEGA_PERSON


def test_known_treatment_gives_no_term_and_late_sharing_counts_as_selective() -> None:
    assert isinstance(personal_term(load(), shared(blinding="open-label")), NoTerm)
    late = personal_term(load(), shared(agreed_before=False))
    assert isinstance(late, Term)
    assert late.selective


def test_it_moves_its_strain_a_little() -> None:
    evidence = with_additions(load(), (shared(**likelihood(6.0, 1.5)),))
    key = find_product(evidence, "1714")
    before, after = pool(load()).of(key), pool(evidence).of(key)
    assert -0.1 < after.effect.mean - before.effect.mean < 0
    assert after.n_trials == before.n_trials + 1

"""The population mean on the SMD scale, by every review that prints one."""

import pytest

from noctiflora.core import NotPoolable
from noctiflora.evidence import Discount, PoolSettings, Reading, ReviewChoice, alternatives, load, population


def test_default_review() -> None:
    p = population(load())
    assert p.points == -0.59
    assert p.mean == pytest.approx(-0.197, abs=0.001)
    assert p.sd == pytest.approx(0.041, abs=0.001)
    assert p.tau is not None
    assert p.tau * 3.0 == pytest.approx(0.30, abs=0.005)
    assert p.ci95[0] < p.mean < p.ci95[1] < 0
    assert any(s.is_assumed for s in p.sources)
    assert any(s.ref == "10.3389/fnut.2026.1795450" for s in p.sources)


def test_read_as_fixed_effect_the_error_grows() -> None:
    p = population(load(), PoolSettings(reading=Reading.FIXED))
    assert p.tau is not None
    assert p.tau * 3.0 == pytest.approx(0.41, abs=0.005)
    assert p.sd * 3.0 == pytest.approx(0.17, abs=0.005)


def test_sceptical_discount() -> None:
    p = population(load(), PoolSettings(discount=Discount.SCEPTICAL))
    assert p.mean == pytest.approx(-0.138, abs=0.001)
    assert p.sd == pytest.approx(0.040, abs=0.001)
    kept = population(load(), PoolSettings(discount=Discount.SCEPTICAL_SE_KEPT))
    assert kept.mean == p.mean
    assert kept.sd == population(load()).sd
    assert any("Beta(7, 3)" in s.note for s in kept.sources)


@pytest.mark.parametrize(
    ("review", "mean", "sd"),
    [
        (ReviewChoice.TRIALS_39, -0.71 / 3, 1.03 / 3.92 / 3),
        (ReviewChoice.IRWIN_2020, -0.78 / 3, (1.166 - 0.395) / 3.92 / 3),
        (ReviewChoice.LIU_2025, -2.1 / 3, 3.52 / 3.92 / 3),
        (ReviewChoice.YU_2024, -0.34, 0.43 / 3.92),
    ],
)
def test_alternatives(review: ReviewChoice, mean: float, sd: float) -> None:
    p = population(load(), PoolSettings(review=review))
    assert p.mean == pytest.approx(mean)
    assert p.sd == pytest.approx(sd)


def test_the_null_review_has_no_size_and_says_so() -> None:
    with pytest.raises(NotPoolable, match=r"gil_hernandez_2023.*found 0\.31"):
        population(load(), PoolSettings(review=ReviewChoice.GIL_HERNANDEZ_2023))


def test_a_review_without_heterogeneity_cannot_be_read_as_fixed() -> None:
    with pytest.raises(NotPoolable, match="without k and I2"):
        population(load(), PoolSettings(review=ReviewChoice.TRIALS_39, reading=Reading.FIXED))


def test_all_with_a_size_are_listed_default_first() -> None:
    found = alternatives(load())
    assert found[0].review is ReviewChoice.FRONT_NUTR_2026
    assert len(found) == len(ReviewChoice) - 1
    assert all(p.note for p in found)

"""The forest plot of a product: four tiers, none more certain than what was reported."""

import pytest
from scipy.stats import norm

from noctiflora.core import Normal, Predictive
from noctiflora.evidence import Tier, load, pool, strain_page
from noctiflora.evidence._forest import quantile


def tiers(name: str) -> list[Tier]:
    return [line.tier for line in strain_page(load(), name).forest]


def test_the_four_tiers() -> None:
    assert tiers("CCFM1025")[0] is Tier.INTERVAL
    assert tiers("LcS")[0] is Tier.SIGNIFICANT_ONLY
    assert tiers("PS128")[0] is Tier.NOT_SIGNIFICANT
    assert tiers("PHGG")[0] is Tier.NOTHING
    assert tiers("1714") == [Tier.NOT_SIGNIFICANT] * 2 + [Tier.NOTHING] + [Tier.POOLED] * 3


def test_a_line_knows_no_more_than_its_tier() -> None:
    for strain in pool(load()).strains:
        for line in strain_page(load(), strain.key.name).forest:
            known = [x is not None for x in (line.mean, line.low, line.high)]
            match line.tier:
                case Tier.INTERVAL | Tier.POOLED:
                    assert all(known)
                    assert line.low < line.mean < line.high  # type: ignore[operator]
                case Tier.SIGNIFICANT_ONLY:
                    assert known in ([False, False, True], [False, True, False])
                case Tier.NOT_SIGNIFICANT:
                    assert known == [False, True, True]
                    assert line.low == -line.high  # type: ignore[operator]
                case Tier.NOTHING:
                    assert not any(known)


def test_each_trial_has_its_line_with_a_link() -> None:
    for strain in pool(load()).strains:
        lines = [x for x in strain_page(load(), strain.key.name).forest if x.tier is not Tier.POOLED]
        assert len(lines) == len(strain.terms) + len(strain.silent)
        assert all(line.link for line in lines if line.tier is not Tier.NOTHING)


def test_a_pool_names_its_trials() -> None:
    assert "6 trials" in strain_page(load(), "CP2305").forest[0].label


@pytest.mark.parametrize("p", [0.025, 0.5, 0.975])
def test_quantiles_of_a_normal(p: float) -> None:
    effect = Predictive(
        subject="x",
        outcome="psqi_smd",
        unit="SMD",
        higher_is_better=False,
        parts=(Normal(weight=1.0, mean=-0.2, sd=0.3),),
        sources=(),
    )
    assert quantile(effect, p) == pytest.approx(norm.ppf(p, -0.2, 0.3), abs=1e-9)

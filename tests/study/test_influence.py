"""What the result would be without one person equals the result without that person."""

from collections.abc import Iterator

import numpy as np
import pytest

from noctiflora.study import Pile, fit_population, likelihood_of, stack
from noctiflora.study._influence import influences
from noctiflora.study._registry import belief_of_group
from tests.study.people import told

BELIEF = belief_of_group("a", 4.0)


def pile_of(means: list[float], sd: float) -> Pile:
    pile = stack([told(m, sd) for m in means], [0] * len(means))
    return Pile(
        start=pile.start,
        curves=pile.curves,
        strain=pile.strain,
        covariates=pile.covariates,
        kinetics=np.zeros_like(pile.kinetics),
    )


@pytest.mark.parametrize(("outlier", "sd"), [(3.0, 2.0), (12.0, 0.5)])
def test_leaving_out_is_leaving_out(outlier: float, sd: float) -> None:
    means = [0.3 * j for j in range(9)] + [outlier]
    pile = pile_of(means, sd)
    likelihood = likelihood_of(pile, BELIEF)
    whole = fit_population(likelihood, BELIEF, n_people=10)

    def piles() -> Iterator[tuple[Pile, tuple[str, ...]]]:
        yield pile, tuple(f"p{j}" for j in range(10))

    found = influences(piles, likelihood, BELIEF, whole)
    assert len(found) == 10
    assert found[0].id == "p9"
    assert found[0].moves > 0
    for one in (found[0], found[-1]):
        place = int(one.id[1:])
        rest = pile_of(means[:place] + means[place + 1 :], sd)
        again = fit_population(likelihood_of(rest, BELIEF), BELIEF, n_people=9)
        assert one.mean_without == pytest.approx(again.pooled.mean, abs=0.05 * again.pooled.sd)
        assert one.omega_without == pytest.approx(again.omega_person.mean, rel=0.05)


def test_of_one_person_there_is_nothing_to_leave_out() -> None:
    pile = pile_of([1.0], 1.0)
    likelihood = likelihood_of(pile, BELIEF)
    whole = fit_population(likelihood, BELIEF, n_people=1)
    assert influences(lambda: iter([(pile, ("p",))]), likelihood, BELIEF, whole) == ()

"""A tabulated species agrees with slow sums over its g and the s of its strains."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import norm

from noctiflora.evidence.model import Grid, Group, Observation, Scales, flat_grid, make_grid, make_scales
from noctiflora.evidence.model._group import tabulate

Array = NDArray[np.float64]
INF = math.inf
OMEGA_S, OMEGA_G, TAU = 0.15, 0.12, 0.1


def one_node() -> Scales:
    return Scales(strain=np.array([OMEGA_S]), species=np.array([OMEGA_G]), trial=np.array([TAU]), log_prior=np.zeros(1))


def grid() -> Grid:
    return make_grid(-0.2, 0.1, b_sd=0.3, scales=one_node())


def exact(y: float, se: float, *, selective: bool = True) -> Observation:
    return Observation(low=y, high=y, se=se, selective=selective)


def word(low: float, high: float, se: float) -> Observation:
    return Observation(low=low, high=high, se=se, selective=True)


def likelihood(obs: Observation, at: Array) -> Array:
    sd = math.hypot(obs.se, TAU if obs.shares_tau else 0.0)
    if obs.low == obs.high:
        return np.asarray(norm.pdf(obs.low, at, sd))
    return np.asarray(norm.cdf(obs.high, at, sd) - norm.cdf(obs.low, at, sd))


def slow(group: Group, mu: float, b: float) -> tuple[float, list[float], list[float]]:
    """Return log probability, E[u] and E[u^2] of each strain and of a new one, by sums over g and s."""
    g = np.linspace(-7 * OMEGA_G, 7 * OMEGA_G, 401)
    s = np.linspace(-7 * OMEGA_S, 7 * OMEGA_S, 401)
    wg = norm.pdf(g, 0, OMEGA_G)
    ws = norm.pdf(s, 0, OMEGA_S) / norm.pdf(s, 0, OMEGA_S).sum()
    u = g[:, None] + s[None, :]
    each = []
    for strain in group.strains:
        lik = np.broadcast_to(ws, u.shape).copy()
        for obs in strain:
            lik *= likelihood(obs, mu + (b if obs.selective else 0.0) + u)
        each.append(lik)
    inside = np.array([lik.sum(axis=1) for lik in each])
    over_g = wg * inside.prod(axis=0)
    z = over_g.sum() / wg.sum()
    post = over_g / over_g.sum()
    first = [float(post @ ((lik * u).sum(axis=1) / lik.sum(axis=1))) for lik in each]
    second = [float(post @ ((lik * u**2).sum(axis=1) / lik.sum(axis=1))) for lik in each]
    return math.log(z), [*first, float(post @ g)], [*second, float(post @ g**2) + OMEGA_S**2]


GROUPS = {
    "one exact": Group(strains=((exact(-0.5, 0.2),),)),
    "one word": Group(strains=((word(-INF, -0.4, 0.2),),)),
    "two words of one strain": Group(strains=((word(-0.42, 0.42, 0.21), word(-0.3, 0.3, 0.15)),)),
    "a number and a word of one strain": Group(strains=((exact(-0.5, 0.2), word(-0.3, 0.3, 0.15)),)),
    "three strains, one untried": Group(strains=((word(-0.6, 0.6, 0.3),), (), (exact(-0.5, 0.2),))),
    "a selective and an open term": Group(strains=((exact(-0.5, 0.2), exact(-0.1, 0.15, selective=False)),)),
    "open terms only": Group(strains=((exact(-0.25, 0.1, selective=False),),)),
}


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_against_slow_sums(name: str) -> None:
    group, nodes = GROUPS[name], grid()
    table = tabulate(group, nodes)
    for i, j in [(0, 0), (5, 3), (5, 5), (10, 8)]:
        log_z, first, second = slow(group, float(nodes.mu[i]), float(nodes.b[j]))
        p = table.at[i, j]
        if log_z < -10:  # a node without weight: its moments are not needed
            continue
        # 9 Hermite nodes: 2e-3 of a log probability, 1e-3 SMD in a mean
        assert table.log_z[0, p] == pytest.approx(log_z, abs=2e-3)
        np.testing.assert_allclose(table.first[:, 0, p], first, atol=1e-3)
        np.testing.assert_allclose(table.second[:, 0, p], second, atol=1e-3)


def test_a_pool_leaves_the_spread_between_trials_out() -> None:
    own = Observation(low=-0.3, high=-0.3, se=0.1, selective=False, shares_tau=False)
    one = tabulate(Group(strains=((own,),)), grid())
    noise, u = 0.1**2, OMEGA_S**2 + OMEGA_G**2
    gain = u / (u + noise)
    np.testing.assert_allclose(one.first[0, 0], gain * (-0.3 - grid().mu))


def test_without_terms_a_group_is_its_prior() -> None:
    table = tabulate(Group(strains=()), grid())
    assert (table.log_z == 0).all()
    assert (table.first == 0).all()
    np.testing.assert_allclose(table.second, OMEGA_S**2 + OMEGA_G**2)


def test_prebiotics_share_a_fixed_spread() -> None:
    table = tabulate(Group(strains=(), fixed_sd=0.2), grid())
    np.testing.assert_allclose(table.second, OMEGA_S**2 + 0.2**2)


def test_the_order_of_strains_does_not_matter() -> None:
    a, b = (word(-0.6, 0.6, 0.3),), (exact(-0.5, 0.2),)
    one, other = tabulate(Group(strains=(a, b)), grid()), tabulate(Group(strains=(b, a)), grid())
    np.testing.assert_allclose(one.log_z, other.log_z)
    np.testing.assert_allclose(one.first[0], other.first[1])


def test_no_spread_means_nothing_is_learned_of_a_strain() -> None:
    nodes = flat_grid(-1, 1, nodes=5, scales=make_scales(0, 0, 0, nodes=1))
    table = tabulate(Group(strains=((exact(-0.5, 0.2),), (word(-0.3, 0.3, 0.15),))), nodes)
    np.testing.assert_allclose(table.first, 0.0, atol=1e-12)
    np.testing.assert_allclose(table.second, 0.0, atol=1e-12)

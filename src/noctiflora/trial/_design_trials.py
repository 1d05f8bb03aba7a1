"""Simulated trials of one design, analysed: by the shared points, by the engine where these do not carry."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from noctiflora.trial._arrays import Flags, Floats
from noctiflora.trial._design_kernel import FOUND, RAW, conclude, weigh
from noctiflora.trial._design_people import People
from noctiflora.trial._design_plan import Plan
from noctiflora.trial._design_points import SIGMA_WIDER, Cloud, place, pooled_cloud, prior_cloud
from noctiflora.trial._effect import effect, effective_share
from noctiflora.trial._exposure import exposure
from noctiflora.trial._frame import NIGHTS_PER_TREND, frame
from noctiflora.trial._importance import draw_hyper
from noctiflora.trial._priors import HYPER, Prior, Priors
from noctiflora.trial._rules import sceptical
from noctiflora.trial._season_known import BELIEVED
from noctiflora.trial._series import Series
from noctiflora.trial._threshold import ENOUGH

LEAST_POINTS = 25.0
"""Effective points below which a series goes to the engine (by comparison: the chances then err by up to .03)."""
LEAST_POINTS_SCEPTICAL = 15.0
"""The same under the sceptical prior, whose chance is compared with one fixed figure only."""
PARTS = 8
"""Normals that the prior is drawn together to (the chances move by .003 at most on average, by comparison)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Setting:
    """What is common to all designs of a search.

    Parameters
    ----------
    priors : Priors
        The evidence prior with nothing left out.
    people : People
        Whom the designs are tried on.
    known : Prior or None
        What knowing the arm does by itself, units of the outcome; None where it is not known.
    null_only : bool
        Whether only the twins without effect are simulated.
    second : Priors or None
        Of a second product.
    """

    priors: Priors
    people: People
    known: Prior | None = None
    null_only: bool = False
    second: Priors | None = None


def drawn_together(parts: Sequence[tuple[float, float, float]], n: int = PARTS) -> Floats:
    """Return a mixture of at most `n` normals with the same moments as `parts`, narrow ones apart from wide ones.

    Parameters
    ----------
    parts : sequence of (weight, mean, sd)
        The mixture.
    n : int
        Most parts of the result.
    """
    rows = np.array(sorted(parts, key=lambda part: part[2]))
    if rows.shape[0] <= n:
        return rows
    before = np.cumsum(rows[:, 0]) - 0.5 * rows[:, 0]
    at = np.minimum((n * before / rows[:, 0].sum()).astype(int), n - 1)
    found = []
    for k in np.unique(at).tolist():
        weight, mean, sd = rows[at == k].T
        whole = weight.sum()
        centre = float(weight @ mean / whole)
        found.append((whole, centre, float(np.sqrt(weight @ (sd**2 + (mean - centre) ** 2) / whole))))
    return np.array(found)


def pilot(setting: Setting, plan: Plan) -> Cloud:
    """Return where the posteriors of a design's trials lie, from one group of trials and the prior's points."""
    dose, seen = _order(setting.people, plan, 0)
    y = _outcomes(setting, 0, dose)
    raw, u = _raw(setting, (plan.n_nights,), dose, seen, y, prior_cloud())
    return _pooled(raw, u)


def run_group(setting: Setting, plan: Plan, g: int, cloud: Cloud, ends: tuple[int, ...]) -> tuple[Floats, int]:
    """Return the chances in the trials of group `g`, and how many analyses the engine did.

    Parameters
    ----------
    setting : Setting
        What is common to all designs.
    plan : Plan
        The design; its looks are not used.
    g : int
        The group.
    cloud : Cloud
        Where the points lie; see `pilot`.
    ends : tuple of int
        Nights at which to look, rising; the last night among them.

    Returns
    -------
    (looks, 2, trials, 3) array
        P(benefit), P(useful), P(benefit | sceptical) at each look; of the trials, then of their
        twins without effect; (looks, 1, trials, 3) of the twins alone.
    int
        Analyses done by the engine.
    """
    dose, seen = _order(setting.people, plan, g)
    y = _outcomes(setting, g, dose)
    raw, u = _raw(setting, ends, dose, seen, y, cloud)
    found = np.empty((raw.shape[0], raw.shape[2], FOUND))
    conclude(raw, found)
    again = np.flatnonzero(np.any(_weak(found), axis=0))
    if again.size:
        # those whom few points carry get points of their own, where these lie together
        raw, _ = _raw(setting, ends, dose, seen, y[:, again], _pooled(raw[:, :, again], u))
        better = np.empty((raw.shape[0], again.size, FOUND))
        conclude(raw, better)
        found[:, again] = np.where((better[:, :, 3] > found[:, again, 3])[:, :, None], better, found[:, again])
    weak = _weak(found)
    for look, lane in zip(*(at.tolist() for at in np.nonzero(weak)), strict=True):
        end = ends[look]
        found[look, lane, :3] = by_engine(setting, dose[:end], seen[:end], y[:end, lane])
    chances = found[:, :, :3].reshape(found.shape[0], 1 if setting.null_only else 2, -1, 3)
    return chances, int(np.sum(weak))


def _weak(found: Floats) -> Flags:
    """Return where too few points carry the answer, (looks, lanes)."""
    return np.asarray((found[:, :, 3] < LEAST_POINTS) | (found[:, :, 4] < LEAST_POINTS_SCEPTICAL))


def _pooled(raw: Floats, u: Floats) -> Cloud:
    """Return where the posteriors of a group lie at its last look."""
    log_weight = raw[-1, :, :, 0].T
    weight = np.exp(log_weight - log_weight.max(axis=1, keepdims=True))
    return pooled_cloud(u, weight / weight.sum(axis=1, keepdims=True))


def by_engine(setting: Setting, dose: Floats, seen: Flags, y: Floats) -> Floats:
    """Return P(benefit), P(useful), P(benefit | sceptical) of one series from the engine; 0 where it did not settle.

    `y` is less the prior mean of the level, as everywhere in this file.
    """
    series, priors = as_series(setting, dose, seen, y)
    draws = draw_hyper(frame(series, priors))
    doubting = sceptical(priors)
    doubt = effect(draws, np.array(doubting.parts))
    if effective_share(doubt) < ENOUGH:
        doubt = effect(draw_hyper(frame(series, doubting)), np.array(doubting.parts))
    found = effect(draws, np.array(priors.parts))
    better = priors.higher_is_better
    if not draws.trusted:
        # no verdict: neither good enough nor bad enough for any word
        return np.array([0.5, 0.5, 0.5])
    return np.array(
        [
            found.p_above(0.0, higher_is_better=better),
            found.p_above(priors.useful, higher_is_better=better),
            doubt.p_above(0.0, higher_is_better=better),
        ]
    )


def as_series(setting: Setting, dose: Floats, seen: Flags, y: Floats) -> tuple[Series, Priors]:
    """Return one simulated trial as the engine takes it."""
    priors = setting.priors
    covariates = {}
    if setting.known is not None:
        covariates[BELIEVED] = (dose > 0).astype(np.float64)
        priors = replace(priors, coefficients={**priors.coefficients, BELIEVED: setting.known})
    level = priors.coefficients["mu"].mean
    nights = np.arange(1, dose.size + 1)
    return Series(nights=nights, y=np.where(seen, y + level, np.nan), dose=dose, covariates=covariates), priors


def _order(people: People, plan: Plan, g: int) -> tuple[Floats, Flags]:
    """Return dose and nights with an outcome of a group's trials."""
    return plan.dose(people.coins[g, : plan.pairs]), ~people.gap[g, : plan.n_nights]


def _outcomes(setting: Setting, g: int, dose: Floats) -> Floats:
    """Return the outcomes of a group, (n_nights, 2 * trials): with effect, then their twins without."""
    people, n = setting.people, dose.size
    who = people.group(g)
    night = np.arange(n, dtype=np.float64)
    s = (night - night.mean()) / NIGHTS_PER_TREND
    pairs = zip(people.tau_on[who].tolist(), people.tau_off[who].tolist(), strict=True)
    exposed = np.array([exposure(dose, on, off) for on, off in pairs])
    twins = people.noise[who, :n] + people.trend[who, None] * s + people.known[who, None] * (dose > 0)
    if setting.null_only:
        return np.ascontiguousarray(twins.T)
    return np.ascontiguousarray(np.vstack([twins + people.theta[who, None] * exposed, twins]).T)


def _raw(
    setting: Setting, ends: tuple[int, ...], dose: Floats, seen: Flags, y: Floats, cloud: Cloud
) -> tuple[Floats, Floats]:
    """Return the weighed points of a group, (looks, points, lanes, RAW), and the points in prior sds."""
    priors, n = setting.priors, dose.size
    z_mean = np.array([priors.hyper[name].mean for name in HYPER])
    z_sd = np.array([priors.hyper[name].sd for name in HYPER])
    points, u = place(cloud, z_mean, z_sd)
    level, trend = priors.coefficients["mu"], priors.coefficients["trend"]
    night = np.arange(n, dtype=np.float64)
    s = (night - night.mean()) / NIGHTS_PER_TREND
    columns = [np.full(n, level.sd), trend.sd * s]
    offset = trend.mean * s
    if setting.known is not None:
        on = (dose > 0).astype(np.float64)
        columns.append(setting.known.sd * on)
        offset = offset + setting.known.mean * on
    centres = np.array([s[:end].mean() for end in ends])
    raw = np.empty((len(ends), points.shape[0], y.shape[1], RAW))
    weigh(
        points,
        np.column_stack(columns),
        seen,
        dose,
        np.ascontiguousarray(y - offset[:, None]),
        np.array(ends),
        centres * trend.sd / level.sd,
        np.array([z_mean[1], z_sd[1], SIGMA_WIDER]),
        drawn_together(priors.parts),
        np.array(sceptical(priors).parts),
        np.array([1.0 if priors.higher_is_better else -1.0, priors.useful]),
        raw,
    )
    return raw, u

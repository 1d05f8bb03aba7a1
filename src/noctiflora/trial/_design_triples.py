"""Simulated trials of two products against one comparator, analysed by shared points."""

from dataclasses import dataclass

import numpy as np

from noctiflora.trial._arrays import Flags, Floats
from noctiflora.trial._design_kernel import FOUND, RAW, conclude
from noctiflora.trial._design_people import SecondEffect
from noctiflora.trial._design_plan import Plan
from noctiflora.trial._design_points import SIGMA_WIDER, Cloud, place, pooled_cloud, prior_cloud
from noctiflora.trial._design_trials import (
    LEAST_POINTS,
    LEAST_POINTS_SCEPTICAL,
    Setting,
    drawn_together,
    pilot,
    run_group,
)
from noctiflora.trial._design_triple_kernel import weigh_two
from noctiflora.trial._exposure import exposure
from noctiflora.trial._frame import NIGHTS_PER_TREND
from noctiflora.trial._priors import HYPER, Priors
from noctiflora.trial._products import plain_effect
from noctiflora.trial._rules import sceptical

SHAPES = 6
"""Hyperparameters of a cloud: two of the noise, two of each product."""
POINTS = 512
"""Points of an answer."""
FINE_POINTS = 2048
"""Points of the series that fewer do not carry; the engine for two products would take a second for each."""
LEAST_OF_ALL = 5.0
"""Effective points below which even these tell nothing: the trial is counted as undecided."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Trials:
    """Doses, (2, n), nights with an outcome, (n,), and outcomes, (n, lanes), of one group."""

    doses: Floats
    seen: Flags
    y: Floats


def pilot_of(setting: Setting, plan: Plan) -> Cloud:
    """Return where the posteriors of a design's trials lie, for pairs and for triples."""
    if plan.products == 1:
        return pilot(setting, plan)
    raw, u = _raw(setting, (plan.n_nights,), _trials(setting, plan, 0), prior_cloud(SHAPES), POINTS)
    return _pooled(raw, u)


def run_group_of(setting: Setting, plan: Plan, g: int, cloud: Cloud, ends: tuple[int, ...]) -> Floats:
    """Return the chances in the trials of group `g`, (looks, 2, trials, 3 * products); see `run_group`.

    Of two products each has its three chances, the first product's first.
    """
    if plan.products == 1:
        return run_group(setting, plan, g, cloud, ends)[0]
    trials = _trials(setting, plan, g)
    raw, u = _raw(setting, ends, trials, cloud, POINTS)
    found = _concluded(raw)
    lanes = np.arange(trials.y.shape[1])
    for n_points in (POINTS, FINE_POINTS):
        again = np.flatnonzero(np.any(_weak(found), axis=(0, 1)))
        if not again.size:
            break
        # those whom few points carry get points where these lie together; what is weak still is among them
        at = np.searchsorted(lanes, again)
        part = _Trials(doses=trials.doses, seen=trials.seen, y=np.ascontiguousarray(trials.y[:, again]))
        raw, u = _raw(setting, ends, part, _pooled(raw[:, :, :, at], u), n_points)
        _take_better(found, again, _concluded(raw))
        lanes = again
    chances = np.where(found[:, :, :, 3:4] >= LEAST_OF_ALL, found[:, :, :, :3], 0.5)
    # (looks, products, lanes, 3) to lanes with the products' chances side by side
    side = np.concatenate([chances[:, 0], chances[:, 1]], axis=2)
    return side.reshape(side.shape[0], 1 if setting.null_only else 2, -1, 6)


def _take_better(found: Floats, lanes: np.ndarray[tuple[int], np.dtype[np.int64]], newer: Floats) -> None:
    """Put in the answers that more points carry."""
    older = found[:, :, lanes]
    better = newer[..., 3] > older[..., 3]
    found[:, :, lanes] = np.where(better[..., None], newer, older)


def _weak(found: Floats) -> Flags:
    return np.asarray((found[..., 3] < LEAST_POINTS) | (found[..., 4] < LEAST_POINTS_SCEPTICAL))


def _concluded(raw: Floats) -> Floats:
    """Return chances and effective points, (looks, products, lanes, FOUND)."""
    found = np.empty((raw.shape[0], 2, raw.shape[3], FOUND))
    for role in range(2):
        part = np.empty((raw.shape[0], raw.shape[3], FOUND))
        conclude(np.ascontiguousarray(raw[:, :, role]), part)
        found[:, role] = part
    return found


def _pooled(raw: Floats, u: Floats) -> Cloud:
    log_weight = raw[-1, :, 0, :, 0].T
    weight = np.exp(log_weight - log_weight.max(axis=1, keepdims=True))
    return pooled_cloud(u, weight / weight.sum(axis=1, keepdims=True))


def _second(setting: Setting) -> tuple[Priors, SecondEffect]:
    assert setting.second is not None
    assert setting.people.second is not None
    return setting.second, setting.people.second


def _trials(setting: Setting, plan: Plan, g: int) -> _Trials:
    people, (_, second) = setting.people, _second(setting)
    n, who = plan.n_nights, people.group(g)
    doses = plan.doses(second.orders[g, : plan.pairs])
    night = np.arange(n, dtype=np.float64)
    s = (night - night.mean()) / NIGHTS_PER_TREND
    twins = people.noise[who, :n] + people.trend[who, None] * s + people.known[who, None] * (doses.sum(axis=0) > 0)
    lanes = [twins]
    if not setting.null_only:
        moved = twins.copy()
        effects = ((people.theta, people.tau_on, people.tau_off), (second.theta, second.tau_on, second.tau_off))
        for dose, (theta, tau_on, tau_off) in zip(doses, effects, strict=True):
            times = zip(tau_on[who].tolist(), tau_off[who].tolist(), strict=True)
            moved += theta[who, None] * np.array([exposure(dose, on, off) for on, off in times])
        lanes.insert(0, moved)
    return _Trials(doses=doses, seen=~people.gap[g, :n], y=np.ascontiguousarray(np.vstack(lanes).T))


def _raw(
    setting: Setting, ends: tuple[int, ...], trials: _Trials, cloud: Cloud, n_points: int
) -> tuple[Floats, Floats]:
    """Return the weighed points, (looks, points, 2, lanes, RAW), and the points in prior sds."""
    first, (second, _) = setting.priors, _second(setting)
    n = trials.seen.size
    hyper = [first.hyper[name] for name in HYPER] + [second.hyper[name] for name in HYPER[3:]]
    z_mean, z_sd = (np.array([getattr(one, side) for one in hyper]) for side in ("mean", "sd"))
    points, u = place(cloud, z_mean, z_sd, n_points)
    level, trend = first.coefficients["mu"], first.coefficients["trend"]
    night = np.arange(n, dtype=np.float64)
    s = (night - night.mean()) / NIGHTS_PER_TREND
    columns, offset = [np.full(n, level.sd), trend.sd * s], trend.mean * s
    if setting.known is not None:
        on = (trials.doses.sum(axis=0) > 0).astype(np.float64)
        columns.append(setting.known.sd * on)
        offset = offset + setting.known.mean * on
    centres = np.array([s[:end].mean() for end in ends])
    raw = np.empty((len(ends), points.shape[0], 2, trials.y.shape[1], RAW))
    both = (first, second)
    weigh_two(
        points,
        np.column_stack(columns),
        trials.seen,
        trials.doses,
        np.ascontiguousarray(trials.y - offset[:, None]),
        np.array(ends),
        centres * trend.sd / level.sd,
        np.array([z_mean[1], z_sd[1], SIGMA_WIDER]),
        (drawn_together(first.parts), drawn_together(second.parts)),
        (np.array(sceptical(first).parts), np.array(sceptical(second).parts)),
        np.array([plain_effect(one) for one in both]),
        np.array([[1.0 if one.higher_is_better else -1.0, one.useful] for one in both]),
        raw,
    )
    return raw, u

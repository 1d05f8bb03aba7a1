"""One of several products put first, so that each is judged in its turn against the shared comparator."""

from dataclasses import dataclass, replace

import numpy as np

from noctiflora.core import Normal, RangeError
from noctiflora.trial._priors import Prior, Priors
from noctiflora.trial._series import Series

FIRST = "dose"
"""Name of a first product that bears none."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Turn:
    """A series with its priors, seen from one of its products."""

    product: str
    series: Series
    priors: Priors


def plain_effect(priors: Priors) -> tuple[float, float]:
    """Return mean and sd of the whole prior of an effect, as one normal.

    Examples
    --------
    >>> plain_effect(Priors(theta=(Normal(weight=1.0, mean=1.0, sd=2.0),)))
    (1.0, 2.0)
    """
    weight, mean, sd = np.array(priors.parts).T
    centre = float(weight @ mean)
    return centre, float(np.sqrt(weight @ (sd**2 + (mean - centre) ** 2)))


def turns(series: Series, priors: Priors) -> tuple[Turn, ...]:
    """Return the series seen from each of its products; the first as it stands.

    The product put first has its own normal prior in place of the mixture, whose vague part is kept; the
    others have one normal each. The nights without any of them are the comparator that all share.

    Parameters
    ----------
    series : Series
        With further products in `others`; a plan in `assigned` is about the first product and stays with it.
    priors : Priors
        With ``others`` where they are known.

    Raises
    ------
    RangeError
        If a product has no dose on any night.
    """
    found = [Turn(product=series.product or FIRST, series=series, priors=priors)]
    for name, dose in series.others.items():
        if not np.any(dose > 0):
            raise RangeError("this product was never taken", where=f"{series.where}, dose_{name}", do="leave it out")
        found.append(_from(series, priors, name))
    return tuple(found)


def _from(series: Series, priors: Priors, name: str) -> Turn:
    first = series.product or FIRST
    rest = {other: dose for other, dose in series.others.items() if other != name}
    seen = replace(series, dose=series.others[name], product=name, others={first: series.dose, **rest}, assigned=None)
    others = {other: prior for other, prior in priors.others.items() if other != name}
    if priors.theta is not None:
        mean, sd = plain_effect(priors)
        others[first] = Prior(mean=mean, sd=sd)
    own = priors.others.get(name)
    theta = None if own is None else (Normal(weight=1.0, mean=own.mean, sd=own.sd),)
    return Turn(product=name, series=seen, priors=replace(priors, theta=theta, others=others))

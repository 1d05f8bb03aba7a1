"""A mixture of normals with fewer parts and the same mean and variance."""

import math
from collections.abc import Sequence

import numpy as np

from noctiflora.core import Normal, RangeError


def merge(parts: Sequence[Normal], most: int) -> tuple[Normal, ...]:
    """Return `parts` merged two by two, the most alike first, until at most `most` are left.

    Each merge keeps the weight, mean and variance of its pair, and takes the pair whose merging
    costs least by the bound of [1]_ on the Kullback-Leibler divergence.

    Parameters
    ----------
    parts : sequence of Normal
        Weights above 0.
    most : int
        At least 1.

    Raises
    ------
    RangeError
        If `most` is below 1.

    References
    ----------
    .. [1] Runnalls 2007, Kullback-Leibler approach to Gaussian mixture reduction, IEEE
       Transactions on Aerospace and Electronic Systems 43(3)

    Examples
    --------
    >>> two = [Normal(weight=0.5, mean=-1.0, sd=1.0), Normal(weight=0.5, mean=1.0, sd=1.0)]
    >>> [round(p.sd, 3) for p in merge(two, 1)]
    [1.414]
    """
    if most < 1:
        raise RangeError("a mixture keeps at least one part", where="merge, most", found=str(most))
    weight = np.array([p.weight for p in parts])
    mean = np.array([p.mean for p in parts])
    var = np.array([p.sd**2 for p in parts])
    while weight.size > most:
        total = weight[:, None] + weight
        centre = (weight * mean)[:, None] + weight * mean
        centre /= total
        second = weight * (var + mean * mean)
        spread = (second[:, None] + second) / total - centre * centre
        own = weight * np.log(var)
        cost = total * np.log(spread) - own[:, None] - own
        cost[np.tril_indices(weight.size)] = np.inf
        i, j = np.unravel_index(int(np.argmin(cost)), cost.shape)
        pair = (total[i, j], centre[i, j], spread[i, j])
        weight, mean, var = (
            np.append(np.delete(column, (i, j)), value) for column, value in zip((weight, mean, var), pair, strict=True)
        )
    rows = zip(weight.tolist(), mean.tolist(), var.tolist(), strict=True)
    return tuple(Normal(weight=w, mean=m, sd=math.sqrt(v)) for w, m, v in rows)

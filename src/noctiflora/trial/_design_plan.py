"""One possible design: lengths of the periods, number of pairs or triples, looks."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import permutations

import numpy as np

from noctiflora.core import DesignError
from noctiflora.trial._arrays import Flags, Floats, Integers

PERIODS = (7, 14, 21, 28, 42)
"""Lengths of a period that are searched, nights."""
WEEKS = (6, 8, 12, 16, 20, 24, 32, 40)
"""Lengths of a trial that are searched, weeks; a design lies within a week of one of these."""
LEAST_PAIRS = 2
"""One pair cannot tell an effect from a slow drift (model text, section 4)."""
LARGEST_RATIO = 2.0
"""Longest period of a design over its shortest (assumed: beyond it, too few nights are left on one side)."""
ORDERS = tuple(permutations((0, 1, 2)))
"""Orders of a triple: the first product, the second, neither (2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A design before its order is drawn: pairs of one period with product and one without.

    With two products, triples: a period of each product and one of neither, which both are compared with.

    Periods may differ in length, for example a longer one without product, so that more of it
    washes out. Then the lengths would tell which is which; so bottles are filled for `bottle`
    nights, which divide both, and a person sees bottles of equal length.

    Parameters
    ----------
    on, off : int
        Nights of a period with product, and without; at least 1.
    pairs : int
        Pairs or triples, at least 1.
    n_looks : int
        Looks before the last night, at ends of pairs, spread evenly; below `pairs`.
    products : int
        1 or 2.

    Raises
    ------
    DesignError
        If a count is out of range.

    Examples
    --------
    >>> plan = Plan(on=28, off=42, pairs=3, n_looks=1)
    >>> plan.n_nights, plan.capsules, plan.bottle, plan.ends
    (210, 84, 14, (140, 210))
    """

    on: int
    off: int
    pairs: int
    n_looks: int = 0
    products: int = 1

    def __post_init__(self) -> None:
        if self.products not in (1, 2):
            raise DesignError("a design has one product or two", where="Plan, products", found=str(self.products))
        if self.on < 1 or self.off < 1 or self.pairs < 1:
            raise DesignError("a design needs pairs of periods of at least one night", where="Plan", found=str(self))
        if not 0 <= self.n_looks < self.pairs:
            raise DesignError(
                "looks lie at ends of pairs before the last", where="Plan, n_looks", found=str(self.n_looks)
            )

    @property
    def n_nights(self) -> int:
        """Nights in all, without run-in."""
        return self.pairs * self.block

    @property
    def block(self) -> int:
        """Nights of a pair or triple."""
        return self.products * self.on + self.off

    @property
    def capsules(self) -> int:
        """Daily doses with product, of both together; the comparator needs `n_nights` less these."""
        return self.pairs * self.products * self.on

    @property
    def bottle(self) -> int:
        """Nights that one bottle lasts."""
        return math.gcd(self.on, self.off)

    @property
    def ends(self) -> tuple[int, ...]:
        """Last nights of the looks; the last night of the trial is always one."""
        between = [round(i * self.pairs / (self.n_looks + 1)) for i in range(1, self.n_looks + 1)]
        return tuple(k * self.block for k in (*between, self.pairs))

    @property
    def looks(self) -> tuple[int, ...]:
        """Night numbers of the looks before the last night."""
        return self.ends[:-1]

    @property
    def label(self) -> str:
        """The design in words."""
        weeks = self.n_nights / 7
        each = " each" if self.products == 2 else ""
        periods = f"{self.on} nights" if self.on == self.off else f"{self.on} nights{each} with, {self.off} without"
        looks = {0: "no look", 1: "1 look"}.get(self.n_looks, f"{self.n_looks} looks")
        word = "pair" if self.products == 1 else "triple"
        pairs = f"1 {word}" if self.pairs == 1 else f"{self.pairs} {word}s"
        return f"{weeks:g} weeks, {pairs} of periods of {periods}, {looks}"

    def dose(self, product_first: Flags) -> Floats:
        """Return the dose before each night, (n_nights,), for an order: (pairs,) flags."""
        parts = [
            np.concatenate([np.full(self.on, 1.0), np.zeros(self.off)])[:: 1 if first else -1]
            for first in product_first.tolist()
        ]
        return np.concatenate(parts)

    def doses(self, orders: Integers) -> Floats:
        """Return the doses of two products before each night, (2, n_nights), for orders: (pairs,) places in `ORDERS`.

        Examples
        --------
        >>> Plan(on=1, off=2, pairs=1, products=2).doses(np.array([1])).tolist()
        [[1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0]]
        """
        lengths = (self.on, self.on, self.off)
        arms = [arm for order in orders.tolist() for arm in ORDERS[order]]
        held = np.concatenate([np.full(lengths[arm], arm) for arm in arms])
        return np.array([held == 0, held == 1], dtype=np.float64)


def candidates(
    *, max_weeks: float = 40, max_capsules: int | None = None, n_looks: Iterable[int] = (0,), products: int = 1
) -> tuple[Plan, ...]:
    """Return the designs to search: 6 weeks or longer, within what the person accepts.

    Parameters
    ----------
    max_weeks : float
        Longest trial, weeks.
    max_capsules : int or None
        Most daily doses with product.
    n_looks : iterable of int
        Numbers of looks to try; a design with fewer pairs takes as many as it has room for.
    products : int
        1 for pairs, 2 for triples.

    Raises
    ------
    DesignError
        If no design of two pairs fits.
    """
    found: dict[Plan, None] = {}
    for on in PERIODS:
        for off in PERIODS:
            if max(on, off) > LARGEST_RATIO * min(on, off):
                continue
            for pairs in _pairs(products * on + off, max_weeks):
                plan = Plan(on=on, off=off, pairs=pairs, products=products)
                if max_capsules is None or plan.capsules <= max_capsules:
                    found.update(dict.fromkeys(replace(plan, n_looks=min(n, pairs - 1)) for n in n_looks))
    if not found:
        raise DesignError(
            "no design of two pairs of periods fits",
            where="candidates",
            found=f"at most {max_weeks:g} weeks" + ("" if max_capsules is None else f", {max_capsules} capsules"),
            do=f"allow at least {WEEKS[0]} weeks and {WEEKS[0] * 7 // 2} capsules",
        )
    return tuple(found)


def _pairs(nights: int, max_weeks: float) -> list[int]:
    """Return the numbers of pairs of `nights` each that bring a trial next to a length in `WEEKS`."""
    wanted = {round(7 * weeks / nights) for weeks in WEEKS}
    kept = [n for n in sorted(wanted) if n >= LEAST_PAIRS and 7 * WEEKS[0] <= n * nights <= 7 * WEEKS[-1]]
    return [n for n in kept if n * nights <= 7 * max_weeks]

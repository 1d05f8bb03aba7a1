"""Pools a registry of shared summaries, by product and outcome, in a stream."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from noctiflora.core import FormatError, Instrument, Outcome
from noctiflora.evidence import StrainKey
from noctiflora.study._belief import Belief
from noctiflora.study._dataset import Refused
from noctiflora.study._influence import Influence, influences
from noctiflora.study._pile import Floats
from noctiflora.study._population import Population, each_likelihood, fit_population
from noctiflora.study._read_summaries import Told, read_summaries
from noctiflora.study._run import OMEGA_SCALE, STRAIN_SD
from noctiflora.study._shelf import Shelf
from noctiflora.trial import WITHIN_SD

MOST_GROUPS = 500
"""Most products by outcome that are pooled in one run."""
MOST_REFUSED = 1000
"""Most refusals that are kept word by word; the others are counted."""
BLINDINGS = ("open-label", "single-blind", "double-blind", "triple-blind")
"""The weakest first."""

TellRead = Callable[[int, int], None]
"""Told how many summaries were read, and how many of them were refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupKey:
    """What is pooled together."""

    product: str
    outcome: Outcome
    instrument: Instrument
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PooledGroup:
    """What a registry says of one product by one outcome.

    Parameters
    ----------
    key : GroupKey
        Product and outcome; whether the people knew what they took.
    label : str
        Product as it is shown.
    population : Population
        Mean effect and spread between people.
    within_sd : float
        Night-to-night SD that the priors were scaled by, unit of the outcome.
    blinding : str
        The weakest of the people.
    n_people, n_agreed : int
        People, and those of them who agreed to share before they knew their result.
    data_sha256 : str
        Mark of the summaries, whatever their order.
    influence : tuple of Influence
        Those who move the mean most, the most first.
    """

    key: GroupKey
    label: str
    population: Population
    within_sd: float
    blinding: str
    n_people: int
    n_agreed: int
    data_sha256: str
    influence: tuple[Influence, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RegistryResult:
    """What a registry says.

    Parameters
    ----------
    groups : tuple of PooledGroup
        By product and outcome.
    n_people : int
        Summaries that count.
    refused : tuple of Refused
        The first of those that do not.
    n_refused : int
        How many do not.
    """

    groups: tuple[PooledGroup, ...]
    n_people: int
    refused: tuple[Refused, ...]
    n_refused: int


@dataclass(slots=True)
class _Group:
    product: StrainKey
    shelf: Shelf
    n_agreed: int = 0
    mark: int = 0
    blinding: int = len(BLINDINGS) - 1


@dataclass(slots=True)
class _Room:
    """What has been read so far."""

    folder: Path
    groups: dict[GroupKey, _Group] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    n_refused: int = 0

    def refuse(self, one: Refused) -> None:
        self.n_refused += 1
        if len(self.refused) < MOST_REFUSED:
            self.refused.append(one)

    def take(self, told: Told) -> None:
        shared = told.shared
        key = GroupKey(
            product=told.product.name,
            outcome=shared.outcome,
            instrument=shared.instrument,
            known=shared.blinding.value == BLINDINGS[0],
        )
        if key not in self.groups:
            if len(self.groups) >= MOST_GROUPS:
                reason = f"there are more than {MOST_GROUPS} products by outcome; pool fewer at a time"
                self.refuse(Refused(where=told.where, reason=reason))
                return
            self.groups[key] = _Group(product=told.product, shelf=Shelf(self.folder, str(len(self.groups))))
        group = self.groups[key]
        group.shelf.add(shared.id, told.said)
        group.n_agreed += shared.agreed_before
        group.blinding = min(group.blinding, BLINDINGS.index(shared.blinding.value))
        # a sum does not depend on the order in which the files came
        group.mark = (group.mark + int.from_bytes(hashlib.sha256(told.digest).digest(), "big")) % (1 << 256)


def pool_registry(
    paths: Sequence[Path], scratch: Path, *, within_sd: float | None = None, tell: TellRead
) -> RegistryResult:
    """Read shared summaries one by one, and pool those that count.

    Memory is bounded: curves lie on disk in chunks, and each pass over people takes up one chunk at a time.
    Only what must not come twice is remembered of every summary, in some 150 bytes.

    Parameters
    ----------
    paths : sequence of Path
        Files or folders; see `read_summaries`.
    scratch : Path
        An empty folder for the chunks.
    within_sd : float, optional
        Night-to-night SD that the priors are scaled by; the usual one of each outcome when left out.
    tell : callable
        Hears of progress.

    Raises
    ------
    FormatError
        If there are no summaries, or none that count.
    NotConverged
        If an answer did not settle.
    """
    room = _Room(folder=scratch)
    n_read = 0
    for one in read_summaries(paths):
        n_read += 1
        if isinstance(one, Refused):
            room.refuse(one)
        else:
            room.take(one)
        if n_read % 100 == 0:
            tell(n_read, room.n_refused)
    tell(n_read, room.n_refused)
    if not room.groups:
        first = room.refused[0]
        raise FormatError(
            "no summary here counts", where=first.where, found=first.reason, do="share them again, or look at each"
        )
    order = sorted(room.groups, key=lambda k: (k.product, k.outcome.value, k.instrument.value, k.known))
    return RegistryResult(
        groups=tuple(_pooled(key, room.groups[key], within_sd) for key in order),
        n_people=sum(g.shelf.n_people for g in room.groups.values()),
        refused=tuple(room.refused),
        n_refused=room.n_refused,
    )


def belief_of_group(product: str, within_sd: float) -> Belief:
    """Return the priors of one product's population; kinetics are integrated out of summaries already."""
    return Belief(
        strains={product: (0.0, STRAIN_SD * within_sd)},
        covariates={},
        omega_scale=OMEGA_SCALE * within_sd,
        onset=(0.0, 1.0),
        washout=(0.0, 1.0),
    )


def _pooled(key: GroupKey, group: _Group, within_sd: float | None) -> PooledGroup:
    unit = WITHIN_SD[key.outcome].value if within_sd is None else within_sd
    belief = belief_of_group(key.product, unit)

    def likelihood(rows: Floats) -> Floats:
        total = np.zeros(rows.shape[0])
        for pile, _ in group.shelf.piles():
            total += each_likelihood(pile, rows, belief).sum(axis=1)
        return total

    n = group.shelf.n_people
    population = fit_population(likelihood, belief, n_people=n)
    return PooledGroup(
        key=key,
        label=group.product.label,
        population=population,
        within_sd=unit,
        blinding=BLINDINGS[group.blinding],
        n_people=n,
        n_agreed=group.n_agreed,
        data_sha256=f"{group.mark:064x}",
        influence=influences(group.shelf.piles, likelihood, belief, population),
    )

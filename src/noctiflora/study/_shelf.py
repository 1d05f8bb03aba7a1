"""The curves of many summaries, set down on disk in chunks and taken up again one chunk at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from noctiflora.study._pile import Floats, Pile
from noctiflora.trial import Contribution

CHUNK = 2000
"""People of one chunk: some 3 MB."""


@dataclass(slots=True)
class Shelf:
    """Where the people of one group are kept.

    Parameters
    ----------
    folder : Path
        For its chunks.
    name : str
        Told apart from other groups by it.
    """

    folder: Path
    name: str
    n_people: int = 0
    _waiting: list[tuple[str, Contribution]] = field(default_factory=list)
    _chunks: list[Path] = field(default_factory=list)

    def add(self, name: str, said: Contribution) -> None:
        """Take one more person; `said` must be curves of one width each, from a grid."""
        self._waiting.append((name, said))
        self.n_people += 1
        if len(self._waiting) >= CHUNK:
            self._set_down()

    def piles(self) -> Iterator[tuple[Pile, tuple[str, ...]]]:
        """Yield all people with their names, in the order in which they came."""
        for path in self._chunks:
            with np.load(path) as kept:
                names = tuple(kept["names"].tolist())
                yield _pile(kept["size"], kept["precision"], kept["slope"], kept["log_weight"]), names
        if self._waiting:
            yield _pile(*_parts(self._waiting)), tuple(name for name, _ in self._waiting)

    def _set_down(self) -> None:
        path = self.folder / f"{self.name}-{len(self._chunks)}.npz"
        size, precision, slope, log_weight = _parts(self._waiting)
        names = np.array([name for name, _ in self._waiting])
        np.savez(path, names=names, size=size, precision=precision, slope=slope, log_weight=log_weight)
        self._chunks.append(path)
        self._waiting.clear()


def _parts(people: list[tuple[str, Contribution]]) -> tuple[Floats, ...]:
    said = [one for _, one in people]
    return (
        np.array([one.slope.size for one in said], dtype=np.float64),
        np.array([one.precision[0] for one in said]),
        np.concatenate([one.slope for one in said]),
        np.concatenate([one.log_weight for one in said]),
    )


def _pile(size: Floats, precision: Floats, slope: Floats, log_weight: Floats) -> Pile:
    count = size.astype(np.int64)
    curves = np.zeros((slope.size, 10))
    curves[:, 0], curves[:, 1], curves[:, 4] = slope, np.repeat(precision, count), log_weight
    return Pile(
        start=np.concatenate([[0], np.cumsum(count)]).astype(np.int64),
        curves=curves,
        strain=np.zeros(count.size, dtype=np.int64),
        covariates=np.zeros((count.size, 0)),
        kinetics=np.zeros((count.size, 4)),
    )

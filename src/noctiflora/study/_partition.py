"""One partition's work: each person by themselves, once, kept as a file; then its part of every pass."""

import hashlib
import json
import math
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import polars as pl

from noctiflora.core import NoctifloraError
from noctiflora.study._belief import Belief
from noctiflora.study._dataset import Person, Refused, read_partition
from noctiflora.study._pile import Floats, Pile
from noctiflora.study._population import each_likelihood
from noctiflora.study._settings import Settings
from noctiflora.trial import Contribution, Prior, Priors, check_series, contribution

VERSION = 5
"""Of what is written here: another version is computed anew."""
TILTS = ("tilt_on", "tilt_off", "vague_sd")
CURVES_OF = ("slope", "precision", "log_tau_on", "log_tau_off", "log_weight", "var_tau_on", "var_tau_off", *TILTS)
PILES_KEPT = 8
"""Partitions that a worker keeps in memory at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What is said of a finished partition.

    Parameters
    ----------
    name : str
        The partition's file.
    file : str
        Where its people's curves are kept.
    people : tuple of (str, str)
        Names with their strains.
    refused : tuple of Refused
        What was left out.
    n_nights : int
        Nights with an outcome.
    known : tuple of float
        Sums of the people's covariates.
    kinetics : ((mean, sd), (mean, sd))
        Priors of the time constants that the curves were drawn with.
    resumed : bool
        Whether it was finished by an earlier run.
    """

    name: str
    file: str
    people: tuple[tuple[str, str], ...]
    refused: tuple[Refused, ...]
    n_nights: int
    known: tuple[float, ...]
    kinetics: tuple[tuple[float, float], tuple[float, float]]
    resumed: bool = False


def fingerprint(path: Path, settings: Settings) -> str:
    """Return what tells this partition's content and treatment from any other."""
    digest = hashlib.sha256(f"{VERSION} {settings!r} {path.name}".encode())
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()[:16]


def analyse_partition(path: Path, settings: Settings, out: Path) -> Finished:
    """Analyse every person of a partition, or take what an earlier run wrote.

    Parameters
    ----------
    path : Path
        The partition.
    settings : Settings
        The study.
    out : Path
        Folder for the result, which appears complete or not at all.

    Raises
    ------
    FormatError
        If the partition cannot be read.
    """
    stem = f"{path.stem}-{fingerprint(path, settings)}"
    file, note = out / f"{stem}.parquet", out / f"{stem}.json"
    if note.exists() and file.exists():
        return _read_note(note)
    people, refused = read_partition(path, settings)
    kept: list[tuple[Person, Contribution]] = []
    priors = priors_of(settings)
    for person in people:
        try:
            check_series(person.series)
            kept.append((person, contribution(person.series, priors)))
        except NoctifloraError as error:
            refused.append(Refused(where=f"{path.name}, person {person.name}", reason=str(error)))
    _write(file, lambda part: _frame(kept, settings).write_parquet(part))
    finished = Finished(
        name=path.name,
        file=str(file),
        people=tuple((p.name, p.strain) for p, _ in kept),
        refused=tuple(refused),
        n_nights=sum(p.series.nights.size - p.series.n_missing for p, _ in kept),
        known=tuple(float(x) for x in sum((p.known for p, _ in kept), np.zeros(len(settings.person_covariates)))),
        kinetics=kept[0][1].kinetics if kept else ((0.0, 1.0), (0.0, 1.0)),
    )
    _write(note, lambda part: part.write_text(_note(finished), encoding="utf-8"))
    return finished


def priors_of(settings: Settings) -> Priors:
    """Return the priors of every single trial of a study; that of the effect is vague."""
    return Priors(
        hyper={"log_sigma": Prior(mean=math.log(settings.within_sd), sd=0.5)},
        vague_sd=2.0 * settings.within_sd,
        useful=settings.useful,
        higher_is_better=settings.outcome.higher_is_better,
    )


def partition_likelihood(
    file: str, left_out: tuple[str, ...], belief: Belief, centre: tuple[float, ...], rows: Floats
) -> Floats:
    """Return the summed log-likelihood of a partition's people under each population, (B,)."""
    pile, _ = load_pile(file, left_out, tuple(belief.strains), centre)
    return np.asarray(each_likelihood(pile, rows, belief).sum(axis=1))


@lru_cache(maxsize=PILES_KEPT)
def load_pile(
    file: str, left_out: tuple[str, ...], strains: tuple[str, ...], centre: tuple[float, ...]
) -> tuple[Pile, tuple[str, ...]]:
    """Return a partition's people as one pile, with their names, in the order of the file."""
    table = pl.read_parquet(file, memory_map=False).filter(~pl.col("person").is_in(list(left_out)))
    starts = (
        table.with_row_index("at")
        .group_by("person", maintain_order=True)
        .agg(pl.col("at").first(), pl.col("strain").first(), pl.col("^known_.*$").first(), pl.col("^prior_.*$").first())
    )
    place = {name: j for j, name in enumerate(strains)}
    known = starts.select(pl.col("^known_.*$")).to_numpy().reshape(starts.height, len(centre))
    pile = Pile(
        start=np.append(starts["at"].to_numpy(), table.height).astype(np.int64),
        curves=np.ascontiguousarray(table.select(CURVES_OF).to_numpy().reshape(-1, len(CURVES_OF))),
        strain=np.array([place[name] for name in starts["strain"]], dtype=np.int64),
        covariates=np.ascontiguousarray(known - np.array(centre)),
        kinetics=np.ascontiguousarray(starts.select(pl.col("^prior_.*$")).to_numpy().reshape(-1, 4)),
    )
    return pile, tuple(starts["person"].to_list())


def _frame(kept: list[tuple[Person, Contribution]], settings: Settings) -> pl.DataFrame:
    sizes = [c.slope.size for _, c in kept]
    columns: dict[str, object] = {
        "person": pl.Series([p.name for p, _ in kept], dtype=pl.String).gather(np.repeat(np.arange(len(kept)), sizes)),
        "strain": pl.Series([p.strain for p, _ in kept], dtype=pl.String).gather(
            np.repeat(np.arange(len(kept)), sizes)
        ),
    }
    for name in CURVES_OF:
        parts = [np.broadcast_to(getattr(c, name), c.slope.shape) for _, c in kept]
        columns[name] = np.concatenate(parts) if kept else np.zeros(0)
    for j, name in enumerate(settings.person_covariates):
        columns[f"known_{j}_{name}"] = np.repeat([float(p.known[j]) for p, _ in kept], sizes)
    for j in range(4):
        columns[f"prior_{j}"] = np.repeat([c.kinetics[j // 2][j % 2] for _, c in kept], sizes)
    return pl.DataFrame(columns)


def _write(path: Path, write: Callable[[Path], object]) -> None:
    """Let a file appear complete or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(3)}")
    try:
        write(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _note(finished: Finished) -> str:
    return json.dumps(
        {
            "name": finished.name,
            "file": finished.file,
            "people": finished.people,
            "refused": [[r.where, r.reason] for r in finished.refused],
            "n_nights": finished.n_nights,
            "known": finished.known,
            "kinetics": finished.kinetics,
        }
    )


def _read_note(path: Path) -> Finished:
    said = json.loads(path.read_text(encoding="utf-8"))
    (on, off) = said["kinetics"]
    return Finished(
        name=said["name"],
        # the folder may have been moved since
        file=str(path.with_suffix(".parquet")),
        people=tuple((name, strain) for name, strain in said["people"]),
        refused=tuple(Refused(where=w, reason=r) for w, r in said["refused"]),
        n_nights=said["n_nights"],
        known=tuple(said["known"]),
        kinetics=((on[0], on[1]), (off[0], off[1])),
        resumed=True,
    )

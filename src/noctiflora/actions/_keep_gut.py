"""Keeps stool tests in the store as documents."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np

from noctiflora.actions._keep_genes import KIND, genes_document
from noctiflora.actions._veil import veil
from noctiflora.core import FormatError, StoreDamaged
from noctiflora.gut import Content, Feature, GutReading, Rank, Standing, Unit, appraise
from noctiflora.store import Store

READER = "stool 1"
"""Version of the readers; a new one makes an old file worth reading again."""

MOST_SAMPLES = 500
"""More samples are a study, not a person; assumed (100 to 2,000)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptGut:
    """One stool test in the store.

    Parameters
    ----------
    reading : GutReading
        As read from the file.
    sha256 : str
        Hash of the file.
    at : datetime
        When it was stored (UTC).
    """

    reading: GutReading
    sha256: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoolOutcome:
    """What became of one stool test.

    Parameters
    ----------
    reading : GutReading
        As read.
    already : bool
        Whether the same file had been kept before.
    refused : tuple of str
        Of samples that say nothing, each with its reason; they are not kept.
    """

    reading: GutReading
    already: bool
    refused: tuple[str, ...] = ()


def keep_gut(store: Store, reading: GutReading, *, sha256: str) -> StoolOutcome:
    """Keep the samples of a table that can bear a statement; of a table of genes only the modules it holds.

    Raises
    ------
    FormatError
        If the table holds no names, too many samples, no sample that can bear a statement, or genes of which no
        module can be measured.
    """
    if reading.content is Content.GENES:
        _expect_few(reading)
        new = store.stools.save(genes_document(reading), name=reading.name, sha256=sha256, reading=READER)
        return StoolOutcome(reading=reading, already=not new)
    _expect_taxa(reading)
    verdicts = [appraise(reading, j) for j in range(len(reading.sample_ids))]
    good = [j for j, v in enumerate(verdicts) if v.standing is not Standing.REFUSED]
    refused = tuple(
        f"{reading.sample_ids[j]}: {v.reasons[0]}" for j, v in enumerate(verdicts) if v.standing is Standing.REFUSED
    )
    if not good:
        reason = verdicts[0].reasons[0].rstrip(".") if verdicts else "The table holds no sample"
        raise FormatError(
            f"nothing is kept, for nothing can be said from it: {reason[0].lower()}{reason[1:]}",
            where=reading.name,
            do="give a stool test of 2,000 reads or more",
        )
    kept = only_samples(reading, good) if refused else reading
    known = next((d.reading for d in store.stools.list() if d.sha256 == sha256), "")
    if not reading.told and known.startswith(READER):
        # What the person told of this file before outlives its being imported again.
        return StoolOutcome(reading=kept, already=True, refused=refused)
    told = "".join(f", {what} {getattr(reading, what)}" for what in reading.told)
    new = store.stools.save(to_document(kept), name=reading.name, sha256=sha256, reading=READER + told)
    return StoolOutcome(reading=kept, already=not new, refused=refused)


def keep_gut_file(store: Store, path: Path, reading: GutReading) -> StoolOutcome:
    """Keep a table as read from a file, with what the person told of it; see `keep_gut`."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return keep_gut(store, reading, sha256=digest)


def kept_guts(store: Store) -> tuple[KeptGut, ...]:
    """Return all stool tests of taxa in the store, the oldest first; for genes see `kept_genes`."""
    return tuple(
        KeptGut(reading=from_document(d.body, where=d.name), sha256=d.sha256, at=d.at)
        for d in store.stools.list()
        if d.body.get("kind") != KIND
    )


def shown_guts(store: Store, *, today: dt.date) -> tuple[KeptGut, ...]:
    """Return the stool tests that may be seen: none that came in during a trial under way, as with its nights."""
    over = veil(store, today=today)
    return tuple(k for k in kept_guts(store) if over is None or over.counts(k.at.date()))


def _expect_taxa(reading: GutReading) -> None:
    if reading.content is Content.NAMES or reading.rank is Rank.OTHER:
        raise FormatError(
            "table and taxonomy stand in two files", where=reading.name, do="import the table and the taxonomy together"
        )
    _expect_few(reading)


def _expect_few(reading: GutReading) -> None:
    if len(reading.sample_ids) > MOST_SAMPLES:
        raise FormatError(
            "the table holds the samples of a whole study",
            where=reading.name,
            found=f"{len(reading.sample_ids):,} samples",
            do="give a table of your own samples",
        )


def only_samples(reading: GutReading, at: list[int]) -> GutReading:
    """Return some samples of a table."""
    told = reading.told
    some = reading.told_otherwise(
        sample_ids=tuple(reading.sample_ids[j] for j in at),
        values=reading.values[:, at].copy(),
        unassigned=reading.unassigned[at].copy(),
        totals=reading.totals[at].copy(),
        depths=tuple(reading.depths[j] for j in at),
    )
    object.__setattr__(some, "told", told)
    return some


def to_document(reading: GutReading) -> dict[str, object]:
    """Return a reading as JSON values; rows that no sample holds are left out."""
    seen = np.flatnonzero(reading.values.any(axis=1)).tolist()
    return {
        "name": reading.name,
        "format": reading.format,
        "content": reading.content.value,
        "unit": reading.unit.value,
        "rank": reading.rank.value,
        "nested": reading.nested,
        "site": reading.site,
        "region": reading.region,
        "notes": list(reading.notes),
        "told": list(reading.told),
        "samples": list(reading.sample_ids),
        "unassigned": reading.unassigned.tolist(),
        "totals": reading.totals.tolist(),
        "depths": list(reading.depths),
        "features": [_feature(reading.features[i]) for i in seen],
        "values": [reading.values[i].tolist() for i in seen],
    }


def from_document(body: Mapping[str, object], *, where: str) -> GutReading:
    """Return the reading that a document holds.

    Raises
    ------
    StoreDamaged
        If it holds none.
    """
    held = cast("Mapping[str, Any]", body)
    try:
        samples = tuple(str(s) for s in held["samples"])
        values = np.array(held["values"], dtype=float).reshape(len(held["features"]), len(samples))
        return GutReading(
            name=held["name"],
            format=held["format"],
            content=Content(held["content"]),
            unit=Unit(held["unit"]),
            rank=Rank(held["rank"]),
            features=tuple(
                Feature(
                    name=n,
                    rank=Rank(r),
                    ncbi_id=i,
                    key=k,
                    lineage=tuple((Rank(at), name) for at, name in line),
                )
                for n, r, i, k, line in held["features"]
            ),
            sample_ids=samples,
            values=values,
            unassigned=np.array(held["unassigned"], dtype=float),
            totals=np.array(held["totals"], dtype=float),
            depths=tuple(held["depths"]),
            nested=held["nested"],
            site=held["site"],
            region=held["region"],
            notes=tuple(held["notes"]),
            told=tuple(held["told"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise StoreDamaged("a stool test cannot be read", where=f"stool_tests, {where}", do="import it anew") from error


def _feature(feature: Feature) -> list[object]:
    lineage = [[rank.value, name] for rank, name in feature.lineage]
    return [feature.name, feature.rank.value, feature.ncbi_id, feature.key, lineage]

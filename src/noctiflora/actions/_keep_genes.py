"""Keeps of a table of genes what modules it holds: their scores, never the table."""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from noctiflora.actions._veil import veil
from noctiflora.core import FormatError, StoreDamaged
from noctiflora.gut import GutReading, Status, score, sleep_modules
from noctiflora.store import Store

KIND = "genes"
NEVER_ACTIVITY = "genes present, never activity"


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneModule:
    """One module in one sample.

    Parameters
    ----------
    id, name : str
        Of the module.
    status : Status
        Scored, absent or not measurable.
    score, coverage : float or None
        In the unit of the table, and the share of steps present; None where not measurable.
    under_counted : bool
        Whether the table lacks some catalogue of identifiers that the module names.
    """

    id: str
    name: str
    status: Status
    score: float | None
    coverage: float | None
    under_counted: bool = False

    @property
    def words(self) -> str:
        """Return the status in words: not measurable, nothing seen and too few steps are three things."""
        if self.coverage is None:
            return "not measurable from this table"
        steps = f"{100 * self.coverage:.0f} % of its steps"
        if self.status is Status.SCORED:
            return f"genes present, {steps}"
        return f"absent: only {steps} seen, too few" if self.coverage else "0: none of its genes was seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptGenes:
    """Modules of one table of genes in the store.

    Parameters
    ----------
    name, format, unit : str
        Of the table.
    samples : mapping of str to tuple of GeneModule
        By sample.
    notes : tuple of str
        What was dropped or guessed.
    at : datetime
        When it was stored (UTC).
    """

    name: str
    format: str
    unit: str
    samples: Mapping[str, tuple[GeneModule, ...]]
    notes: tuple[str, ...]
    at: dt.datetime

    @property
    def first(self) -> tuple[GeneModule, ...]:
        """Return the modules of the first sample."""
        return next(iter(self.samples.values()))


def score_genes(reading: GutReading) -> dict[str, tuple[GeneModule, ...]]:
    """Return the package's sleep modules in every sample of a table of genes.

    Raises
    ------
    FormatError
        If none of them can be measured in any sample.
    """
    modules = sleep_modules()
    found = score(reading, modules)
    out = {
        sample: tuple(
            GeneModule(
                id=module.id,
                name=module.name,
                status=found.status(i, j),
                score=_value(float(found.scores[i, j])),
                coverage=_value(float(found.coverage[i, j])),
                under_counted=bool(found.measurable[i] and not found.complete[i]),
            )
            for i, module in enumerate(modules)
        )
        for j, sample in enumerate(found.sample_ids)
    }
    if all(m.status is Status.NOT_MEASURABLE for row in out.values() for m in row):
        raise FormatError(
            "no sleep module can be measured in this table of genes, so nothing is kept",
            where=reading.name,
            found=reading.features[0].name,
            do="group the genes to KO identifiers first (K01580 ...), as humann_regroup_table does",
        )
    return out


def genes_document(reading: GutReading) -> dict[str, object]:
    """Return the modules of a table of genes as JSON values."""
    return {
        "kind": KIND,
        "name": reading.name,
        "format": reading.format,
        "unit": reading.unit.value,
        "notes": list(reading.notes),
        "samples": {
            sample: [[m.id, m.name, m.status.value, m.score, m.coverage, m.under_counted] for m in row]
            for sample, row in score_genes(reading).items()
        },
    }


def kept_genes(store: Store) -> tuple[KeptGenes, ...]:
    """Return the modules of all tables of genes in the store, the oldest first.

    Raises
    ------
    StoreDamaged
        If a document cannot be read.
    """
    return tuple(_from(d.body, d.name, d.at) for d in store.stools.list() if d.body.get("kind") == KIND)


def shown_genes(store: Store, *, today: dt.date) -> tuple[KeptGenes, ...]:
    """Return those that may be seen: none that came in during a trial under way."""
    over = veil(store, today=today)
    return tuple(k for k in kept_genes(store) if over is None or over.counts(k.at.date()))


def _from(body: Mapping[str, object], name: str, at: dt.datetime) -> KeptGenes:
    held = cast("Mapping[str, Any]", body)
    try:
        samples = {
            sample: tuple(
                GeneModule(id=i, name=n, status=Status(s), score=value, coverage=steps, under_counted=under)
                for i, n, s, value, steps, under in row
            )
            for sample, row in held["samples"].items()
        }
        if not samples:
            raise ValueError
        return KeptGenes(
            name=held["name"],
            format=held["format"],
            unit=held["unit"],
            samples=samples,
            notes=tuple(held["notes"]),
            at=at,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise StoreDamaged("a stool test cannot be read", where=f"stool_tests, {name}", do="import it anew") from error


def _value(number: float) -> float | None:
    return None if math.isnan(number) else number

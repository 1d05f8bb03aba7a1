"""What a study or a registry found, as entries that `noctiflora evidence add` takes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from noctiflora import __version__
from noctiflora.core import NoctifloraError
from noctiflora.evidence import parse_addition
from noctiflora.study._population import Summary
from noctiflora.study._run import StudyResult

SCHEMA = "noctiflora evidence 1.0"
DIGITS = 6
LEAST_PEOPLE = 2
FILE = "evidence.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """Entries for the evidence, and why some results are none.

    Parameters
    ----------
    entries : tuple of dict
        Checked already.
    missing : dict of str to str
        By strain, why there is no entry.
    """

    entries: tuple[dict[str, Any], ...]
    missing: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found of one product.

    Parameters
    ----------
    strain : str
        As it is named in the data.
    mean, omega : Summary
        Mean effect and spread between people, unit of the outcome.
    n_people : int
        How many took it.
    data_sha256 : str
        Mark of the data.
    design : mapping
        The other fields of the entry: outcome, instrument, blinding, and what is known of the dose.
    """

    strain: str
    mean: Summary
    omega: Summary
    n_people: int
    data_sha256: str
    design: Mapping[str, Any]


def entries_of(found: tuple[Found, ...]) -> Entries:
    """Return an entry for each result that the evidence can count, and the reasons of the others."""
    entries: list[dict[str, Any]] = []
    missing: dict[str, str] = {}
    for number, one in enumerate(found, start=1):
        if one.n_people < LEAST_PEOPLE:
            missing[one.strain] = "one person is no population"
            continue
        entry = _entry(one, number)
        try:
            parse_addition(entry, where=one.strain)
        except NoctifloraError as error:
            missing[one.strain] = str(error)
        else:
            entries.append(entry)
    return Entries(entries=tuple(entries), missing=missing)


def write_entries(out: Path, entries: Entries) -> Path | None:
    """Write ``evidence.json`` into the out folder, where there is anything to write; return its path."""
    path = out / FILE
    if not entries.entries:
        path.unlink(missing_ok=True)
        return None
    document = {"schema": SCHEMA, "entries": list(entries.entries)}
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False), encoding="utf-8")
    return path


def _entry(one: Found, number: int) -> dict[str, Any]:
    return {
        "kind": "pooled personal trials",
        "id": f"study-{one.data_sha256[:10]}-{number}",
        "data_sha256": one.data_sha256,
        "made_by": f"noctiflora {__version__}",
        "whose": "other people",
        "n_people": one.n_people,
        "n_agreed_before": 0,
        "strain": one.strain,
        "randomised": True,
        "mean": _rounded(one.mean.mean),
        "sd": _rounded(one.mean.sd),
        "omega_person": _rounded(one.omega.mean),
        "omega_person_sd": _rounded(one.omega.sd),
        **one.design,
    }


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def study_entries(result: StudyResult) -> Entries:
    """Return the results of a study that the evidence can count; see ``evidence`` in its ``study.json``."""
    if result.caution is not None:
        return Entries(entries=(), missing=dict.fromkeys(result.population.strains, result.caution))
    outcome = result.settings.outcome
    design = {
        "outcome": outcome.value,
        "unit": outcome.unit,
        "higher_is_better": outcome.higher_is_better,
        **result.settings.evidence,
    }
    return entries_of(
        tuple(
            Found(
                strain=name,
                mean=mean,
                omega=result.population.omega_person,
                n_people=result.n_of[name],
                data_sha256=result.data_sha256,
                design=design,
            )
            for name, mean in result.population.strains.items()
        )
    )

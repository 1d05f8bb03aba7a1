"""What a study's ``study.json`` says: the outcome, the product's strains, what is known of people."""

import json
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from noctiflora.core import FormatError, Outcome, RangeError

NAME = "study.json"
SCHEMA = 1
FIXED_COLUMNS = ("person", "strain", "night", "y", "dose")
"""Columns that every partition has; ``zone`` and ``assigned`` may follow, and those that the study names."""
OPTIONAL_COLUMNS = ("zone", "assigned")
EVIDENCE_KEYS = (
    *("instrument", "blinding", "n_agreed_before", "doi", "form", "dose_value", "dose_unit", "duration_days", "note"),
)
"""What ``evidence`` may say: the fields of an addition to the evidence that the nights cannot tell."""
_KNOWN = {
    *("schema", "outcome", "useful", "within_sd", "person_covariates", "night_covariates", "strains", "truth"),
    "evidence",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One study.

    Parameters
    ----------
    outcome : Outcome
        What is measured each night; sets the unit and the direction.
    within_sd : float
        Night-to-night SD that the priors are scaled by, unit of the outcome, > 0.
    useful : float
        The amount called worth it, unit of the outcome, > 0.
    person_covariates : tuple of str
        Numeric columns that say the same on all nights of a person; centred over the study.
    night_covariates : tuple of str
        Numeric columns of each night.
    strains : dict of str to (mean, sd)
        Prior of the mean effect of strains; others are taken as N(0, within_sd^2).
    evidence : dict
        What an entry of the evidence says beside the numbers: instrument, blinding, dose and so on.
    truth : dict
        What the data were made with, where they were made.
    """

    outcome: Outcome
    within_sd: float
    useful: float
    person_covariates: tuple[str, ...] = ()
    night_covariates: tuple[str, ...] = ()
    strains: dict[str, tuple[float, float]] = field(default_factory=dict)
    truth: dict[str, Any] = field(default_factory=dict)
    # changes no number, so it stays out of what a finished partition is known by
    evidence: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that each partition must have."""
        return (*FIXED_COLUMNS, *self.person_covariates, *self.night_covariates)


def read_settings(folder: Path) -> Settings:
    """Return what the ``study.json`` of a data set says.

    Raises
    ------
    FormatError
        If it is missing or is no such file.
    RangeError
        If a number in it cannot be.
    """
    path = folder / NAME
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FormatError(
            "this is no data set of a study",
            where=str(folder),
            found="no study.json",
            do="write one, or make an example with 'noctiflora study sample'",
        ) from None
    except (OSError, ValueError) as error:
        raise FormatError("this file cannot be read", where=str(path), found=str(error), do="correct it") from None
    if not isinstance(said, dict) or said.get("schema") != SCHEMA:
        raise FormatError(
            "this schema is not known", where=str(path), found=str(said)[:60], do='give {"schema": 1, ...}'
        )
    if unknown := sorted(set(said) - _KNOWN):
        raise FormatError(
            "this key is not known", where=str(path), found=unknown[0], do=f"keys: {', '.join(sorted(_KNOWN))}"
        )
    return Settings(
        outcome=_outcome(said.get("outcome"), path),
        within_sd=_positive(said.get("within_sd"), path, "within_sd"),
        useful=_positive(said.get("useful"), path, "useful"),
        person_covariates=_names(said.get("person_covariates", []), path, "person_covariates"),
        night_covariates=_names(said.get("night_covariates", []), path, "night_covariates"),
        strains=_strains(said.get("strains", {}), path),
        evidence=_evidence(said.get("evidence", {}), path),
        truth=said.get("truth", {}) if isinstance(said.get("truth", {}), dict) else {},
    )


def _outcome(value: object, path: Path) -> Outcome:
    known = {o.value: o for o in Outcome}
    if not isinstance(value, str) or value not in known:
        do = f"one of {', '.join(known)}"
        raise FormatError("this outcome is not known", where=f"{path}, outcome", found=str(value), do=do)
    return known[value]


def _positive(value: object, path: Path, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value <= 0:
        raise RangeError("a number above 0 is needed", where=f"{path}, {name}", found=str(value), do="correct it")
    return float(value)


def _names(value: object, path: Path, name: str) -> tuple[str, ...]:
    taken = {*FIXED_COLUMNS, *OPTIONAL_COLUMNS}
    if not isinstance(value, list) or not all(isinstance(v, str) and v and v not in taken for v in value):
        raise FormatError(
            "names of columns are needed", where=f"{path}, {name}", found=str(value)[:60], do="give a list of names"
        )
    return tuple(value)


def _evidence(value: object, path: Path) -> dict[str, Any]:
    if not isinstance(value, dict) or not set(value) <= set(EVIDENCE_KEYS):
        found = ", ".join(sorted(set(value) - set(EVIDENCE_KEYS))) if isinstance(value, dict) else str(value)[:60]
        raise FormatError(
            "this is not what an entry of the evidence says",
            where=f"{path}, evidence",
            found=found,
            do=f"keys: {', '.join(EVIDENCE_KEYS)}",
        )
    return dict(value)


def _strains(value: object, path: Path) -> dict[str, tuple[float, float]]:
    if not isinstance(value, dict):
        raise FormatError(
            "priors by strain are needed", where=f"{path}, strains", found=str(value)[:60], do="give {NAME: [mean, sd]}"
        )
    out = {}
    for name, pair in value.items():
        if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[0], int | float):
            raise FormatError(
                "mean and sd are needed", where=f"{path}, strains, {name}", found=str(pair)[:60], do="give [mean, sd]"
            )
        out[str(name)] = (float(pair[0]), _positive(pair[1], path, f"strains, {name}"))
    return out

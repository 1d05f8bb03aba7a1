"""Core: errors, time, outcomes, sources and the expected effect; no domain."""

from noctiflora.core._errors import (
    DesignError,
    EvidenceError,
    FormatError,
    GateClosed,
    InputError,
    MigrationNeeded,
    MissingExtra,
    ModelError,
    NoctifloraError,
    NotConverged,
    NotFound,
    NotPoolable,
    RangeError,
    SourceMissing,
    StoreBusy,
    StoreDamaged,
    StoreError,
    UnitError,
)
from noctiflora.core._outcome import Instrument, Outcome
from noctiflora.core._predictive import Normal, Predictive
from noctiflora.core._source import Source, parse_sources
from noctiflora.core._time import EVENING_H, local, night_date, offset_min, resolve_wall, zone

__all__ = [
    "EVENING_H",
    "DesignError",
    "EvidenceError",
    "FormatError",
    "GateClosed",
    "InputError",
    "Instrument",
    "MigrationNeeded",
    "MissingExtra",
    "ModelError",
    "NoctifloraError",
    "Normal",
    "NotConverged",
    "NotFound",
    "NotPoolable",
    "Outcome",
    "Predictive",
    "RangeError",
    "Source",
    "SourceMissing",
    "StoreBusy",
    "StoreDamaged",
    "StoreError",
    "UnitError",
    "local",
    "night_date",
    "offset_min",
    "parse_sources",
    "resolve_wall",
    "zone",
]

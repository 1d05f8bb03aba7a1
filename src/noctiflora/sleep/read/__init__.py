"""Readers of sleep exports: one file per format, chosen by content."""

from noctiflora.sleep.read._exposure import Exposure
from noctiflora.sleep.read._reading import Reading, Skipped
from noctiflora.sleep.read._refusals import asks_zone, holds_nothing
from noctiflora.sleep.read._registry import labels, members, read, read_all, recognise

__all__ = [
    "Exposure",
    "Reading",
    "Skipped",
    "asks_zone",
    "holds_nothing",
    "labels",
    "members",
    "read",
    "read_all",
    "recognise",
]

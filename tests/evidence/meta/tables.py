"""The tables of published meta-analyses."""

from pathlib import Path

from noctiflora.evidence.meta import Measure, Studies, read_studies

FOLDER = Path(__file__).parent / "tables"


def table(name: str, measure: Measure | None = None) -> Studies:
    """Return one table, read as a user's file is."""
    text = (FOLDER / f"{name}.csv").read_text(encoding="utf-8")
    return read_studies(text, where=f"{name}.csv", measure=measure)

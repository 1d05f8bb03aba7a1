"""The reference of additions says what the README beside the schema says."""

from pathlib import Path

from tests.evidence.test_read_additions import DATA

ROOT = Path(__file__).parents[2]


def test_the_reference_is_current() -> None:
    reference = (ROOT / "docs" / "reference" / "evidence-additions.md").read_text(encoding="utf-8")
    _, start, rest = (DATA / "README.md").read_text(encoding="utf-8").partition("```json")
    assert start
    assert reference.endswith(start + rest), "copy the README of the additions from its first code block on"

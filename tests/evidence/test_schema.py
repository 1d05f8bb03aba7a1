"""Each packaged table is whole: it parses, its schema and README are current, its examples pass or fail as named."""

import json
from pathlib import Path

import pytest

from noctiflora.core import FormatError
from noctiflora.evidence._schema import TABLES, column_table, table_schema
from noctiflora.evidence._table import parse_table, read_table

DATA = Path(__file__).parents[2] / "src" / "noctiflora" / "evidence" / "data"
EXAMPLES = Path(__file__).parent / "examples"
CASES = sorted(p for p in EXAMPLES.rglob("*.csv") if p.parent.name in TABLES)
ROWS = {
    "claims": 47,
    "derived_effects": 27,
    "grade_rules": 13,
    "lists": 66,
    "norms": 85,
    "pathways": 40,
    "questionnaires": 20,
    "questions": 13,
    "reviews": 52,
    "strains": 86,
    "trials": 163,
}


@pytest.mark.parametrize("name", TABLES)
def test_every_row_parses_and_none_is_lost(name: str) -> None:
    rows = read_table(name, TABLES[name])
    assert len(rows) == ROWS[name]
    assert all(row.sources for row in rows)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", TABLES)
def test_schema_is_current(name: str) -> None:
    found = (DATA / name / "schema.json").read_text(encoding="utf-8")
    assert found == table_schema(name), "run: python tests/oracles/evidence_tables.py"
    assert "sources" in json.loads(found)["required"]


@pytest.mark.parametrize("name", TABLES)
def test_readme_lists_every_column_and_the_licence(name: str) -> None:
    text = (DATA / name / "README.md").read_text(encoding="utf-8")
    assert column_table(name) in text, "run: python tests/oracles/evidence_tables.py"
    assert "Version 1.0, 2026-11-22. Licence: Apache-2.0" in text
    assert f"{ROWS[name]} rows" in text


@pytest.mark.parametrize(
    "path", [p for p in CASES if p.name.startswith("pass_")], ids=lambda p: f"{p.parent.name}-{p.stem}"
)
def test_examples_that_must_pass(path: Path) -> None:
    assert parse_table(path.read_text(encoding="utf-8"), TABLES[path.parent.name], where=path.name)


@pytest.mark.parametrize(
    "path", [p for p in CASES if p.name.startswith("fail_")], ids=lambda p: f"{p.parent.name}-{p.stem}"
)
def test_examples_that_must_fail(path: Path) -> None:
    with pytest.raises(FormatError) as caught:
        parse_table(path.read_text(encoding="utf-8"), TABLES[path.parent.name], where=path.name)
    assert path.name in str(caught.value)


def test_every_table_has_examples_of_both_kinds() -> None:
    for name in TABLES:
        kinds = {p.name.split("_")[0] for p in CASES if p.parent.name == name}
        assert kinds == {"pass", "fail"}, name

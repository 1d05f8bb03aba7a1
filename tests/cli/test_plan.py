"""Findings, options, the report and the demo at the command line."""

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.test_gates import ALL_NO


def test_findings_of_the_sample_person_and_of_nobody(run: Run, filled: Path) -> None:
    some = json.loads(run("findings", "--format", "json", "--db", str(filled)).out)
    none = json.loads(run("findings", "--format", "json").out)
    assert any(row["number"] for row in some)
    assert all(row["group"] == "not measured" for row in none if not row["number"])
    assert all(row["sources"] for row in some if row["certainty_of_4"])


def test_options_open_with_the_questions_and_never_hide_what_costs_nothing(run: Run) -> None:
    closed = json.loads(run("options", "--format", "json").out)
    assert any(row["stands"] == "open" and row["kind"] == "light, timing and CBT-I" for row in closed)
    assert all(row["stands"] == "closed" for row in closed if row["kind"] == "live probiotics")
    run("gates", *ALL_NO)
    opened = json.loads(run("options", "--format", "json").out)
    assert any(row["stands"] == "open" for row in opened if row["kind"] == "live probiotics")
    assert {row["key"] for row in opened} == {row["key"] for row in closed}
    assert all(row["sources"] for row in opened)


def test_a_smaller_useful_amount_is_reached_more_often(run: Run) -> None:
    def chance(useful: str) -> int:
        rows = json.loads(run("options", "--format", "json", "--useful", useful).out)
        return int(next(r["useful_for_of_100"] for r in rows if r["key"] == "bifidobacterium-longum-1714"))

    assert chance("1") > chance("3")


def test_assess_writes_one_page_of_its_own_and_its_twin(run: Run, filled: Path, tmp_path: Path) -> None:
    ended = run("assess", "--out", str(tmp_path / "out"), "--db", str(filled))
    assert ended.code == 0
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    twin = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert page.startswith("<!doctype html>")
    assert twin["schema"] == 1
    assert {"nights", "findings", "gates", "options", "design", "trial", "verdict", "sources"} <= set(twin)


def test_a_folder_that_cannot_be_written_is_said(run: Run, filled: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert run("assess", "--out", str(tmp_path / "file"), "--db", str(filled)).code == 3

"""Pathways in print: readable at 100 columns, and rows beside the findings."""

import json

from noctiflora.cli._pathway_list import certainty_words
from tests.cli.conftest import Run


def test_certainty_is_word_and_number() -> None:
    assert [certainty_words(n) for n in (0, 1, 4)] == ["not graded", "very low (1 of 4)", "high (4 of 4)"]


def test_findings_end_with_thirteen_pathways(run: Run) -> None:
    run("questionnaire", "enter", "gad7=12")
    text = run("findings").out.split("From gut to sleep")[1]
    assert text.count("Evidence in people:") == 13
    assert "Points to it: GAD-7 12 of 21. Mind: does not show a gut origin." in text
    assert max(len(line) for line in text.splitlines()) <= 100


def test_json_stays_one_list(run: Run) -> None:
    run("questionnaire", "enter", "gad7=2")
    rows = json.loads(run("findings", "--format", "json").out)
    assert isinstance(rows, list)
    paths = [row for row in rows if row["pathway"]]
    assert len(paths) == len({row["pathway"] for row in paths}) == 13
    (gaba,) = (row for row in paths if row["pathway"] == "GABA and glutamate")
    assert (gaba["group"], len(gaba["points_away"]), gaba["disagree"]) == ("no sign", 1, False)
    assert all({"group", "finding", "number", "text", "certainty_of_4", "sources"} <= set(row) for row in rows)
    assert run("findings", "--format", "csv").out.startswith("pathway,group,finding")


def test_help_comes_before_findings(run: Run) -> None:
    run("gates", "--answer", "S24=yes")
    assert run("findings").out.startswith("Please talk to someone now.")


def test_what_was_not_measured_is_named_by_kind_and_place(run: Run) -> None:
    flat = " ".join(run("findings").out.split())
    assert "blood marker, blood laboratory" in flat
    rows = json.loads(run("findings", "--format", "json").out)
    missing = [u for row in rows if row["pathway"] for u in row["not_measured"]]
    assert all(u["observable"] and u["kind"] and u["where"] for u in missing)

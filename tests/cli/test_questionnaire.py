"""Questionnaires at the command line: help at once, scores kept, gates opened and closed by them."""

import json
import sys

import pytest

from noctiflora.cli import _questionnaire
from tests.cli.conftest import Run
from tests.cli.test_gates import ALL_NO


def gate_row(run: Run, gate_id: str) -> dict[str, object]:
    return next(row for row in json.loads(run("gates", "--format", "json").out) if row["gate"] == gate_id)


def test_item_9_shows_help_and_nothing_else(run: Run) -> None:
    ended = run("questionnaire", "phq9", "--answers", "0,0,0,0,0,0,0,0,1")
    assert ended.code == 4
    assert "crisis line" in ended.out
    assert "PHQ-9" not in ended.out
    assert run("options").code == 4
    assert run("questionnaire", "phq9", "--answers", "0,0,0,0,0,0,0,0,0").code == 0
    assert run("options").code == 0


def test_item_9_is_asked_last_and_help_follows_at_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(question: str, **_: object) -> str:
        asked.append(question)
        return "2" if "better off dead" in question else ("" if len(asked) < 5 else "0")

    monkeypatch.setattr(_questionnaire.typer, "prompt", answer)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    ended = run("questionnaire", "phq9")
    assert ended.code == 4
    assert len(asked) == 9
    assert ended.out.rstrip().endswith("We pause everything else.")


def test_an_entered_score_closes_and_opens_its_gate(run: Run) -> None:
    run("gates", *ALL_NO)
    ended = run("questionnaire", "enter", "phq9=14", "PSQI=9")
    assert "moderate" in ended.out
    assert "S25: Low mood" in ended.out
    assert "clinician" in str(gate_row(run, "S25")["closes"])
    run("questionnaire", "enter", "phq9=3")
    assert gate_row(run, "S25")["closes"] is None


def test_a_score_spares_the_question(run: Run) -> None:
    assert gate_row(run, "S29")["reply"] is None
    run("questionnaire", "enter", "ess=4")
    assert gate_row(run, "S29")["reply"] == "no"


def test_a_stale_score_no_longer_counts(run: Run) -> None:
    run("questionnaire", "enter", "ess=4", "--date", "2020-01-01")
    assert gate_row(run, "S29")["reply"] is None


def test_scores_show_bands_and_licences(run: Run) -> None:
    run("questionnaire", "enter", "isi=15")
    rows = {row["score"]: row for row in json.loads(run("questionnaire", "scores", "--format", "json").out)}
    assert (rows["isi"]["value"], rows["isi"]["band"]) == (15, "moderate")
    assert rows["psqi"]["value"] is None
    assert all(rows[key]["licence"] for key in rows if key != "age_years")
    table = run("questionnaire", "scores").out
    assert "University of Pittsburgh" in table
    assert max(len(line.rstrip()) for line in table.splitlines()) <= 100


@pytest.mark.parametrize(
    "arguments",
    [
        ("phq9", "--answers", "0,1"),
        ("phq9", "--answers", "a,b"),
        ("gad7", "--answers", "9,0,0,0,0,0,0"),
        ("gad7",),
        ("enter", "psqi=22"),
        ("enter", "mood=1"),
        ("enter", "psqi"),
        ("enter", "psqi=nan"),
        ("enter", "psqi=9", "--date", "2999-01-01"),
    ],
)
def test_what_cannot_be_is_refused_and_kept_nowhere(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("questionnaire", *arguments).code == 3
    rows = json.loads(run("questionnaire", "scores", "--format", "json").out)
    assert all(row["value"] is None for row in rows)


def test_too_many_gaps_give_no_score(run: Run) -> None:
    assert "No score" in run("questionnaire", "gad7", "--answers", "1,1,1,1,-,-,-").out


def test_age_changes_the_guide_value(run: Run, filled) -> None:
    def awake(*more: str) -> str:
        rows = json.loads(run("findings", "--format", "json", "--db", str(filled), *more).out)
        return next(row["number"] for row in rows if row["finding"] == "Time awake in the night")

    assert "20 min or less" in awake()
    run("questionnaire", "enter", "age_years=70", "--db", str(filled))
    assert "30 min or less" in awake()

"""The safety questions at the command line: what is unanswered stays closed, help comes first."""

import datetime as dt
import json
from pathlib import Path

import pytest

from noctiflora.cli import _gates
from noctiflora.evidence import load_safety
from tests.cli.conftest import Run

ALL_NO = [part for rule in load_safety() for part in ("--answer", f"{rule.gate_id}=no")]


def test_unanswered_is_closed(run: Run) -> None:
    ended = run("gates", "--no-ask")
    assert ended.code == 0
    assert "live probiotics: closed" in ended.out
    assert "No clinician has reviewed" in ended.out


def test_all_no_opens(run: Run) -> None:
    ended = run("gates", *ALL_NO)
    assert "live probiotics: open" in ended.out
    rows = json.loads(run("gates", "--format", "json").out)
    assert {row["reply"] for row in rows} == {"no"}
    assert {row["answered"] for row in rows} == {dt.datetime.now().astimezone().date().isoformat()}


def test_suicidal_thoughts_show_help_and_nothing_to_buy(run: Run) -> None:
    run("gates", *ALL_NO)
    ended = run("gates", "--answer", "S24=yes")
    assert ended.code == 4
    offered = run("options")
    assert offered.code == 4
    assert "Bifidobacterium" not in offered.out


def test_a_clinician_can_open_what_needs_one(run: Run) -> None:
    run("gates", *ALL_NO)
    assert "needs a clinician's word" in run("gates", "--answer", "S10=yes").out
    assert "needs a clinician's word" not in run("gates", "--answer", "S10=yes,clinician").out


@pytest.mark.parametrize("text", ["S99=no", "S01", "S01=perhaps", "S01=yes,friend"])
def test_an_answer_that_is_none_is_refused(run: Run, text: str) -> None:
    assert run("gates", "--answer", text).code == 3


def test_asking_stops_at_once_where_help_is_needed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    crisis = next(rule.question for rule in load_safety() if rule.gate_id == "S24")

    def answer(question: str, **_: object) -> str:
        asked.append(question)
        return "y" if question == crisis else "n"

    monkeypatch.setattr(_gates.typer, "prompt", answer)
    ended = run("gates", "--ask")
    assert ended.code == 4
    assert asked[-1] == crisis


def test_json_is_a_list_of_gates(run: Run, filled: Path) -> None:
    rows = json.loads(run("gates", "--format", "json", "--db", str(filled)).out)
    assert len(rows) == len(load_safety())


@pytest.mark.parametrize(("phase", "words"), [("before-options", "before options"), ("during", "during a trial")])
def test_one_phase_alone(run: Run, phase: str, words: str) -> None:
    rows = json.loads(run("gates", "--phase", phase, "--format", "json").out)
    assert {row["phase"] for row in rows} == {words}


def test_a_trial_asks_daily_and_says_what_to_do_at_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("gates", *ALL_NO)
    asked: list[str] = []

    def answer(question: str, **_: object) -> str:
        asked.append(question)
        return "y" if "blood" in question else "n"

    monkeypatch.setattr(_gates.typer, "prompt", answer)
    during = [rule.question for rule in load_safety() if rule.phase.value == "during a trial"]
    run("gates", "--ask", "--phase", "during")
    assert asked == [], "answered today already"
    monkeypatch.setattr(_gates, "today", lambda: dt.datetime.now().astimezone().date() + dt.timedelta(days=1))
    ended = run("gates", "--ask", "--phase", "during")
    assert asked == during
    assert ended.out.index("Stop the product and see a doctor") < ended.out.index("No clinician has reviewed")
    assert "live probiotics: closed" in ended.out

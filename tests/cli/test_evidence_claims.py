"""The ledger of claims and the readers' questions at the command line."""

import json

import pytest

from tests.cli.conftest import Run


def test_claims_by_status_and_certainty(run: Run) -> None:
    rows = json.loads(run("evidence", "claims", "--status", "unsupported", "--format", "json").out)
    assert rows
    assert {row["status"] for row in rows} == {"unsupported"}
    fewer = json.loads(
        run("evidence", "claims", "--status", "unsupported", "--certainty", "very low", "--format", "json").out
    )
    assert {row["certainty"] for row in fewer} == {"very low"}
    assert len(fewer) < len(rows)
    assert "corrected_statement" in rows[0]
    assert run("evidence", "claims", "--status", "rubbish").code == 2


@pytest.mark.parametrize(
    ("asked", "claim"),
    [
        ("how long", "C34"),
        ("can they worsen sleep", "C29"),
        ("instead of medicine", "C36"),
        ("do probiotics help sleep", "C32"),
    ],
)
def test_the_questions_of_the_article_are_answered(run: Run, asked: str, claim: str) -> None:
    rows = json.loads(run("evidence", "questions", "--find", asked, "--format", "json").out)
    assert any(claim in row["claim_ids"] for row in rows)
    text = run("evidence", "questions", "--find", asked).out
    assert f"{claim}" in text
    assert "Certainty:" in text


def test_all_questions_and_none(run: Run) -> None:
    assert len(json.loads(run("evidence", "questions", "--format", "json").out)) == 13
    assert run("evidence", "questions", "--find", "zzzz").out.startswith("No row fits")
    assert run("evidence", "questions", "--format", "csv").out.startswith("question_id,")

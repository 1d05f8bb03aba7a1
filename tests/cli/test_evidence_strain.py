"""The command of a strain's page."""

import json

from tests.cli.conftest import Run


def test_the_page_as_text_and_as_json(run: Run) -> None:
    text = run("evidence", "strain", "LcS").out
    assert text.startswith("LACTICASEIBACILLUS PARACASEI SHIROTA")
    found = json.loads(run("evidence", "strain", "LcS", "--format", "json").out)
    assert found["strain"] == "Lacticaseibacillus paracasei Shirota"
    assert {line["tier"] for line in found["forest"]} >= {"significant only", "pooled"}
    assert found["nightly"]["useful"] == 2.0


def test_another_amount_and_outcome(run: Run) -> None:
    asked = ("--outcome", "waso", "--instrument", "wearable", "--useful", "1")
    found = json.loads(run("evidence", "strain", "LcS", *asked, "--format", "json").out)
    assert found["nightly"]["outcome"] == "waso"
    assert found["nightly"]["p_useful"] > 0.4


def test_a_name_that_nobody_knows_and_an_outcome_without_a_spread(run: Run) -> None:
    assert run("evidence", "strain", "zzz").code == 3
    ended = run("evidence", "strain", "LcS", "--outcome", "rating", "--instrument", "wearable")
    assert ended.code == 3
    assert "spread between people" in ended.err

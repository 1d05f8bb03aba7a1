"""Pooling at the command line: choices side by side, the null review as prominent, sub-tables where asked for."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TABLES = Path(__file__).parents[1] / "evidence" / "meta" / "tables"


def test_the_null_review_stands_directly_below_the_number(run: Run) -> None:
    lines = run("evidence", "pool", "--strain", "1714").out.splitlines()
    assert lines[0].startswith("All probiotics together: -0.59 PSQI points")
    assert lines[1].startswith("No effect at all: Gil-Hernandez")
    assert "p = 0.31" in lines[1]
    assert lines[2].startswith("Free fit, no review: -0.92")
    assert lines[3].startswith("A sceptic's number: -0.41")


def test_fits_stand_side_by_side(run: Run) -> None:
    found = json.loads(run("evidence", "pool", "--unit", "SMD", "--strain", "CP2305", "--format", "json").out)
    row = found["strains"][0]
    assert row["mean"] == pytest.approx(-0.222, abs=0.005)
    assert row["free"]["mean"] < row["mean"] < row["sceptical"]["mean"]
    assert found["free"]["mean"] == pytest.approx(-0.306, abs=0.002)
    assert found["sceptical"]["mean"] == pytest.approx(-0.138, abs=0.001)
    assert [r["review"] for r in found["without_size"]] == ["gil_hernandez_2023"]
    assert "sensitivity" not in found


def test_sub_tables_where_asked_for(run: Run) -> None:
    asked = ("evidence", "pool", "--strain", "1714", "--sensitivity", "--leave-one-out")
    found = json.loads(run(*asked, "--format", "json").out)
    assert {r["trial_id"] for r in found["leave_one_out"]} == {"PATTERSON2024_1714", "B1714_LOWMOOD"}
    assert len(found["sensitivity"]) > 15
    text = run(*asked).out
    assert "Without each trial in turn" in text
    assert "people differ much (0.4)" in text


def test_another_review(run: Run) -> None:
    found = json.loads(run("evidence", "pool", "--review", "trials_39", "--format", "json").out)
    assert found["population"]["mean"] == pytest.approx(-0.71)
    assert "front_nutr_2026" in {r["review"] for r in found["other_reviews"]}
    ended = run("evidence", "pool", "--review", "gil_hernandez_2023")
    assert ended.code == 3
    assert "prints no effect" in ended.err


def test_choices_of_a_table_need_one(run: Run) -> None:
    assert run("evidence", "pool", "--measure", "RR").code == 3
    assert run("evidence", "pool", "--check").code == 3


def test_a_table_of_ones_own(run: Run) -> None:
    found = json.loads(
        run("evidence", "pool", "--table", str(TABLES / "bcg.csv"), "--measure", "RR", "--format", "json").out
    )
    reml = next(f for f in found["fits"] if f["method"] == "REML" and not f["knapp_hartung"])
    assert reml["estimate"] == pytest.approx(-0.714532, abs=6e-7)

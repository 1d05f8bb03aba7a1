"""Options in print: readable at 100 columns, every number with its range, nulls said as such."""

import json
import re

import pytest

from noctiflora.evidence import load_options
from tests.cli.conftest import Run
from tests.cli.test_gates import ALL_NO


def test_the_list_is_whole_and_fits_the_page(run: Run) -> None:
    run("gates", *ALL_NO)
    text = run("options").out
    assert all(f"[{entry.key}]" in text for entry in load_options())
    assert max(len(line) for line in text.splitlines()) <= 100
    assert text.index("[cbt-i]") < text.index("[nothing-new]") < text.index("[phgg]")
    flat = " ".join(text.split())
    assert len(re.findall(r"of 100 people like you would (?:be expected to )?gain", flat)) == len(
        re.findall(r"probably between -?[\d.]+ and [\d.]+ \(90 of 100\)", flat)
    )
    assert flat.count("Only trials without a difference.") >= 3
    assert "not a ranking of strains" in flat
    assert flat.count("of 4)") == flat.count("Certainty:") - flat.count("Certainty: not graded")


def test_an_empty_person_sees_why_things_are_closed(run: Run) -> None:
    text = run("options").out
    assert max(len(line) for line in text.splitlines()) <= 100
    assert "safety questions are open" in text
    assert "Why not open: " in text
    assert text.index("[nothing-new]") < text.index("== closed")


def test_one_in_full(run: Run) -> None:
    text = " ".join(run("options", "--key", "lacticaseibacillus-rhamnosus-jb-1").out.split())
    for words in (
        "Only trials without a difference",
        "Not known:",
        "Blinding:",
        "Sources:",
        "10.1016/j.bbi.2016.11.018",
    ):
        assert words in text
    rows = json.loads(run("options", "--key", "phgg", "--format", "json").out)
    assert [row["key"] for row in rows] == ["phgg"]
    assert rows[0]["gain_low"] < rows[0]["mean"] < rows[0]["gain_high"]


def test_a_cost_is_kept_and_shown(run: Run) -> None:
    assert "Costs you 0.3 a day" in run("options", "--cost", "phgg=0.3", "--key", "phgg").out
    assert "Costs you 0.3 a day" in run("options", "--key", "phgg").out
    assert "Costs you" not in run("options", "--cost", "phgg=none", "--key", "phgg").out


@pytest.mark.parametrize(
    "arguments", [("--key", "beer"), ("--cost", "phgg"), ("--cost", "phgg=x"), ("--cost", "phgg=-1"), ("--cost", "x=1")]
)
def test_what_is_none_is_refused(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("options", *arguments).code == 3


def test_sensitive_people_are_warned_above_the_numbers(run: Run) -> None:
    run("gates", *ALL_NO)
    run("gates", "--answer", "S11=yes", "--answer", "S09=yes")
    text = run("options", "--key", "phgg").out
    assert text.index("gas") < text.index("of 100 people")
    assert "histamine" in run("options", "--key", "bifidobacterium-longum-1714").out

"""Every option is whole, sourced, and says what is not known; damaged tables are refused."""

import csv
import json
from importlib.resources import files
from pathlib import Path

import pytest

from noctiflora.core import FormatError
from noctiflora.evidence._options import HomeBlinding, Reported, load_options, option_schemas, parse_options
from noctiflora.evidence._safety_terms import SafetyScope

EXAMPLES = sorted((Path(__file__).parent / "examples" / "options").glob("*.csv"))
DATA = files("noctiflora.evidence").joinpath("data")
ENTRIES = load_options()
TRIALS = {
    row["trial_id"]: row
    for row in csv.DictReader(DATA.joinpath("trials", "trials.csv").read_text(encoding="utf-8").splitlines())
}


@pytest.mark.parametrize("path", [p for p in EXAMPLES if p.name.startswith("pass")], ids=lambda p: p.stem)
def test_good_examples_pass(path: Path) -> None:
    assert parse_options(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [p for p in EXAMPLES if p.name.startswith("fail")], ids=lambda p: p.stem)
def test_bad_examples_fail_with_place_and_remedy(path: Path) -> None:
    with pytest.raises(FormatError) as caught:
        parse_options(path.read_text(encoding="utf-8"), where=path.name)
    assert path.name in str(caught.value)
    assert caught.value.do


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.key)
def test_trials_exist_and_belong_to_the_strain(entry) -> None:
    for trial_id in entry.trial_ids:
        assert trial_id in TRIALS
        named = {part.strip() for part in TRIALS[trial_id]["strains"].split(";")}
        if entry.evidence_key and not any(part.startswith("undisclosed") for part in named):
            assert named == set(entry.evidence_key.split(";"))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.key)
def test_the_text_names_trials_and_people(entry) -> None:
    assert entry.not_known
    assert entry.dose
    for word in ("significant", "proven", "boost", "heal ", "clinically shown"):
        assert word not in f"{entry.known} {entry.not_known}".lower()
    if entry.trial_ids and entry.n_people and entry.kind in (SafetyScope.LIVE, SafetyScope.KILLED):
        assert any(char.isdigit() for char in entry.known)


def test_people_add_up_for_the_strain_with_most_trials() -> None:
    (entry,) = (e for e in ENTRIES if e.key == "bifidobacterium-longum-1714")
    assert entry.n_people == sum(int(TRIALS[t]["n_randomised_total"]) for t in entry.trial_ids)


def test_behaviour_stands_first_and_nothing_new_is_offered() -> None:
    assert ENTRIES[0].key == "cbt-i"
    assert ENTRIES[0].guideline
    assert any(e.key == "nothing-new" for e in ENTRIES)
    assert not any(e.guideline for e in ENTRIES if e.kind in (SafetyScope.LIVE, SafetyScope.KILLED))


def test_live_capsules_are_never_opened_and_much_starch_cannot_hide() -> None:
    by_key = {e.key: e for e in ENTRIES}
    assert "never opened" in by_key["bifidobacterium-longum-1714"].blinding.reason
    assert by_key["resistant-starch"].blinding.blinding is HomeBlinding.NO
    assert all(e.blinding.blinding is not HomeBlinding.YES for e in ENTRIES if e.kind is SafetyScope.LIVE)


@pytest.mark.parametrize("name", ["options", "blinding"])
def test_schema_header_and_readme_agree(name: str) -> None:
    folder = DATA.joinpath(name)
    assert folder.joinpath("schema.json").read_text(encoding="utf-8") == option_schemas()[name]
    header = next(csv.reader(folder.joinpath(f"{name}.csv").read_text(encoding="utf-8").splitlines()))
    assert header == list(json.loads(option_schemas()[name])["properties"])
    readme = folder.joinpath("README.md").read_text(encoding="utf-8")
    for column in header:
        assert f"| `{column}` |" in readme


def test_a_product_without_a_result_on_sleep_is_hardly_graded() -> None:
    products = [e for e in ENTRIES if e.kind not in (SafetyScope.BEHAVIOUR, SafetyScope.SLEEP_RESTRICTION)]
    assert all(e.certainty <= 1 for e in products if e.reported is Reported.NONE)
    assert {e.reported for e in products} == set(Reported)

"""Files of additions: what fits is taken, the rest refused with field and reason, and nothing breaks the reader."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import FormatError
from noctiflora.evidence import load
from noctiflora.evidence._read_additions import VERSION, addition_key, parse_addition, read_additions
from noctiflora.evidence._schema import addition_fields, additions_schema
from noctiflora.evidence.rows import NewPersonal, NewTrial

DATA = Path(__file__).parents[2] / "src" / "noctiflora" / "evidence" / "data" / "additions"
EXAMPLES = Path(__file__).parent / "examples" / "additions"
FIELDS = {
    "doi_missing": "doi",
    "doi_malformed": "doi",
    "packaged_already": "doi",
    "direction_missing": "reported.favours",
    "direction_of_the_scale": "outcome.lower_is_better",
    "unit_unknown": "outcome.unit",
    "unit_of_another_scale": "outcome.unit",
    "beyond_the_scale": "reported.estimate",
    "beyond_smd": "reported.estimate",
    "outside_its_interval": "reported.estimate",
    "no_error": "reported.se",
    "error_twice": "reported.se",
    "too_precise": "reported.se",
    "one_person_an_arm": "n_active",
    "p_underflow": "reported.p",
    "p_of_zero": "reported.p",
    "number_as_text": "n_active",
    "half_a_person": "n_active",
    "not_randomised": "randomised",
    "no_strain": "strains",
    "unknown_field": "colour",
    "dose_without_unit": "dose_unit",
    "changes_for_scores": "reported.active_mean",
    "kind_unknown": "kind",
    "report_unknown": "reported",
    "person_own": "whose",
    "person_unit": "unit",
    "person_direction": "higher_is_better",
    "person_grid_narrow": "theta",
    "person_grid_falls": "theta",
    "person_grid_lengths": "log_likelihood",
    "person_kinetics": "kinetics",
    "person_doi": "doi",
    "person_not_random": "design.randomised",
    "study_own": "whose",
    "study_unit": "unit",
    "study_direction": "higher_is_better",
    "study_too_precise": "sd",
    "study_agreed": "n_agreed_before",
    "study_hash": "data_sha256",
    "study_dose": "dose_unit",
    "study_one_person": "n_people",
}


def entry(name: str = "trial", **changes: object) -> dict[str, object]:
    document = json.loads((DATA / "examples" / f"{name}.json").read_text(encoding="utf-8"))
    return document["entries"][0] | changes


def text(*entries: object) -> str:
    return json.dumps({"schema": VERSION, "entries": list(entries)})


@pytest.mark.parametrize(
    "path", [*EXAMPLES.glob("pass_*.json"), *(DATA / "examples").glob("*.json")], ids=lambda p: p.stem
)
def test_examples_that_must_pass(path: Path) -> None:
    found = read_additions(path.read_text(encoding="utf-8"), load(), where=path.name)
    assert not found.refused
    assert len(found.accepted) == 1


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("fail_*.json")), ids=lambda p: p.stem)
def test_examples_that_must_fail(path: Path) -> None:
    found = read_additions(path.read_text(encoding="utf-8"), load(), where=path.name)
    assert not found.accepted
    refused = found.refused[0]
    assert refused.field == FIELDS[path.stem.removeprefix("fail_")]
    assert refused.reason
    assert refused.where.startswith(f"{path.name}, entry 1")
    assert "\n" not in refused.text


def test_every_refusal_has_its_example() -> None:
    assert {p.stem for p in EXAMPLES.glob("fail_*.json")} == {f"fail_{name}" for name in FIELDS}


def test_one_bad_entry_does_not_take_the_others_along() -> None:
    found = read_additions(
        text(entry(), entry(id="x", doi=""), entry("personal_trial"), "words"), load(), where="f.json"
    )
    assert [type(a) for a in found.accepted] == [NewTrial, NewPersonal]
    assert [r.field for r in found.refused] == ["id", "entry"]  # "x" is too short for an id, which is met first


@pytest.mark.parametrize(
    ("second", "field"),
    [({}, "id"), ({"id": "OTHER"}, "doi"), ({"id": "HO2021_PS128", "doi": "10.0000/new"}, "id")],
)
def test_no_result_counts_twice(second: dict[str, object], field: str) -> None:
    found = read_additions(text(entry(), entry(**second)), load(), where="f")
    assert [r.field for r in found.refused] == [field]
    both = read_additions(text(entry(), entry(id="OTHER", strains="Bifidobacterium breve X1")), load(), where="f")
    assert not both.refused  # two products of one paper


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ("", "no JSON|not a JSON"),
        ("[]", "field schema"),
        ('{"schema": "other", "entries": []}', "found other"),
        (text(), "field entries"),
        (text(*[1] * 501), "field entries"),
        ('{"schema": 1, "schema": 2}', "stands twice"),
        ('{"schema": NaN}', "NaN is no number"),
        ("[" * 100_000, "JSON document"),
    ],
)
def test_what_is_no_such_file(document: str, says: str) -> None:
    with pytest.raises(FormatError, match=says):
        read_additions(document, load(), where="f.json")


def test_a_stored_addition_is_read_back() -> None:
    for name in ("trial", "personal_trial"):
        found = read_additions(text(entry(name)), load(), where="f").accepted[0]
        assert parse_addition(found.model_dump(mode="json"), where="x") == found
    with pytest.raises(FormatError, match="field doi"):
        parse_addition(entry(doi=None), where="x")


def test_the_product_of_an_addition() -> None:
    found = read_additions(text(entry(), entry("personal_trial")), load(), where="f").accepted
    assert [addition_key(a).name for a in found] == [
        "Lactiplantibacillus plantarum PS128",
        "Bifidobacterium longum 1714",
    ]


def test_schema_and_readme_are_current() -> None:
    assert (DATA / "schema.json").read_text(encoding="utf-8") == additions_schema(), (
        "run tests/oracles/evidence_tables.py"
    )
    assert addition_fields() in (DATA / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("number", ["1e999", "-1e999"])
def test_numbers_beyond_every_range(number: str) -> None:
    document = text(entry()).replace('"estimate": 0.1', f'"estimate": {number}')
    assert [r.field for r in read_additions(document, load(), where="f").refused] == ["reported.estimate"]


json_values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(sorted(entry() | entry("personal_trial"))),
    json_values,
    st.sampled_from(["trial", "personal_trial"]),
)
def test_any_value_of_any_field_is_taken_or_refused(field: str, value: object, name: str) -> None:
    found = read_additions(text(entry(name, **{field: value})), load(), where="f")
    assert len(found.accepted) + len(found.refused) == 1


def test_an_old_name_of_a_strain_is_sent_to_its_key() -> None:
    """Two spellings of one strain would otherwise split what is known of it."""
    found = read_additions(text(entry(strains="Lactobacillus plantarum PS128")), load(), where="f")
    assert [r.field for r in found.refused] == ["strains"]
    assert "Lactiplantibacillus plantarum PS128" in found.refused[0].reason
    assert not read_additions(text(entry(strains="Bifidobacterium breve X1")), load(), where="f").refused


def test_a_full_stop_does_not_make_a_paper_new() -> None:
    found = read_additions(text(entry(doi="10.3390/nu13082820.")), load(), where="f")
    assert [r.field for r in found.refused] == ["doi"]

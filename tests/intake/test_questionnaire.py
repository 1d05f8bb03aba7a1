"""Only what may be shipped is shipped, in its published wording and with its owner's words."""

import json
from importlib.resources import files

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.evidence import load
from noctiflora.intake._questionnaire import QUESTIONNAIRES, load_questionnaire, parse_questionnaire

DATA = files("noctiflora.intake").joinpath("data")
MAY_BE_SHIPPED = {"phq9": "Q06", "gad7": "Q07"}


def test_only_instruments_that_the_table_clears_are_shipped() -> None:
    cleared = {row.q_id for row in load().questionnaires if row.free_tool_may_ship_verbatim.value == "yes"}
    shipped = {p.name.removesuffix(".json") for p in DATA.iterdir() if p.name.endswith(".json")}
    assert shipped == set(QUESTIONNAIRES) == set(MAY_BE_SHIPPED)
    assert set(MAY_BE_SHIPPED.values()) <= cleared


@pytest.mark.parametrize(("key", "n"), [("phq9", 9), ("gad7", 7)])
def test_items_choices_and_owner(key: str, n: int) -> None:
    found = load_questionnaire(key)
    assert (len(found.items), len(set(found.items)), len(found.choices)) == (n, n, 4)
    assert found.choices == ("Not at all", "Several days", "More than half the days", "Nearly every day")
    assert "Pfizer" in found.attribution
    assert "No permission required" in found.attribution
    assert found.sources


def test_the_crisis_item_is_the_ninth() -> None:
    phq9 = load_questionnaire("phq9")
    assert phq9.crisis_item == 9
    assert "better off dead" in phq9.items[8]
    assert load_questionnaire("gad7").crisis_item is None


def test_the_readme_names_owner_and_fields() -> None:
    text = DATA.joinpath("README.md").read_text(encoding="utf-8")
    for field in json.loads(DATA.joinpath("phq9.json").read_text(encoding="utf-8")):
        assert f"`{field}`" in text
    assert "not** under this project's licence" in text


def test_no_other_is_known() -> None:
    with pytest.raises(RangeError, match="psqi"):
        load_questionnaire("psqi")


def damaged(**changes: object) -> str:
    body = json.loads(DATA.joinpath("phq9.json").read_text(encoding="utf-8"))
    return json.dumps({**body, **changes})


@pytest.mark.parametrize(
    "text",
    [
        "no json",
        "[]",
        "{}",
        damaged(items=[]),
        damaged(sources=[]),
        damaged(sources=["hearsay"]),
        damaged(crisis_item=10),
        damaged(most_missing=9),
        damaged(most_missing="many"),
    ],
)
def test_a_damaged_file_is_refused(text: str) -> None:
    with pytest.raises(FormatError, match=r"x\.json"):
        parse_questionnaire(text, where="x.json")

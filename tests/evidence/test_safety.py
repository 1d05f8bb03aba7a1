"""Every safety gate is whole, sourced and asked in words; damaged tables are refused."""

import csv
import json
from importlib.resources import files
from pathlib import Path

import pytest

from noctiflora.core import FormatError
from noctiflora.evidence._safety import REVIEWED_BY_CLINICIAN, load_safety, parse_safety, safety_schema
from noctiflora.evidence._safety_terms import OptionTag, QuestionPage, SafetyAction, SafetyPhase, SafetyScope

EXAMPLES = sorted((Path(__file__).parent / "examples" / "safety").glob("*.csv"))
DATA = files("noctiflora.evidence").joinpath("data", "safety")
RULES = load_safety()
DURING = ["S41", "S42", "S49", "S50", "S51", "S52", "S53"]
WEAK = (
    "notion.so",
    "droracle",
    "skills.sh",
    "biologyinsights",
    "ehealth-news",
    "gpnotebook",
    "studylib",
    "ausdoc",
    "aminer",
    "globalauthorid",
    "healtheservice",
    "pssatl",
    "memory",
)


@pytest.mark.parametrize("path", [p for p in EXAMPLES if p.name.startswith("pass")], ids=lambda p: p.stem)
def test_good_examples_pass(path: Path) -> None:
    assert parse_safety(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [p for p in EXAMPLES if p.name.startswith("fail")], ids=lambda p: p.stem)
def test_bad_examples_fail_with_place_and_remedy(path: Path) -> None:
    with pytest.raises(FormatError) as caught:
        parse_safety(path.read_text(encoding="utf-8"), where=path.name)
    assert path.name in str(caught.value)
    assert caught.value.do


def test_there_are_examples_of_both_kinds() -> None:
    assert {p.name.split("_")[0] for p in EXAMPLES} == {"pass", "fail"}


def test_all_gates_are_there_in_order() -> None:
    assert [r.gate_id for r in RULES] == [f"S{i:02d}" for i in range(1, 56)]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.gate_id)
def test_no_gate_rests_on_a_weak_page(rule) -> None:
    assert rule.sources
    for source in rule.sources:
        assert not any(word in source.ref for word in WEAK), source.ref


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.gate_id)
def test_an_assumed_threshold_has_its_range(rule) -> None:
    if "assumed" in rule.threshold:
        assert any(s.is_assumed and "range" in s.note for s in rule.sources)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.gate_id)
def test_words_are_plain(rule) -> None:
    shown = f"{rule.question} {rule.help} {rule.message}"
    for word in ("contraindicat", "DANGER", "significant", "boost", "proven", "STOP-Bang"):
        assert word not in shown
    assert len(rule.message.split(". ")) <= 4
    assert max(len(part.split()) for part in rule.question.split(",")) <= 30


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.gate_id)
def test_behaviour_is_never_named_by_a_gate(rule) -> None:
    """Only a crisis closes light, timing and CBT-I, and it does so as a whole."""
    assert all(SafetyScope.BEHAVIOUR not in effect.scopes for effect in rule.effects)


def test_antibiotics_block_the_start_of_a_trial() -> None:
    for gate_id in ("S17", "S18"):
        (rule,) = (r for r in RULES if r.gate_id == gate_id)
        blocking = [e for e in rule.effects if e.action is SafetyAction.BLOCK]
        assert [e.scopes for e in blocking] == [(SafetyScope.TRIAL_START,)]


def test_added_gates_cover_narrow_bowel_and_allergens() -> None:
    by_id = {r.gate_id: r for r in RULES}
    assert SafetyScope.FIBRE in by_id["S46"].effects[0].scopes
    assert by_id["S47"].effects[0].tags == (OptionTag.MILK,)
    assert by_id["S48"].effects[0].tags == (OptionTag.SOY,)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.gate_id)
def test_message_and_action_agree(rule) -> None:
    """What no word of a clinician opens must not be promised on one."""
    if any(effect.action is SafetyAction.BLOCK for effect in rule.effects):
        assert "unless" not in rule.message
        assert "without your specialist" not in rule.message


def test_the_case_report_stands_only_behind_malformed_vessels_and_mouth_wounds() -> None:
    cited = [r.gate_id for r in RULES if any("s12879-018-2956-5" in s.ref for s in r.sources)]
    assert cited == ["S15", "S16"]


def test_bright_light_is_asked_about_and_never_closed() -> None:
    touching = {r.gate_id: e.action for r in RULES for e in r.effects if OptionTag.BRIGHT_LIGHT in e.tags}
    assert touching == dict.fromkeys(("S31", "S54"), SafetyAction.WARN)


def test_yeast_near_someone_with_a_line_is_warned_of() -> None:
    (rule,) = (r for r in RULES if r.gate_id == "S55")
    assert [(e.action, e.tags) for e in rule.effects] == [(SafetyAction.WARN, (OptionTag.BOULARDII,))]


def test_a_flare_warns_about_fibre() -> None:
    (rule,) = (r for r in RULES if r.gate_id == "S10")
    assert [e.action for e in rule.effects if SafetyScope.FIBRE in e.scopes] == [SafetyAction.WARN]


def test_gates_during_a_trial_are_a_phase_of_their_own() -> None:
    assert [r.gate_id for r in RULES if r.phase is SafetyPhase.DURING] == DURING
    assert all((r.page is QuestionPage.DURING) == (r.phase is SafetyPhase.DURING) for r in RULES)


@pytest.mark.parametrize(
    ("words", "gate_id"),
    [
        ("fever", "S41"),
        ("new symptom", "S50"),
        ("medicine", "S51"),
        ("pregnant", "S52"),
        ("blood", "S53"),
        ("hives", "S49"),
    ],
)
def test_a_trial_asks_for_each_danger(words: str, gate_id: str) -> None:
    (rule,) = (r for r in RULES if r.phase is SafetyPhase.DURING and words in r.question)
    assert rule.gate_id == gate_id
    assert {SafetyScope.LIVE, SafetyScope.TRIAL_START} <= {s for e in rule.effects for s in e.scopes}


def test_every_code_but_none_is_used() -> None:
    assert {e.action for r in RULES for e in r.effects} == set(SafetyAction)


def test_one_score_has_one_range() -> None:
    ranges: dict[str, set[tuple[float, float]]] = {}
    for rule in RULES:
        if rule.score:
            ranges.setdefault(rule.score.name, set()).add((rule.score.low, rule.score.high))
    assert ranges
    assert all(len(found) == 1 for found in ranges.values())


def test_score_fires_within_its_bounds() -> None:
    (score,) = (r.score for r in RULES if r.gate_id == "S28")
    assert score is not None
    assert [score.fires(v) for v in (2, 3, 4, 5)] == [False, True, True, False]


def test_schema_and_header_agree() -> None:
    assert DATA.joinpath("schema.json").read_text(encoding="utf-8") == safety_schema()
    header = next(csv.reader(DATA.joinpath("safety.csv").read_text(encoding="utf-8").splitlines()))
    assert header == list(json.loads(safety_schema())["properties"])


def test_readme_names_every_column_and_the_missing_review() -> None:
    text = DATA.joinpath("README.md").read_text(encoding="utf-8")
    for column in json.loads(safety_schema())["properties"]:
        assert f"| `{column}` |" in text
    assert not REVIEWED_BY_CLINICIAN
    assert "Not yet reviewed by a clinician" in text
    assert f"{len(RULES)} rows" in text

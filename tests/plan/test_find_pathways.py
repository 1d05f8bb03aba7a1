"""Thirteen pathways, always all: signs for and against both shown, the rest named as not measured."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import RangeError, Source
from noctiflora.evidence import load
from noctiflora.plan._find_pathways import find_pathways
from noctiflora.plan._finding import Group
from noctiflora.plan._gate import gate
from noctiflora.plan._gate_record import Reply
from noctiflora.plan._pathway import Direction, Moved, Observed

from ._answers import RULES, TODAY, answer
from ._nights import day, entry, night

EVIDENCE = load()
ROWS = {row.path_id: row for row in EVIDENCE.pathways}
UNCLEAR = [i for i, r in ROWS.items() if "unclear" in r.direction_if_pathway_is_active_against_sleep]


def pathways(**more):
    return {f.pathway: f for f in find_pathways(EVIDENCE, [], today=TODAY, **more)}


def test_nothing_seen_is_nothing_measured() -> None:
    found = pathways()
    assert set(found) == {row.pathway for row in EVIDENCE.pathways}
    assert len(found) == 13
    assert {f.group for f in found.values()} == {Group.NOT_MEASURED}
    assert sum(len(f.not_measured) for f in found.values()) == len(ROWS)


def test_signs_that_disagree_are_both_shown() -> None:
    observed = {
        "HI2": Observed(text="histamine makers above the reference", moved=Moved.HIGHER),
        "HI4": Observed(text="usual diamine oxidase", moved=Moved.USUAL),
    }
    found = pathways(observed=observed)["histamine"]
    assert found.disagree
    assert (found.group, len(found.toward), len(found.away)) == (Group.OPEN, 1, 1)
    assert {u.path_id for u in found.not_measured} == {"HI1", "HI3"}


def test_answers_and_scores_are_heard() -> None:
    report = gate(RULES, [answer("S09", Reply.YES)], today=TODAY)
    found = pathways(gates=report, scores={"gad7": 2})
    assert found["histamine"].group is Group.MAY_BEAR
    assert found["GABA and glutamate"].group is Group.NO_SIGN


@pytest.mark.parametrize(
    ("path_id", "moved", "direction"),
    [
        ("SC1", Moved.LOWER, Direction.TOWARD),
        ("SC1", Moved.HIGHER, Direction.AWAY),
        ("SC1", Moved.USUAL, Direction.AWAY),
        ("SC1", Moved.NOT_KNOWN, Direction.OPEN),
        ("LP1", Moved.HIGHER, Direction.TOWARD),
        ("LP1", Moved.LOWER, Direction.AWAY),
        ("DN1", Moved.LOWER, Direction.TOWARD),
        ("GB1", Moved.HIGHER, Direction.OPEN),
        ("GB2", Moved.HIGHER, Direction.OPEN),
        ("CR3", Moved.HIGHER, Direction.OPEN),
    ],
)
def test_the_table_says_which_way_a_value_points(path_id: str, moved: Moved, direction: Direction) -> None:
    found = pathways(observed={path_id: Observed(text="seen", moved=moved)})[ROWS[path_id].pathway]
    assert [s.direction for s in found.signals] == [direction]


@pytest.mark.parametrize("path_id", UNCLEAR)
@pytest.mark.parametrize("moved", list(Moved))
def test_an_unclear_direction_never_points(path_id: str, moved: Moved) -> None:
    found = pathways(observed={path_id: Observed(text="seen", moved=moved)})[ROWS[path_id].pathway]
    assert [s.direction for s in found.signals] == [Direction.OPEN]
    assert found.group is Group.OPEN


def test_a_row_that_is_none_is_refused() -> None:
    with pytest.raises(RangeError, match="XX1"):
        pathways(observed={"XX1": Observed(text="seen", moved=Moved.USUAL)})


ITEMS = st.sampled_from(["stress", "tension", "flush", "brain_fog", "stools", "fibre_g", "late_meal", "last_meal_h"])


@settings(max_examples=40)
@given(
    st.lists(st.builds(night, st.integers(0, 60), se_pct=st.one_of(st.none(), st.floats(0, 100))), max_size=40),
    st.lists(st.builds(entry, st.integers(0, 60), ITEMS, st.sampled_from([0.0, 1.0, 9.0])), max_size=60),
    st.dictionaries(st.sampled_from(list(ROWS)), st.sampled_from(list(Moved)), max_size=6),
)
def test_any_record_keeps_every_row_and_makes_no_score(made, entries, moved) -> None:
    source = Source(ref="assumed", note="made up, 0 to 1")
    observed = {key: Observed(text="seen", moved=m, sources=(source,)) for key, m in moved.items()}
    found = find_pathways(EVIDENCE, made, entries, today=day(60), observed=observed)
    assert len({f.pathway for f in found}) == 13
    for finding in found:
        rows = {r.path_id for r in EVIDENCE.pathways if r.pathway == finding.pathway}
        seen = {s.path_id for s in finding.signals}
        assert seen | {u.path_id for u in finding.not_measured} == rows
        assert not seen & {u.path_id for u in finding.not_measured}
        assert (finding.group is Group.NOT_MEASURED) == (not finding.signals)
        assert finding.sources
        assert 1 <= finding.certainty <= 4
        assert not re.search(r"\b(causes|proven|significant|boost)\b", finding.known)
        for signal in finding.signals:
            assert signal.sources
            assert "nan" not in signal.seen
        if finding.disagree:
            assert finding.group is Group.OPEN

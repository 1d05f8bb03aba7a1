"""Pathways of a store: all of them, from nights, entries, scores, answers and a stool sample."""

import datetime as dt

from noctiflora.actions import answer_gates, check_in, keep_scores, list_pathways
from noctiflora.plan import Answer, Group, Moved, Observed, Reply
from noctiflora.store import Store

TODAY = dt.date(2025, 5, 1)


def test_an_empty_store_names_all_as_not_measured(store: Store) -> None:
    found = list_pathways(store, today=TODAY)
    assert len(found) == 13
    assert {f.group for f in found} == {Group.NOT_MEASURED}


def test_everything_that_is_known_is_used(store: Store) -> None:
    keep_scores(store, {"gad7": 12}, date=TODAY, today=TODAY)
    answer_gates(store, [Answer(gate_id="S09", reply=Reply.NO, date=TODAY)])
    for back in range(3):
        check_in(store, TODAY - dt.timedelta(days=back), {"flush": 1.0}, today=TODAY)
    stool = {"SC1": Observed(text="butyrate modules below the reference", moved=Moved.LOWER)}
    found = {f.pathway: f for f in list_pathways(store, today=TODAY, observed=stool)}
    assert found["GABA and glutamate"].group is Group.MAY_BEAR
    assert found["histamine"].disagree
    assert found["SCFA and butyrate"].group is Group.MAY_BEAR

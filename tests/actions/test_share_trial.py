"""What is shared: no date, no night, taken by the evidence, and never the person's own prior twice."""

import json
import re

import numpy as np
import pytest

from noctiflora.actions import (
    add_evidence,
    cent_report,
    gather_evidence,
    lock_trial,
    own_share_ids,
    share_trial,
    verdict_of_last,
)
from noctiflora.core import DesignError, RangeError
from noctiflora.evidence import load, read_additions
from noctiflora.store import Store
from tests.actions.seasons import WORDS, at, day, kept, nights, record

END = 84


def shared(store: Store, **more: object) -> dict[str, object]:
    kept(store, record(**more))
    nights(store, 1.5)
    lock_trial(store, WORDS, now=at(END), today=day(END))
    return share_trial(store, doi="10.5281/zenodo.1", agreed_before=True)


def test_nothing_is_shared_before_the_lock(store: Store) -> None:
    kept(store)
    with pytest.raises(DesignError):
        share_trial(store)


def test_the_evidence_takes_it(store: Store) -> None:
    document = shared(store)
    added = read_additions(json.dumps(document), load(), where="share.json")
    assert not added.refused
    assert added.accepted[0].id in own_share_ids(store)


def test_the_helper_knew_so_it_is_single_blind(store: Store) -> None:
    document = shared(store)
    entries = document["entries"]
    assert isinstance(entries, list)
    assert entries[0]["blinding"] == "single-blind"
    locked, found = verdict_of_last(store)
    assert "the helper was not" in cent_report(locked.record, found)


def test_no_dates_and_no_nights_are_in_it(store: Store) -> None:
    text = json.dumps(shared(store))
    assert not re.search(r"20\d\d-\d\d", text)
    entry = json.loads(text)["entries"][0]
    # lists hold the grid alone, which is the same for every person of the same spread, and the curve over it
    assert {key for key, value in entry.items() if isinstance(value, list)} == {"theta", "log_likelihood"}
    assert np.allclose(np.diff(entry["theta"], n=2), 0.0, atol=1e-4)
    assert set(entry) == {
        "kind",
        "id",
        "whose",
        "agreed_before",
        "strain",
        "dose_value",
        "dose_unit",
        "duration_days",
        "design",
        "blinding",
        "outcome",
        "instrument",
        "unit",
        "higher_is_better",
        "kinetics",
        "theta",
        "log_likelihood",
        "doi",
    }


def test_the_prior_of_the_effect_is_divided_out(store: Store) -> None:
    from noctiflora.core import Normal

    one = shared(store)
    store.trials.remove("season-001")
    other = shared(store, expected=(Normal(weight=1.0, mean=-2.0, sd=0.1),))
    first, second = (d["entries"][0]["log_likelihood"] for d in (one, other))  # type: ignore[index]
    assert np.allclose(first, second, atol=1e-5)


def test_ids_tell_nothing_and_differ(store: Store) -> None:
    assert shared(store)["entries"] != []
    ids = own_share_ids(store)
    assert len(ids) == 1
    assert re.fullmatch(r"n1-[0-9a-f]{32}", next(iter(ids)))


def test_own_summaries_never_enter_the_own_next_prior(store: Store) -> None:
    document = shared(store)
    entry = document["entries"][0]  # type: ignore[index]
    store.evidence.save({entry["id"]: entry}, file="share.json", sha256="0" * 64)
    assert gather_evidence(store) is load()
    other = {**entry, "id": "n1-somebody-else"}
    store.evidence.save({other["id"]: other}, file="share.json", sha256="0" * 64)
    both = gather_evidence(store)
    assert both != load()
    assert both.added == {"n1-somebody-else"}


def test_adding_the_own_summary_says_that_it_moves_nothing(store: Store) -> None:
    document = shared(store)
    document["entries"][0]["doi"] = "10.5281/zenodo.1"  # type: ignore[index]
    added = add_evidence(store, json.dumps(document).encode(), file="share.json")
    assert added.kept
    assert all(move.before == move.after for move in added.moves)
    assert gather_evidence(store) is load()


def test_an_option_without_a_strain_asks_for_one(store: Store) -> None:
    kept(store, record(option_key="kefir"))
    nights(store, 1.5)
    lock_trial(store, WORDS, now=at(END), today=day(END))
    with pytest.raises(RangeError, match="names no strain"):
        share_trial(store)
    assert share_trial(store, strain="none (kefir)")["entries"][0]["strain"] == "none (kefir)"  # type: ignore[index]

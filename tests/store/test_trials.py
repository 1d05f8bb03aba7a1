"""Trials as documents with a version."""

from typing import Any

import pytest

from noctiflora.core import NotFound, RangeError
from noctiflora.store import Store, StoreConflict, TrialDocument


def test_a_trial_is_saved_loaded_and_listed(store: Store, clock: Any) -> None:
    body = {"nights": [1, 2.5, None], "name": "Größe \ud800 \x00", "deep": {"a": True}}
    saved = store.trials.save("t2", body, version=0)
    assert saved == TrialDocument(trial_id="t2", version=1, at=clock.at, body=body)
    assert store.trials.load("t2") == saved
    store.trials.save("t1", {}, version=0)
    assert [t.trial_id for t in store.trials.list()] == ["t1", "t2"]
    assert store.trials.remove("t2")
    assert not store.trials.remove("t2")
    with pytest.raises(NotFound, match="t2"):
        store.trials.load("t2")


def test_nobody_overwrites_what_they_have_not_seen(store: Store) -> None:
    store.trials.save("t", {"n": 1}, version=0)
    store.trials.save("t", {"n": 2}, version=1)
    for version in (0, 1, 3):
        with pytest.raises(StoreConflict, match="changed by somebody else"):
            store.trials.save("t", {"n": 9}, version=version)
    assert store.trials.load("t").body == {"n": 2}
    assert store.trials.load("t").version == 2


def test_a_new_trial_has_version_0(store: Store) -> None:
    with pytest.raises(StoreConflict):
        store.trials.save("t", {}, version=1)
    assert store.trials.list() == ()


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, b"x"])
def test_only_json_is_kept(store: Store, value: object) -> None:
    with pytest.raises(RangeError, match="JSON"):
        store.trials.save("t", {"x": value}, version=0)


def test_a_document_without_end_is_refused(store: Store) -> None:
    body: dict[str, object] = {}
    body["x"] = body
    with pytest.raises(RangeError, match="JSON"):
        store.trials.save("t", body, version=0)

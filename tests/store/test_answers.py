"""Answers to safety questions."""

import datetime as dt

import pytest

from noctiflora.core import StoreDamaged
from noctiflora.plan import Answer, Reply
from noctiflora.store import Store
from noctiflora.store._tables import ANSWERS


def answer(gate: str, reply: Reply, day: int, *, agreed: bool = False) -> Answer:
    return Answer(gate_id=gate, reply=reply, date=dt.date(2025, 1, day), clinician_agreed=agreed)


def test_the_latest_answer_counts_and_all_are_kept(store: Store) -> None:
    first = [answer("S02", Reply.YES, 1), answer("S01", Reply.NOT_SURE, 1)]
    assert store.answers.save(first) == 2
    assert store.answers.save([answer("S02", Reply.NO, 3, agreed=True)]) == 1
    assert store.answers.latest() == (answer("S01", Reply.NOT_SURE, 1), answer("S02", Reply.NO, 3, agreed=True))
    assert len(store.answers.history()) == 3


def test_an_older_answer_saved_later_does_not_count(store: Store) -> None:
    store.answers.save([answer("S01", Reply.YES, 5)])
    store.answers.save([answer("S01", Reply.NO, 4)])
    assert store.answers.latest() == (answer("S01", Reply.YES, 5),)


def test_of_two_on_one_day_the_one_saved_last_counts(store: Store) -> None:
    store.answers.save([answer("S01", Reply.YES, 5), answer("S01", Reply.NO, 5)])
    assert store.answers.latest() == (answer("S01", Reply.NO, 5),)


def test_nothing_to_save(store: Store) -> None:
    assert store.answers.save([]) == 0
    assert store.answers.latest() == ()


def test_an_answer_changed_by_hand_is_damage(store: Store) -> None:
    """A gate must never open because its answer cannot be read."""
    store.answers.save([answer("S01", Reply.YES, 5)])
    with store.link.write() as connection:
        connection.execute(ANSWERS.update().values(reply="perhaps"))
    with pytest.raises(StoreDamaged):
        store.answers.latest()

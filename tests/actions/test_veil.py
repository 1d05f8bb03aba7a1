"""The veil: what it hides, what it leaves out, that it knows nothing of the order, and its lifting."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from noctiflora.actions import (
    assess,
    cent_report,
    drawn_nights,
    import_files,
    lift_veil,
    list_findings,
    list_pathways,
    open_trial,
    running_trial,
    veil,
    veil_lifted_on,
    verdict_document,
    verdict_lines,
)
from noctiflora.actions._trial_record import Frozen, TrialRecord
from noctiflora.actions._trial_result import season_result
from noctiflora.core import FormatError, NotFound
from noctiflora.report import render_report, report_dict
from noctiflora.store import Store, open_store
from noctiflora.trial import Entry, EntryKind, read_order
from tests.actions.seasons import FIRST, ORDER, PLAN, WORDS, at, day, kept, nights, record

TODAY = 40
OTHER = "CPPCCP"
HEAD = "date,in_bed,lights_out,sol_min,awakenings,waso_min,final_awakening,out_of_bed,quality,zone\n"


def filled(store: Store, folder: Path, *, order: str = ORDER, known: bool = False) -> Store:
    """Return a store with a diary from 30 nights before a season to its night 40, worse with the product."""
    given = record(known=known, order=order)
    kept(store, given)
    nights(store, 0.0, n=TODAY)
    dose = PLAN.schedule(read_order(ORDER)).dose[PLAN.run_in_nights :]
    rows = []
    for n in range(-30, TODAY + 1):
        date = FIRST + dt.timedelta(days=n - 1)
        awake = 30 + n % 5 + (60 if n > 0 and dose[n - 1] else 0)
        bed, up = f"{date - dt.timedelta(days=1)}T23:00", f"{date}T07:00"
        rows.append(f"{date},{bed},{bed},20,1,{awake},{up},{up},6,Europe/Berlin\n")
    path = folder / "diary.csv"
    path.write_text(HEAD + "".join(rows))
    import_files(store, [path], zone="Europe/Berlin")
    return store


def test_without_a_trial_nothing_is_veiled(store: Store) -> None:
    assert veil(store, today=day(1)) is None
    assert drawn_nights(store, today=day(1)).hidden == 0
    with pytest.raises(NotFound, match="no trial is under way"):
        lift_veil(store, now=at(1))


def test_of_a_blinded_trial_the_last_seven_nights_are_seen(store: Store, tmp_path: Path) -> None:
    filled(store, tmp_path)
    found = drawn_nights(store, today=day(TODAY))
    assert found.veil is not None
    assert found.hidden == TODAY - 7
    during = [n.date for n in found.nights if n.date >= FIRST]
    assert during == [day(n) for n in range(TODAY - 6, TODAY + 1)]
    assert found.veil.hides(FIRST)
    assert not found.veil.hides(FIRST - dt.timedelta(days=1))
    assert not found.veil.counts(day(TODAY))
    # in the first week nothing is hidden, but nothing counts either
    early = veil(store, today=day(7))
    assert early is not None
    assert not any(early.hides(day(n)) for n in range(-5, 8))
    assert early.hides(day(1)) is False
    assert veil(store, today=day(8)).hides(day(1))  # type: ignore[union-attr]


@pytest.mark.parametrize("known", [False, True])
def test_findings_stand_as_before_the_trial(store: Store, tmp_path: Path, known: bool) -> None:
    filled(store, tmp_path, known=known)
    eve = FIRST - dt.timedelta(days=1)
    told = list_findings(store, today=day(TODAY))
    assert told == list_findings(store, today=eve)
    assert list_pathways(store, today=day(TODAY)) == list_pathways(store, today=eve)
    report = report_dict(assess(store, today=day(TODAY)))
    assert report["verdict"] is None
    if not known:
        lift_veil(store, now=at(TODAY))
        assert list_findings(store, today=day(TODAY)) != told


def test_who_knows_the_order_sees_all_nights_but_no_average(store: Store, tmp_path: Path) -> None:
    filled(store, tmp_path, known=True)
    found = drawn_nights(store, today=day(TODAY))
    assert found.hidden == 0
    assert found.veil is not None
    assert not found.veil.counts(day(3))
    with pytest.raises(FormatError, match="its order is known"):
        lift_veil(store, now=at(TODAY))


def test_lifting_is_recorded_once_and_shows_everything(store: Store, tmp_path: Path) -> None:
    filled(store, tmp_path)
    lift_veil(store, now=at(20))
    again = lift_veil(store, now=at(30))
    assert veil_lifted_on(again.record) == day(20)
    assert [e.kind for e in again.record.entries].count(EntryKind.UNVEILED) == 1
    found = drawn_nights(store, today=day(TODAY))
    assert found.hidden == 0
    assert found.veil is not None
    assert found.veil.lifted_on == day(20)
    assert found.veil.counts(day(3))
    assert assess(store, today=day(TODAY)).design.veil_lifted  # type: ignore[union-attr]


def test_an_opened_order_ends_the_veil(store: Store) -> None:
    kept(store)
    open_trial(store, reason="a rash", passphrase=WORDS, envelope=None, now=at(20), today=day(20))
    assert veil(store, today=day(TODAY)) is None
    with pytest.raises(FormatError, match="its order is known"):
        lift_veil(store, now=at(21))


def everything(store: Store) -> tuple[object, ...]:
    """Return all that the person can see of the nights."""
    data = assess(store, today=day(TODAY))
    return (
        drawn_nights(store, today=day(TODAY)),
        list_findings(store, today=day(TODAY)),
        list_pathways(store, today=day(TODAY)),
        render_report(data),
        report_dict(data),
    )


@pytest.fixture
def twins(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two stores alike in all but the order; their nights are alike whatever the bottles held."""
    with (
        open_store(tmp_path / "one.sqlite", now=lambda: at(TODAY)) as one,
        open_store(tmp_path / "two.sqlite", now=lambda: at(TODAY)) as two,
    ):
        for store, order in ((one, ORDER), (two, OTHER)):
            filled(store, tmp_path, order=order)
        yield one, two


def test_twins_that_differ_in_the_order_alone_show_the_same(twins: tuple[Store, Store]) -> None:
    one, two = twins
    assert everything(one) == everything(two)
    for store in (one, two):
        lift_veil(store, now=at(TODAY))
    assert everything(one) == everything(two)
    assert running_trial(one).record.sealed != running_trial(two).record.sealed  # type: ignore[union-attr]


def locked(*, lifted: bool) -> TrialRecord:
    given = record()
    entries = (Entry(at=at(20), kind=EntryKind.UNVEILED, night=0),) if lifted else ()
    rng_nights = tuple(6.0 + 0.1 * (n % 7) for n in range(PLAN.n_nights))
    frozen = Frozen(
        values=(*given.run_in, *rng_nights),
        other_device=(False,) * (PLAN.run_in_nights + PLAN.n_nights),
        last=PLAN.n_nights,
    )
    order = record(known=True).order
    entries = (*entries, Entry(at=at(PLAN.n_nights + 1), kind=EntryKind.LOCKED, night=0))
    return replace(given, entries=entries, frozen=frozen, order=order)


@pytest.mark.parametrize("lifted", [False, True])
def test_the_verdict_says_that_the_veil_was_lifted(lifted: bool) -> None:
    season = locked(lifted=lifted)
    found = season_result(season)
    told = verdict_document(season, found)
    assert told["veil_lifted_on"] == (day(20).isoformat() if lifted else None)
    notes = [line.value for line in verdict_lines(season, found) if "looked at" in line.value]
    assert len(notes) == lifted
    assert ("looked at the nights of the trial" in cent_report(season, found)) is lifted

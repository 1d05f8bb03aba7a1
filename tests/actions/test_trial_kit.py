"""The kit is the same whatever the order; the envelope needs the passphrase and is noted."""

import datetime as dt
from pathlib import Path

import pytest

from noctiflora.actions import kept_trials, write_envelope, write_kit
from noctiflora.actions._trial_kit import kit_of
from noctiflora.core import FormatError, RangeError
from noctiflora.store import Store
from tests.actions.seasons import WORDS, at, kept, record

AT = dt.time(21)


def test_kit_is_the_same_whatever_the_order(store: Store, tmp_path: Path) -> None:
    found = []
    for order in ("PCPCPC", "CPPCCP"):
        kept(store, record(order=order))
        paths = write_kit(store, tmp_path / order, at=AT)
        found.append([path.read_bytes() for path in paths])
        assert [path.name for path in paths] == ["calendar.ics", "labels.pdf", "helper.pdf"]
        store.trials.remove("season-001")
    assert found[0] == found[1]


def test_a_known_order_has_a_calendar_only(store: Store, tmp_path: Path) -> None:
    kept(store, record(known=True))
    assert [path.name for path in write_kit(store, tmp_path, at=AT)] == ["calendar.ics"]


def test_the_envelope_is_for_the_helper(store: Store, tmp_path: Path) -> None:
    kept(store)
    path = tmp_path / "stick" / "envelope.pdf"
    with pytest.raises(RangeError):
        write_envelope(store, path, "not the passphrase", now=at(0))
    assert not path.exists()
    assert write_envelope(store, path, WORDS, now=at(0)).read_bytes().startswith(b"%PDF")
    assert path.stat().st_mode & 0o077 == 0
    entries = kept_trials(store)[0].record.entries
    assert [(e.kind.value, e.value, e.text) for e in entries] == [("packed", "", "")]


def test_a_place_that_cannot_be_written_is_said(store: Store, tmp_path: Path) -> None:
    kept(store)
    (tmp_path / "file").write_text("")
    with pytest.raises(FormatError, match="cannot be written"):
        write_kit(store, tmp_path / "file" / "kit", at=AT)


def test_the_reason_for_blinding_comes_from_the_table() -> None:
    assert "opaque" in kit_of(record()).blinding_reason

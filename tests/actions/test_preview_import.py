"""What exports hold, before anything is kept."""

import datetime as dt
from pathlib import Path

from noctiflora.actions import keep_preview, list_nights, preview_import
from noctiflora.sample import Vendor, export, person
from noctiflora.store import Store


def test_a_preview_keeps_nothing_and_keeping_it_keeps_what_was_shown(store: Store, tmp_path: Path) -> None:
    sample = person(3, start=dt.date(2025, 1, 6), n_nights=10)
    path, bad = tmp_path / "diary.csv", tmp_path / "notes.txt"
    path.write_bytes(export(sample, Vendor.DIARY))
    bad.write_text("nothing of the kind")
    told: list[tuple[str, int, int]] = []
    shown = preview_import([path, bad], zone=sample.home, progress=lambda *step: told.append(step))
    good, refused = shown.files
    assert list_nights(store).nights == ()
    assert refused.refusal
    assert not good.refusal
    assert good.n_nights == shown.n_nights > 5
    assert (good.sample[-1].date, len(good.sample)) == (good.last, 2)
    assert told
    assert told[-1][1] <= told[-1][2]
    kept = keep_preview(store, shown)
    assert kept.n_refused == 1
    found = list_nights(store).nights
    assert (len(found), found[0].date) == (good.n_nights, good.first)

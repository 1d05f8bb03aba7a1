"""Round trips: every format with every trap, read by the sleep room, gives the truth back."""

import datetime as dt
import io
from collections.abc import Sequence

import pytest

from noctiflora.core import Outcome
from noctiflora.sample import AppleOptions, Expected, Person, Vendor, export, person, truth, write_apple
from noctiflora.sleep import Night, Resolution, outcome_values, read_all, resolve

TRAPS: dict[str, AppleOptions] = {
    "ordinary": AppleOptions(),
    "exported in summer": AppleOptions(exported=dt.date(2025, 7, 1)),
    "exported in winter": AppleOptions(exported=dt.date(2025, 12, 1)),
    "true offsets": AppleOptions(true_offsets=True),
    "no zone at home": AppleOptions(zone_share=0.0),
    "malformed DTD": AppleOptions(malformed_dtd=True),
    "control characters": AppleOptions(control_chars=True),
    "decoys": AppleOptions(decoys=True),
    "several lines": AppleOptions(folded=True),
    "spread": AppleOptions(spread=True),
    "without other sources": AppleOptions(overlap=False),
    "zipped on a Mac": AppleOptions(mac_copy=True),
    "all at once": AppleOptions(
        exported=dt.date(2025, 7, 1),
        zone_share=0.3,
        malformed_dtd=True,
        control_chars=True,
        decoys=True,
        folded=True,
        spread=True,
        mac_copy=True,
    ),
}


def _import(content: bytes, name: str) -> Resolution:
    readings = read_all(io.BytesIO(content), name, zone="Europe/Berlin")
    assert not any(r.skipped for r in readings)
    return resolve([e for r in readings for e in r.episodes])


def _apple(someone: Person, options: AppleOptions, *, min_bytes: int | None = None) -> Resolution:
    out = io.BytesIO()
    write_apple(someone, out, options=options, min_bytes=min_bytes)
    return _import(out.getvalue(), "export.zip")


def _tib_abs(kind: Vendor) -> float:
    """Return the tolerance of time in bed: Fitbit prints it cut to whole minutes."""
    return 1.0 if kind in (Vendor.FITBIT_API, Vendor.FITBIT_TAKEOUT) else 1e-6


def _sums_abs(kind: Vendor) -> float:
    """Return the tolerance of sums: WHOOP prints each rounded to a minute."""
    return 0.5 if kind is Vendor.WHOOP else 1e-6


def _order(e: Expected | Night) -> tuple[dt.date, bool, str]:
    return e.date, e.nap, str(e.onset)


def _agree(found: Resolution, expected: Sequence[Expected], *, tib_abs: float = 1e-6, sums_abs: float = 1e-6) -> None:
    told = sorted((*found.nights, *found.naps), key=_order)
    assert [_order(n) for n in told] == [_order(e) for e in sorted(expected, key=_order)]
    for night, true in zip(told, sorted(expected, key=_order), strict=True):
        assert (night.onset, night.offset) == (true.onset, true.offset), true
        assert night.tst_min == pytest.approx(true.tst_min, abs=sums_abs), true
        assert night.waso_min == pytest.approx(true.waso_min), true
        assert night.tib_min == pytest.approx(true.tib_min, abs=tib_abs), true
        for stage, length in true.stages_min.items():
            assert night.stages_min.get(stage, 0.0) == pytest.approx(length, abs=sums_abs), (stage, true)


@pytest.mark.parametrize("trap", sorted(TRAPS))
def test_apple_gives_the_truth_back(someone: Person, trap: str) -> None:
    _agree(_apple(someone, TRAPS[trap]), truth(someone, "apple", with_phone=TRAPS[trap].overlap))


@pytest.mark.parametrize("kind", [k for k in Vendor if k is not Vendor.APPLE])
def test_every_other_format_gives_the_truth_back(someone: Person, kind: Vendor) -> None:
    _agree(
        _import(export(someone, kind), kind.file_name),
        truth(someone, kind),
        tib_abs=_tib_abs(kind),
        sums_abs=_sums_abs(kind),
    )


def test_slices_across_the_borders_of_chunks_lose_nothing() -> None:
    few = person(9, start=dt.date(2024, 10, 7), n_nights=35)
    options = AppleOptions(spread=True, folded=True, decoys=True)
    _agree(_apple(few, options, min_bytes=6_000_000), truth(few, "apple"))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 130))
def test_many_people_in_every_format(seed: int) -> None:
    one = person(seed, start=dt.date(2024, 10, 7))
    _agree(_apple(one, TRAPS["all at once"]), truth(one, "apple"))
    for kind in Vendor:
        _agree(
            _import(export(one, kind), kind.file_name),
            truth(one, kind),
            tib_abs=_tib_abs(kind),
            sums_abs=_sums_abs(kind),
        )


def test_the_imported_diary_gives_the_outcomes_of_the_series(someone: Person) -> None:
    nights = _import(export(someone, "diary"), "diary.csv").nights
    written = {n.date: n.diary for n in someone.nights if n.diary}
    values = dict(outcome_values(nights, Outcome.EFFICIENCY))
    assert values == pytest.approx({d: e.efficiency for d, e in written.items()})
    ratings = dict(outcome_values(nights, Outcome.RATING))
    assert ratings == {d: e.quality for d, e in written.items()}

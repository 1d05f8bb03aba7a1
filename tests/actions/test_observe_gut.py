import datetime as dt
import io

import pytest

from noctiflora.actions import keep_gut, list_pathways, observe_gut
from noctiflora.actions._observe_gut import _moved
from noctiflora.gut import Level, Place, read
from noctiflora.plan import Direction, Moved
from noctiflora.store import Store

TODAY = dt.date(2026, 8, 2)
USUAL = {"Bacteroides": 6000, "Faecalibacterium": 2000, "Blautia": 500, "Roseburia": 600, "Coprococcus": 400}
USUAL |= {"Dorea": 150, "Lachnospira": 300, "Parabacteroides": 700, "Akkermansia": 900}


def kept(store: Store, region: str | None = "V4", **taxa: int) -> None:
    text = "genus,count\n" + "\n".join(f"{k},{v}" for k, v in taxa.items())
    keep_gut(store, read(io.BytesIO(text.encode()), "f", region=region), sha256="0" * 64)


def test_without_a_test_nothing_is_seen(store: Store) -> None:
    assert observe_gut(store, today=TODAY) == {}


def test_signs_carry_the_noise_and_say_that_they_are_no_cause(store: Store) -> None:
    kept(store, **USUAL)
    seen = observe_gut(store, today=TODAY, age_years=40)
    assert set(seen) == {"SC2", "SE2", "GB3"}
    for one in seen.values():
        assert "not a cause" in one.text
        assert "80 % bands" in one.text
        assert one.sources
    assert "Faecalibacterium" in seen["SC2"].text
    assert seen["GB3"].moved is Moved.NOT_KNOWN


def test_what_cannot_be_placed_is_seen_only(store: Store) -> None:
    kept(store, region=None, **USUAL)
    seen = observe_gut(store, today=TODAY)["SC2"]
    assert "not held against a reference" in seen.text
    assert seen.moved is Moved.NOT_KNOWN


def test_of_a_bloomed_sample_nothing_is_said_of_its_families(store: Store) -> None:
    kept(store, **USUAL, Klebsiella=9000)
    seen = observe_gut(store, today=TODAY)
    assert "nothing is said of Enterobacteriaceae" in seen["LP3"].text
    assert seen["LP3"].moved is Moved.NOT_KNOWN


def test_findings_by_pathway_hold_the_stool_part(store: Store) -> None:
    kept(store, **USUAL)
    found = {f.pathway: f for f in list_pathways(store, today=TODAY)}
    signals = [s for s in found["gut barrier"].signals if s.path_id == "GB3"]
    assert [s.direction for s in signals] == [Direction.OPEN]
    assert "Akkermansia" in signals[0].seen


@pytest.mark.parametrize(
    ("levels", "moved"),
    [
        ((Level.LOW, Level.MIDDLE), Moved.LOWER),
        ((Level.HIGH, Level.MIDDLE), Moved.HIGHER),
        ((Level.LOW, Level.HIGH), Moved.NOT_KNOWN),
        ((Level.MIDDLE, Level.MIDDLE), Moved.USUAL),
        ((Level.LOW, Level.NOT_ASSESSABLE, Level.NOT_ASSESSABLE), Moved.NOT_KNOWN),
        ((), Moved.NOT_KNOWN),
    ],
)
def test_genera_that_disagree_tell_nothing(levels: tuple[Level, ...], moved: Moved) -> None:
    places = [Place(taxon="x", reads=1, log_ratio=0, percentile=50, low=1, high=2, level=level) for level in levels]
    assert _moved(places) is moved

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.gut import GutReading, Level, Placement, cohorts, place, read
from noctiflora.gut._place import FEWEST_CORE, TOO_WIDE, match_references
from noctiflora.gut._references import CORE
from tests.gut.shared import needs_samples
from tests.gut.test_appraise import reference

USUAL = {"Bacteroides": 6_000, "Faecalibacterium": 2_000, "Blautia": 500, "Roseburia": 600, "Coprococcus": 400}
USUAL |= {"Dorea": 150, "Lachnospira": 300, "Parabacteroides": 700, "Alistipes": 200, "Bilophila": 40}


def counts(region: str | None = "V4", **taxa: float) -> GutReading:
    text = "genus,count\n" + "\n".join(f"{k},{v}" for k, v in taxa.items())
    return read(io.BytesIO(text.encode()), "f", region=region)


def placed(reading: GutReading, age_years: float | None = 45) -> Placement:
    return place(reading, rng=np.random.default_rng(1), age_years=age_years)


def test_a_usual_sample_is_placed_with_bands_around_its_points() -> None:
    done = placed(counts(**USUAL))
    assert not done.reason
    assert [c.id for c in done.references] == ["agp2013", "twinsuk"]
    assert all(0 <= p.low <= p.high <= 100 for p in done.places)
    assert all(p.low <= p.percentile <= p.high for p in done.places if p.reads)
    assert done.batch_sd > done.day_sd > 0


def test_what_is_far_out_is_called_so() -> None:
    more = {p.taxon: p for p in placed(counts(**USUAL | {"Bilophila": 4_000})).places}
    assert more["Bilophila"].level is Level.HIGH
    less = {p.taxon: p for p in placed(counts(**{k: 20 * v for k, v in USUAL.items()} | {"Alistipes": 1})).places}
    assert less["Alistipes"].level is Level.LOW


def test_levels_follow_from_the_bands() -> None:
    for p in placed(counts(**USUAL)).places:
        wide = p.high - p.low > TOO_WIDE
        assert (p.level is Level.NOT_ASSESSABLE) == (wide and p.low <= 50 <= p.high)
        assert (p.level is Level.HIGH) == (p.low > 50)
        assert (p.level is Level.LOW) == (p.high < 50)


def test_nobody_without_a_read_is_told_from_another() -> None:
    found = {p.taxon: p for p in placed(counts(**USUAL)).places}["Holdemania"]
    assert found.reads == 0
    assert found.low == 0
    assert found.high >= 100 * (1 - min(c.genera["Holdemania"].prevalence for c in cohorts() if c.region == "V4"
                                         and c.is_reference))  # fmt: skip


def test_no_read_of_what_nearly_all_carry_is_another_name_not_absence() -> None:
    found = {p.taxon: p for p in placed(counts(**USUAL | {"Coprococcus": 0})).places}["Coprococcus"]
    assert (found.low, found.high, found.level) == (0, 100, Level.NOT_ASSESSABLE)


def test_one_core_genus_called_otherwise_moves_the_others_little() -> None:
    whole, lacking = (
        {p.taxon: p.log_ratio for p in placed(counts(**c)).places} for c in (USUAL, USUAL | {"Coprococcus": 0})
    )
    assert abs(whole["Akkermansia"] - lacking["Akkermansia"]) < 0.5


def test_names_of_another_database_widen_the_band_and_are_told() -> None:
    plain, strange = (placed(counts(**c)) for c in (USUAL, USUAL | {"Fusicatenibacter": 2_000, "Agathobacter": 900}))
    assert strange.batch_sd == pytest.approx(1.5 * plain.batch_sd)
    assert "database does not know" in strange.notes[-1]
    assert plain.notes == ()


def test_nothing_is_said_of_families_that_grow_in_the_post() -> None:
    done = placed(counts(**USUAL | {"Klebsiella": 9_000, "Escherichia": 900}))
    assert done.places
    assert not {p.taxon for p in done.places} & {"Klebsiella", "Escherichia"}
    usual = {p.taxon: p.log_ratio for p in placed(counts(**USUAL)).places}
    assert {p.taxon: p.log_ratio for p in done.places} == usual


@pytest.mark.parametrize(
    ("reading", "age", "words"),
    [
        (counts(region=None, **USUAL), 45, "--region V4 --keep"),
        (counts(region="shotgun", **USUAL), 45, "shotgun"),
        (counts(**USUAL), 8, "no reference fits an age of 8 years"),
        (counts(Bacteroides=15_000, Blautia=900), 45, "too few of the common genera"),
        (counts(Bacteroides=900, Blautia=900), 45, "below 2,000 nothing"),
        (read(io.BytesIO(b"genus,percent\nBlautia,60\nDorea,40\n"), "f", region="V4"), 45, "tells no reads"),
    ],
)
def test_what_cannot_be_placed_says_why(reading: GutReading, age: float, words: str) -> None:
    done = placed(reading, age)
    assert not done.places
    assert words in done.reason


def test_regions_and_ages_choose_the_reference() -> None:
    found, notes, _ = match_references(counts("V3-V5", **USUAL), cohorts(), age_years=30)
    assert ([c.id for c in found], notes) == (["hmp35"], ())
    found, notes, _ = match_references(counts("V3-V4", **USUAL), cohorts(), age_years=80)
    assert [c.id for c in found] == ["twinsuk"]
    assert "V4 stand in" in notes[0]
    assert "age was not told" in match_references(counts(**USUAL), cohorts(), age_years=None)[1][0]


def test_a_genus_that_the_file_parts_otherwise_is_joined_or_left_out() -> None:
    apart = {k: v for k, v in USUAL.items() if k != "Bacteroides"} | {"Bacteroides": 2_000, "Phocaeicola": 4_000}
    old, new = ({p.taxon: p for p in placed(counts(**c)).places} for c in (USUAL, apart))
    assert old["Bacteroides"].log_ratio == new["Bacteroides"].log_ratio
    assert "Prevotella" not in {p.taxon for p in placed(counts(**USUAL | {"Segatella": 100})).places}


@given(st.lists(st.integers(0, 50_000), min_size=len(CORE), max_size=len(CORE)), st.integers(0, 9))
@settings(max_examples=30, deadline=None)
def test_any_counts_are_placed_or_refused_the_same_way_twice(reads: list[int], seed: int) -> None:
    table = counts(**dict(zip(CORE, [float(r) for r in reads], strict=True)))
    one, other = (place(table, rng=np.random.default_rng(seed), age_years=45, n_draws=128) for _ in range(2))
    assert (one.reason, one.places) == (other.reason, other.places)
    if sum(r > 0 for r in reads) < FEWEST_CORE:
        assert one.reason


@needs_samples
@pytest.mark.parametrize(("name", "left_out"), [("agp2013", ("agp2013", "agp2013b")), ("twinsuk", ("twinsuk",))])
def test_the_band_holds_in_a_cohort_left_out(name: str, left_out: tuple[str, ...]) -> None:
    """The table in the README of the references over 60 people; truth from the cohort's own figures."""
    reading, people = reference(name)
    known = tuple(c for c in cohorts() if c.id not in left_out)
    own = {c.id: c for c in cohorts()}[name]
    alone = (own, *(c for c in known if not c.is_reference))
    here = reading.told_otherwise(region="V4")
    rows = [p["sample"] for p in people if p.get("in_reference", "1") == "1"][:60]
    inside: dict[str, list[bool]] = {}
    for sample in rows:
        truth = {p.taxon: p.percentile for p in place(here, sample, rng=np.random.default_rng(1), known=alone).places}
        for p in place(here, sample, rng=np.random.default_rng(1), known=known).places:
            if p.taxon in truth:
                inside.setdefault(p.taxon, []).append(p.low - 1 <= truth[p.taxon] <= p.high + 1)
    held = [np.mean(v) >= 0.8 for v in inside.values()]
    assert len(held) >= 30
    assert np.mean(held) >= 0.8

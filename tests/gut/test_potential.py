import io

from noctiflora.gut import GutReading, Potential, Rank, potential, read


def counts(heading: str = "genus", **taxa: int) -> GutReading:
    text = f"{heading},count\n" + "\n".join(f"{k.replace('_', ' ')},{v}" for k, v in taxa.items())
    return read(io.BytesIO(text.encode()), "f")


def of(trait: str, reading: GutReading) -> Potential:
    return next(p for p in potential(reading) if p.trait == trait)


def test_genera_present_carry_what_their_members_were_found_to_make() -> None:
    found = of("makes butyrate", counts(Faecalibacterium=9_000, Roseburia=3_000, Blautia=1_000))
    assert [c.taxon for c in found.carriers] == ["Faecalibacterium", "Roseburia"]
    assert "cannot be told" in found.sentence


def test_species_that_were_tested_speak_for_a_genus_only_as_some_species() -> None:
    (carrier,) = of("takes serotonin up", counts(Turicibacter=9_000, Blautia=9_000)).carriers
    assert carrier.by_members_only
    assert "Turicibacter: some species" in of("takes serotonin up", counts(Turicibacter=19_000)).sentence


def test_contradicting_sources_are_shown() -> None:
    found = of("makes histamine", counts(Lactobacillus=9_000, Limosilactobacillus=2_000, Lactococcus=9_000))
    carrier = next(c for c in found.carriers if c.taxon == "Lactobacillus")
    assert carrier.contested
    assert "Lactobacillus: sources disagree" in found.sentence
    assert [c.taxon for c in found.denied] == ["Lactococcus"]


def test_the_old_bag_of_lactobacilli_takes_no_row_of_the_new_genera() -> None:
    found = {p.trait: [c.taxon for c in p.carriers] for p in potential(counts(Lactobacillus=20_000))}
    assert found["makes GABA"] == ["Lactobacillus sensu lato"]
    assert found["makes D-lactate"] == []


def test_species_count_only_where_the_table_is_read_at_that_rank() -> None:
    reading = counts("species", Bacteroides_fragilis=9_000, Bacteroides_ovatus=9_000)
    assert reading.rank is Rank.SPECIES
    assert {c.taxon for c in of("makes GABA", reading).carriers} == {"Bacteroides", "Bacteroides fragilis"}
    assert {c.taxon for c in of("makes GABA", reading.told_otherwise(rank=Rank.GENUS)).carriers} == {"Bacteroides"}


def test_nothing_is_said_of_families_that_grew_in_the_post() -> None:
    found = of("makes GABA", counts(Escherichia=9_000, Bacteroides=11_000))
    assert found.withheld
    assert [c.taxon for c in found.carriers] == ["Bacteroides"]


def test_nothing_is_said_of_too_few_reads() -> None:
    assert potential(counts(Bacteroides=100)) == ()
    assert "no genus known for it" in of("makes butyrate", counts(Bacteroides=20_000)).sentence

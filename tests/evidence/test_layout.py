"""Which products share an effect."""

from noctiflora.evidence import load, select
from noctiflora.evidence._layout import PREBIOTIC_SD, lay_out
from noctiflora.evidence._pool import _keys
from noctiflora.evidence._strain_key import Kind, StrainKey


def test_strains_of_one_species_share_a_group_and_blends_stand_alone() -> None:
    selection = select(load())
    layout = lay_out(_keys(load(), selection), selection.terms)
    places = layout.places
    assert places["Lacticaseibacillus paracasei Shirota"][0] == places["Lacticaseibacillus paracasei PS23"][0]
    blend = places["Bifidobacterium adolescentis NK98;Limosilactobacillus reuteri NK33"]
    assert blend[0] != places["Bifidobacterium adolescentis SBT2786"][0]
    assert len(layout.groups[blend[0]].strains) == 1


def test_an_untried_strain_takes_the_last_place_of_its_species_or_the_empty_group() -> None:
    selection = select(load())
    layout = lay_out(_keys(load(), selection), selection.terms)
    group, place = layout.places["Lacticaseibacillus paracasei 207-27"]
    assert place == len(layout.groups[group].strains)
    assert layout.places["Lacticaseibacillus rhamnosus JB-1"] == layout.untested
    assert layout.groups[layout.untested[0]].strains == ()


def test_prebiotics_share_their_own_spread() -> None:
    selection = select(load())
    layout = lay_out(_keys(load(), selection), selection.terms)
    assert layout.places["none (PHGG)"] == layout.prebiotic
    assert layout.groups[layout.prebiotic[0]].fixed_sd == PREBIOTIC_SD


def test_subspecies_are_kept_apart() -> None:
    keys = (
        StrainKey(name="Bifidobacterium longum A", kind=Kind.STRAIN, species="Bifidobacterium longum"),
        StrainKey(
            name="Bifidobacterium longum subsp. infantis B",
            kind=Kind.STRAIN,
            species="Bifidobacterium longum subsp. infantis",
        ),
    )
    term = next(t for t in select(load()).terms if t.key.name == "Bifidobacterium longum 1714")
    layout = lay_out((*keys, term.key), (term,))
    assert layout.places[keys[0].name][0] == layout.places[term.key.name][0]
    assert layout.places[keys[1].name] == layout.untested

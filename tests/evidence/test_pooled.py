"""The pooled record answers for products that no trial knows."""

from noctiflora.evidence import StrainKey, load, pool
from noctiflora.evidence._strain_key import Kind


def test_who_answers_for_whom() -> None:
    pooled = pool(load())
    new = StrainKey(name="Lacticaseibacillus paracasei X", kind=Kind.STRAIN, species="Lacticaseibacillus paracasei")
    assert pooled.of(new).label == "another strain of Lacticaseibacillus paracasei"
    assert pooled.of(StrainKey(name="A;B", kind=Kind.BLEND)) is pooled.untested
    assert pooled.of(StrainKey(name="none (X)", kind=Kind.PREBIOTIC)) is pooled.prebiotic
    odd = StrainKey(name="Genus species X", kind=Kind.STRAIN, species="Genus species")
    assert pooled.of(odd) is pooled.untested


def test_counts_and_sources_come_from_the_terms() -> None:
    for strain in pool(load()).strains:
        counts = strain.reported
        told = counts.exact + counts.from_p + counts.significant + counts.not_significant
        assert told == len(strain.terms)
        assert counts.unusable == len(strain.silent)
        assert bool(strain.sources) == bool(strain.terms)

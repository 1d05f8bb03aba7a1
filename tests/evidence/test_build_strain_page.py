"""The page of a strain: every trial once, the honest summary, the chain that ends at the predictive."""

import pytest

from noctiflora.core import Instrument, NotPoolable, Outcome, RangeError
from noctiflora.evidence import find_product, grade, load, pool, predictive, strain_page
from noctiflora.evidence._build_strain_page import levels_of
from noctiflora.evidence._strain_page import Level


def test_the_parts_agree_with_the_pooling() -> None:
    page = strain_page(load(), "CP2305", useful=2.0)
    strain = pool(load()).of(find_product(load(), "CP2305"))
    assert page.pooled == strain
    assert page.grade == grade(load(), strain)
    assert page.p_useful == pytest.approx(0.43, abs=0.02)
    expected = predictive(load(), "CP2305", Outcome.EFFICIENCY, Instrument.DIARY)
    assert page.expected.mean == pytest.approx(expected.mean)
    assert page.chain[-1].value.startswith(f"{expected.mean:.2f} points")
    assert page.free.mean < page.pooled.effect.mean < page.sceptical.mean


def test_every_trial_stands_on_its_page_once() -> None:
    for strain in pool(load()).strains:
        page = strain_page(load(), strain.key.name)
        wanted = {t.trial_id for t in strain.terms if not t.pool_of}
        wanted |= {s.trial_id for s in strain.silent} | set(strain.replaced)
        assert sorted(card.trial_id for card in page.trials) == sorted(wanted)


def test_each_step_of_the_chain_has_a_source_or_is_assumed() -> None:
    page = strain_page(load(), "1714")
    assert all(step.sources for step in page.chain[:-1])
    assert any(s.is_assumed for s in page.chain[1].sources)
    assert page.chain[2].value == "11.41 points"
    assert not any(s.is_assumed for s in page.chain[2].sources)


def test_the_summary_needs_no_statistics() -> None:
    told = " ".join(strain_page(load(), "1714").summary)
    assert "2.5 points important" in told
    assert "77 of 100" in told
    assert "Of 3 trials, 2 found no difference" in told
    assert "No trial of this product with a sleep outcome was found." in strain_page(load(), "HN001").summary


def test_mechanisms_carry_their_level() -> None:
    page = strain_page(load(), "SBT2786")
    assert [m.levels for m in page.mechanisms] == [(Level.ANIMAL,)]
    assert page.mechanisms[0].source


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("human RCT", [Level.HUMAN]),
        ("animal (fly)", [Level.ANIMAL]),
        ("human (proposed)", [Level.HUMAN, Level.PROPOSED]),
        ("human/in vitro (review)", [Level.HUMAN, Level.IN_VITRO]),
        ("", []),
    ],
)
def test_levels(text: str, levels: list[Level]) -> None:
    assert list(levels_of(text)) == levels


def test_every_noted_level_is_understood() -> None:
    assert all(levels_of(row.mechanism_level) for row in load().strains if row.mechanism_level)


def test_a_blend_names_its_parts_and_a_part_its_blends() -> None:
    blend = next(s for s in pool(load()).strains if s.key.kind.value == "blend")
    page = strain_page(load(), blend.key.name)
    assert list(page.related) == blend.key.name.split(";")
    part = strain_page(load(), page.related[0])
    assert blend.label in part.related
    assert {c.trial_id for c in part.trials}.isdisjoint({c.trial_id for c in page.trials})


def test_products_are_only_those_named() -> None:
    page = strain_page(load(), "PS128")
    assert page.products == ("PS128 (Bened Biomedical)", "PS128 capsules")


def test_an_unlisted_strain_keeps_its_name() -> None:
    page = strain_page(load(), "Bifidobacterium longum new1")
    assert page.pooled.label == "Bifidobacterium longum new1"
    assert page.trials == ()


def test_what_has_no_page() -> None:
    with pytest.raises(RangeError):
        strain_page(load(), "nonsense")
    with pytest.raises(NotPoolable):
        strain_page(load(), "1714", outcome=Outcome.RATING, instrument=Instrument.WEARABLE)

"""What a study of many personal trials tells its product, and of the spread between people."""

import json

import pytest

from noctiflora.core import Instrument, Outcome
from noctiflora.evidence import NoTerm, Term, find_product, load, pool, predictive, strain_page, with_additions
from noctiflora.evidence._pooled_term import pooled_term, source_of, spread_source, spreads_told
from noctiflora.evidence.rows import NewPooled
from tests.evidence.test_read_additions import entry

STRAIN = "Bifidobacterium longum 1714"


def study(**changes: object) -> NewPooled:
    return NewPooled.model_validate_json(json.dumps(entry("pooled", **changes)), strict=True)


def term(**changes: object) -> Term:
    found = pooled_term(load(), study(**changes))
    assert isinstance(found, Term)
    return found


def test_the_size_is_that_of_the_chain() -> None:
    """1.4 points over 11.41 points between people, of which 0.75 (sd 0.25) shows in a diary."""
    smd = -1.4 / (11.41 * 0.75)
    assert term().low == term().high == pytest.approx(smd)
    assert term().se == pytest.approx(((0.5 / (11.41 * 0.75)) ** 2 + (smd / 3) ** 2) ** 0.5)
    assert term().n_people == 40


def test_the_sign_is_that_of_better_sleep() -> None:
    assert term(outcome="latency", unit="min", higher_is_better=False, mean=-4.0).low < 0
    assert term(mean=-1.4).low > 0


def test_known_treatment_gives_no_term_and_late_agreement_counts_as_selective() -> None:
    assert isinstance(pooled_term(load(), study(blinding="open-label")), NoTerm)
    assert not term().selective
    assert term(n_agreed_before=39).selective
    assert not spreads_told(with_additions(load(), (study(blinding="open-label"),)))


def test_the_spread_between_people_is_told_of_this_product_alone() -> None:
    """A spread of nothing, then one of 4 points, on either side of the assumed 0.2 SMD (1.7 points)."""
    new = {}
    for omega in (0.01, 4.0):
        evidence = with_additions(load(), (study(omega_person=omega, omega_person_sd=0.05, sd=1.0),))
        new[omega] = {s.key.name: s for s in pool(evidence).strains}
        assert next(iter(spreads_told(evidence))) == STRAIN
    narrow, wide = new[0.01][STRAIN], new[4.0][STRAIN]
    assert narrow.effect.mean == pytest.approx(wide.effect.mean)
    omega = 4.0 / (11.41 * 0.75)
    # the prior of 0.2 SMD and what is not known of c pull it down
    assert 0.2**2 < wide.predictive_sd**2 - narrow.predictive_sd**2 < omega**2
    other = "Lactiplantibacillus plantarum PS128"
    assert new[0.01][other].predictive_sd == pytest.approx(new[4.0][other].predictive_sd)


def test_without_the_study_all_is_as_before() -> None:
    assert not spreads_told(with_additions(load(), (study(),)), without="EXAMPLE_STUDY")
    assert spread_source(load(), STRAIN, 0.2).is_assumed


def test_a_study_is_named_as_the_source() -> None:
    evidence = with_additions(load(), (study(),))
    found = predictive(evidence, STRAIN, Outcome.EFFICIENCY, Instrument.DIARY)
    assert source_of(study()) in found.sources
    assert not any("half-normal" in source.note for source in found.sources)
    assert source_of(study(doi=None)).is_assumed


def test_the_page_of_the_strain_shows_the_study() -> None:
    evidence = with_additions(load(), (study(),))
    page = strain_page(evidence, find_product(evidence, "1714").name)
    card = next(c for c in page.trials if c.trial_id == "EXAMPLE_STUDY")
    assert "40 personal trials" in card.title
    assert "people differ from it by 1.6" in card.outcomes[0].told

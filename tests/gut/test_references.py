import numpy as np

from noctiflora.gut import Rank, cohorts, resolve
from noctiflora.gut._references import CORE, LEVELS, names_in_references


def test_figures_are_whole_sorted_and_of_known_names() -> None:
    found = cohorts()
    assert len({c.id for c in found}) == len(found) == 7
    for cohort in found:
        assert set(CORE) <= set(cohort.genera)
        assert cohort.n >= 90
        assert cohort.age_from < cohort.age_to
        assert cohort.sources
        for name, figures in cohort.genera.items():
            assert resolve(name, Rank.GENUS).known or name.endswith("sensu lato")
            assert 0 <= figures.prevalence <= 1
            assert figures.log_ratios.shape == (len(LEVELS),)
            assert (np.diff(figures.log_ratios) >= 0).all()


def test_no_reference_holds_what_grows_in_the_post() -> None:
    grown = {"Escherichia", "Klebsiella", "Enterobacter", "Pseudomonas", "Citrobacter", "Acinetobacter"}
    assert not any(grown & set(c.genera) for c in cohorts())


def test_the_names_of_the_references_hold_every_genus_that_they_place() -> None:
    held = names_in_references()
    assert all(set(c.genera) <= held for c in cohorts())
    assert len(held) > 200
    assert not {"Fusicatenibacter", "Agathobacter", "Phocaeicola"} & held


def test_people_with_bowel_disease_place_nobody() -> None:
    assert {c.id for c in cohorts() if not c.is_reference} == {"agp2013b", "prism", "osccar"}


def test_figures_cannot_be_changed() -> None:
    assert not next(iter(cohorts()[0].genera.values())).log_ratios.flags.writeable

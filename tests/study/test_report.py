"""The reports say the numbers, and no hostile name forms the page."""

from dataclasses import replace
from pathlib import Path

from noctiflora.core import Outcome
from noctiflora.study import Settings, StudyResult, fit_population, likelihood_of, registry_report, stack, study_report
from noctiflora.study._dataset import Refused
from noctiflora.study._registry import pool_registry
from tests.study.people import told
from tests.study.summaries import people, write
from tests.study.test_population import BELIEF


def study() -> StudyResult:
    pile = stack([told(m, 1.0) for m in (0.0, 1.0, 2.0)], [0] * 3)
    return StudyResult(
        settings=Settings(outcome=Outcome.LATENCY, within_sd=30.0, useful=5.0),
        population=fit_population(likelihood_of(pile, BELIEF), BELIEF, n_people=3),
        n_people=3,
        n_nights=252,
        refused=(Refused(where="a|b.csv", reason="<script>\n# x"),),
        failed=(),
        resumed=0,
        out=Path(),
    )


def test_a_study_in_words() -> None:
    text = study_report(study())
    mean = study().population.pooled.mean
    assert f"| mean effect of a | {mean:.3f} |" in text
    assert "3 people, 252 nights" in text
    assert "less is better" in text
    assert r"- a\|b.csv: \<script\>?\# x" in text
    assert "Left out" not in study_report(replace(study(), refused=()))


def test_many_refusals_are_counted() -> None:
    many = tuple(Refused(where=f"row {n}", reason="bad") for n in range(130))
    assert "- and 30 more" in study_report(replace(study(), refused=many))


def test_a_registry_in_words(tmp_path: Path) -> None:
    (tmp_path / "scratch").mkdir()
    found = pool_registry([write(tmp_path / "all", people(8))], tmp_path / "scratch", tell=lambda *_: None)
    text = registry_report(found)
    assert "## Bifidobacterium longum 1714: sleep efficiency, diary" in text
    assert f"| mean effect | {found.groups[0].population.pooled.mean:.3f} |" in text
    assert "Who moves the mean most" in text

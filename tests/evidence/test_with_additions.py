"""Added trials are treated by the rules of packaged ones, whatever form their result takes."""

import math

import pytest

from noctiflora.evidence import Evidence, PoolSettings, find_product, grade, load, pool, select
from noctiflora.evidence._term import NoTerm, Silence, Term, TermKind
from noctiflora.evidence._with_additions import with_additions
from noctiflora.evidence.rows import NewTrial
from tests.evidence.test_read_additions import entry

POINTS = {"scale": "psqi", "unit": "points", "lower_is_better": True}


def trial(**changes: object) -> NewTrial:
    return NewTrial.model_validate(entry(**changes), strict=False)


def added(*trials: NewTrial) -> Evidence:
    return with_additions(load(), trials)


def term(evidence: Evidence, name: str = "EXAMPLE_TRIAL") -> Term | NoTerm:
    chosen = select(evidence)
    return next(t for t in (*chosen.terms, *chosen.silent) if t.trial_id == name)


def test_nothing_added_changes_nothing() -> None:
    assert with_additions(load(), ()) is load()


@pytest.mark.parametrize(
    ("reported", "outcome", "kind", "y", "se"),
    [
        ({"kind": "difference", "estimate": -0.6, "se": 0.3}, POINTS, TermKind.EXACT, -0.2, 0.1),
        ({"kind": "difference", "estimate": -0.6, "ci_low": -1.2, "ci_high": 0.0}, POINTS, TermKind.EXACT, -0.2, None),
        (
            {"kind": "difference", "estimate": 0.2, "se": 0.1},
            {"scale": "other", "name": "SCI", "unit": "SMD", "lower_is_better": False},
            *(TermKind.EXACT, -0.2, 0.1),
        ),
        (
            {"kind": "means", "active_mean": 7.0, "active_sd": 3.0, "placebo_mean": 7.6, "placebo_sd": 4.0},
            POINTS,
            *(TermKind.EXACT, -0.2, math.sqrt(9 / 100 + 16 / 100) / 3),
        ),
        (
            {"kind": "means", "active_mean": 7.6, "active_sd": 3.0, "placebo_mean": 7.0, "placebo_sd": 3.0},
            {"scale": "other", "name": "SCI", "unit": "points", "lower_is_better": False},
            *(TermKind.EXACT, -0.2 * (1 - 3 / (4 * 198 - 1)), None),
        ),
        (
            {"kind": "p", "p": 0.05, "favours": "product"},
            POINTS,
            *(TermKind.FROM_P, -1.959964 * math.sqrt(0.02), math.sqrt(0.02)),
        ),
        (
            {"kind": "p", "p": 0.3, "favours": "placebo"},
            POINTS,
            *(TermKind.FROM_P, 1.036433 * math.sqrt(0.02), math.sqrt(0.02)),
        ),
    ],
)
def test_a_number_becomes_a_term(
    reported: dict[str, object], outcome: dict[str, object], kind: TermKind, y: float, se: float | None
) -> None:
    found = term(added(trial(reported=reported, outcome=outcome)))
    assert isinstance(found, Term)
    assert found.kind is kind
    assert found.low == found.high == pytest.approx(y, abs=1e-4)
    assert se is None or found.se == pytest.approx(se, rel=1e-6)
    assert found.n_people == 200


@pytest.mark.parametrize(
    ("reported", "low", "high"),
    [
        ({"kind": "significant", "favours": "product"}, -math.inf, -1.96 * math.sqrt(0.02)),
        ({"kind": "significant", "favours": "placebo"}, 1.96 * math.sqrt(0.02), math.inf),
        ({"kind": "not significant"}, -1.96 * math.sqrt(0.02), 1.96 * math.sqrt(0.02)),
    ],
)
@pytest.mark.parametrize("lower", [True, False])
def test_a_word_becomes_a_term(reported: dict[str, object], low: float, high: float, lower: bool) -> None:
    outcome = {"scale": "other", "name": "X", "unit": "SMD", "lower_is_better": lower}
    found = term(added(trial(reported=reported, outcome=outcome)))
    assert isinstance(found, Term)
    assert (found.low, found.high) == pytest.approx((low, high))


def test_a_word_without_weight_is_counted() -> None:
    found = term(added(trial(reported={"kind": "nothing usable"})))
    assert isinstance(found, NoTerm)
    assert found.why is Silence.NOTHING_BETWEEN


def test_an_open_trial_gives_no_term_and_an_abstract_counts_as_one() -> None:
    assert isinstance(term(added(trial(blinding="open-label"))), NoTerm)
    full, abstract = term(added(trial())), term(added(trial(read_in="abstract")))
    assert isinstance(full, Term)
    assert isinstance(abstract, Term)
    assert (full.selective, abstract.selective) == (False, True)


def test_the_same_id_again_takes_the_place_of_the_earlier() -> None:
    once = added(trial())
    twice = with_additions(once, (trial(reported={"kind": "not significant"}),))
    found = [t for t in select(twice).terms if t.trial_id == "EXAMPLE_TRIAL"]
    assert [t.kind for t in found] == [TermKind.NOT_SIGNIFICANT]
    assert twice.added == {"EXAMPLE_TRIAL"}


def test_the_result_and_its_certainty_move() -> None:
    evidence = added(trial(), trial(id="SECOND", strains="Bifidobacterium breve X9", doi="10.0000/b"))
    before, after = pool(load()), pool(evidence)
    key = find_product(evidence, "PS128")
    one, two = before.of(key), after.of(key)
    assert two.effect.mean > one.effect.mean + 0.02  # a precise null pulls towards nothing
    assert two.effect.sd < one.effect.sd
    assert two.n_trials == one.n_trials + 1
    assert {r.condition for r in grade(load(), one).rules} != {r.condition for r in grade(evidence, two).rules}
    assert after.of(find_product(evidence, "Bifidobacterium breve X9")).n_trials == 1
    assert before.population.mean == after.population.mean
    assert pool(load(), PoolSettings()).of(key) == one  # the packaged evidence is as it was


def test_a_trial_of_a_pooled_strain_is_listed_as_replaced() -> None:
    evidence = added(trial(strains="Lactobacillus gasseri CP2305"))
    assert "EXAMPLE_TRIAL" in pool(evidence).of(find_product(evidence, "CP2305")).replaced

"""Certainty is high lowered by rules, each with its reason."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.evidence import find_product, grade, load, pool
from noctiflora.evidence._vocabulary import Certainty, Condition

CONDITIONS = [c for c in Condition if c is not Condition.NO_TERM]


def test_every_condition_has_one_rule_and_every_rule_its_condition() -> None:
    assert sorted(r.condition for r in load().grade_rules) == sorted(Condition)


@pytest.mark.parametrize(
    ("name", "certainty"),
    [
        (None, Certainty.VERY_LOW),
        ("JB-1", Certainty.VERY_LOW),
        ("PS128", Certainty.LOW),
        ("CP2305", Certainty.VERY_LOW),
        ("1714", Certainty.VERY_LOW),
    ],
)
def test_known_products(name: str | None, certainty: Certainty) -> None:
    pooled = pool(load())
    found = grade(load(), pooled.untested if name is None else pooled.of(find_product(load(), name)))
    assert found.certainty is certainty
    assert found.level == {Certainty.VERY_LOW: 1, Certainty.LOW: 2}[certainty]
    assert found.reasons


def test_without_rules_it_is_high_and_each_domain_costs_two_at_most() -> None:
    evidence, strain = load(), pool(load()).of(find_product(load(), "Bifizen"))
    assert grade(replace(evidence, grade_rules=()), strain).certainty is Certainty.HIGH
    found = grade(evidence, strain)
    per_domain: dict[str, int] = {}
    for rule in found.rules:
        per_domain[rule.domain] = per_domain.get(rule.domain, 0) + rule.steps
    assert found.steps == sum(min(v, 2) for v in per_domain.values())


@given(st.sets(st.sampled_from(CONDITIONS)), st.sets(st.sampled_from(CONDITIONS)))
def test_more_rules_never_raise_it(some: set[Condition], more: set[Condition]) -> None:
    evidence, strain = load(), pool(load()).of(find_product(load(), "Bifizen"))

    def level(conditions: set[Condition]) -> int:
        rules = tuple(r for r in evidence.grade_rules if r.condition in conditions)
        return grade(replace(evidence, grade_rules=rules), strain).level

    assert level(some | more) <= level(some)

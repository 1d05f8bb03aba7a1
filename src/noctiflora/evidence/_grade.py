"""Certainty of a pooled result: high, lowered by every rule that holds."""

from dataclasses import dataclass

from noctiflora.evidence._conditions import conditions
from noctiflora.evidence._evidence import Evidence
from noctiflora.evidence._pooled import PooledStrain
from noctiflora.evidence._vocabulary import Certainty, GradeDomain
from noctiflora.evidence.rows import GradeRuleRow

MOST_PER_DOMAIN = 2  # GRADE lowers by one or two levels for each domain
_LEVELS = (Certainty.VERY_LOW, Certainty.LOW, Certainty.MODERATE, Certainty.HIGH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """How far a pooled result can be trusted, with every reason.

    Parameters
    ----------
    certainty : Certainty
        High, moderate, low or very low.
    rules : tuple of GradeRuleRow
        The rules that hold, those without a step included.
    """

    certainty: Certainty
    rules: tuple[GradeRuleRow, ...]

    @property
    def level(self) -> int:
        """1 (very low) to 4 (high)."""
        return _LEVELS.index(self.certainty) + 1

    @property
    def steps(self) -> int:
        """Steps down from high, at most two for each domain, before the floor; three where no trial is usable."""
        return _steps(self.rules)

    @property
    def reasons(self) -> tuple[str, ...]:
        """One sentence for each rule that holds."""
        return tuple(rule.reason for rule in self.rules)


def grade(evidence: Evidence, strain: PooledStrain) -> Grade:
    """Return the certainty of a product's pooled effect on subjective sleep.

    Parameters
    ----------
    evidence : Evidence
        Holds the rules and the trials.
    strain : PooledStrain
        From `pool`.

    References
    ----------
    .. [1] GRADE guidance 34, doi:10.1016/j.jclinepi.2022.07.014

    Examples
    --------
    >>> from noctiflora.evidence import load, pool
    >>> grade(load(), pool(load()).untested).certainty.value
    'very low'
    """
    held = conditions(evidence, strain)
    rules = tuple(rule for rule in evidence.grade_rules if rule.condition in held)
    return Grade(certainty=_LEVELS[max(len(_LEVELS) - 1 - _steps(rules), 0)], rules=rules)


def _steps(rules: tuple[GradeRuleRow, ...]) -> int:
    by_domain: dict[GradeDomain, list[int]] = {}
    for rule in rules:
        by_domain.setdefault(rule.domain, []).append(rule.steps)
    return sum(max(max(steps), min(sum(steps), MOST_PER_DOMAIN)) for steps in by_domain.values())

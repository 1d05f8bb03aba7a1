"""What holds of the trials of a product, by which its certainty is lowered."""

import re

from noctiflora.evidence._evidence import Evidence
from noctiflora.evidence._pooled import PooledStrain
from noctiflora.evidence._population import PSQI_SD
from noctiflora.evidence._term import TermKind
from noctiflora.evidence._vocabulary import Blinding, Condition, Scale
from noctiflora.evidence.rows import TrialRow

# People needed in one trial of two arms to see SMD 0.2 (the population mean) at 5 % two-sided and 80 % power.
PEOPLE_NEEDED = 784
# PSQI 2.5 points between groups (doi:10.1186/s12874-024-02297-0), in reference SDs.
IMPORTANT_SMD = 2.5 / PSQI_SD
_SLEEP = re.compile(r"insomnia|sleep|PSQI|ISI\b|AIS\b")
_INDUSTRY = re.compile(r"industry|commercial|consumer product|holdings", re.IGNORECASE)


def conditions(evidence: Evidence, strain: PooledStrain) -> frozenset[Condition]:
    """Return every condition that holds of a product's trials.

    Parameters
    ----------
    evidence : Evidence
        The tables that the result was pooled from.
    strain : PooledStrain
        Its pooled result.
    """
    if not strain.terms:
        return frozenset({Condition.NO_TERM})
    wanted = {t.trial_id for t in strain.terms} | set(strain.replaced)
    rows = [r for r in evidence.trials if r.trial_id in wanted]
    unblinded = {r.trial_id for r in rows if r.blinding not in (Blinding.DOUBLE, Blinding.TRIPLE)}
    crosses = strain.effect.ci95[0] <= 0 <= strain.effect.ci95[1]
    checks = {
        Condition.ABSTRACTS_ONLY: all(t.selective for t in strain.terms),
        Condition.BLINDING_NOT_STATED: 2 * len(unblinded) >= len({r.trial_id for r in rows}),
        Condition.INDUSTRY_OR_UNKNOWN: all(_by_maker_or_unknown(r) for r in rows),
        Condition.DIRECTIONS_DIFFER: _directions_differ(strain),
        Condition.SINGLE_TRIAL: sum(t.pool_of or 1 for t in strain.terms) == 1,
        Condition.NOT_POOR_SLEEPERS: not any(_poor_sleepers(r) for r in rows),
        Condition.OTHER_SCALE_ONLY: all(_scale(t.outcome) is Scale.OTHER for t in strain.terms),
        Condition.ID_UNKNOWN: not strain.key.has_known_id,
        Condition.CROSSES_ZERO: crosses,
        # The number of people decides only where the interval itself does not (GRADE guidance 34).
        Condition.FEW_PEOPLE: not crosses and (strain.n_people is None or strain.n_people < PEOPLE_NEEDED),
        Condition.MOSTLY_UNUSABLE: 2 * len(strain.silent) >= strain.n_trials,
        Condition.BELOW_IMPORTANT: abs(strain.effect.mean) < IMPORTANT_SMD,
    }
    return frozenset(name for name, holds in checks.items() if holds)


def _by_maker_or_unknown(row: TrialRow) -> bool:
    return row.funding is None or bool(_INDUSTRY.search(row.funding))


def _poor_sleepers(row: TrialRow) -> bool:
    return bool(_SLEEP.search(row.population) or _SLEEP.search(row.baseline_severity or ""))


def _scale(outcome: str) -> Scale:
    if "PSQI" in outcome and "not named" not in outcome:
        return Scale.PSQI
    return Scale.ISI if outcome.startswith("ISI") else Scale.OTHER


def _directions_differ(strain: PooledStrain) -> bool:
    """Return whether one trial says it helps and another that it does not, or that it harms."""
    helps = [t for t in strain.terms if t.kind is TermKind.SIGNIFICANT or (t.is_exact and t.low < 0)]
    against = [t for t in strain.terms if t.kind is TermKind.NOT_SIGNIFICANT or (t.is_exact and t.low >= 0)]
    return bool(helps and against)

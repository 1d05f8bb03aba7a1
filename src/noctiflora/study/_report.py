"""The report of a study or a registry, as plain Markdown text."""

from collections.abc import Sequence

from noctiflora.study._dataset import Refused
from noctiflora.study._population import Summary
from noctiflora.study._registry import PooledGroup, RegistryResult
from noctiflora.study._run import StudyResult

MOST_SHOWN = 100
_HEAD = "| | mean | sd | 90 of 100 between |\n|---|---|---|---|\n"
_EDUCATION = "Means over people, for research and learning: no advice to anyone.\n"


def study_report(result: StudyResult) -> str:
    """Return the report of a study."""
    outcome, population = result.settings.outcome, result.population
    better = "more is better" if outcome.higher_is_better else "less is better"
    rows = [
        *(_row(f"mean effect of {_cell(name)}", s) for name, s in population.strains.items()),
        *(_row(f"per unit of {_cell(name)}", s) for name, s in population.covariates.items()),
        _row("spread between people", population.omega_person),
        _row("log onset, nights", population.onset),
        _row("log wash-out, nights", population.washout),
    ]
    new = "\n".join(
        f"- {_cell(name)}: a new person may expect {population.strains[name].mean:.2f} {outcome.unit}, "
        f"give or take {sd:.2f} (one SD)."
        for name, sd in population.predictive_sd.items()
    )
    return (
        "# A study of many personal trials\n\n"
        f"{result.n_people} people, {result.n_nights} nights with an outcome. {outcome.label}, {outcome.unit}; "
        f"{better}. {_EDUCATION}\n"
        f"{_HEAD}{''.join(rows)}\n{new}\n\n"
        f"{result.caution + chr(10) * 2 if result.caution else ''}"
        f"{_left_out((*result.failed, *result.refused), len(result.failed) + len(result.refused))}"
        "Each person by themselves first, every other number from all together; a person's own effect in the light\n"
        "of all others stands in `people.parquet`.\n"
    )


def registry_report(result: RegistryResult) -> str:
    """Return the report of a registry."""
    parts = [
        f"# A registry of shared summaries\n\n{result.n_people} summaries count, {result.n_refused} do not. "
        f"{_EDUCATION}\n"
    ]
    parts += [_group(group) for group in result.groups]
    return "".join(parts) + "\n" + _left_out(result.refused, result.n_refused)


def _group(group: PooledGroup) -> str:
    outcome = group.key.outcome
    known = "; the people knew what they took" if group.key.known else ""
    lines = "".join(
        f"| {_cell(one.id)} | {one.moves:+.2f} | {one.mean_without:.2f} | {one.omega_without:.2f} |\n"
        for one in group.influence
    )
    head = "| summary | by, in its SDs | mean without | spread without |\n|---|---|---|---|\n"
    moved = f"\nWho moves the mean most:\n\n{head}{lines}"
    return (
        f"\n## {_cell(group.label)}: {outcome.label}, {group.key.instrument.value}{known}\n\n"
        f"{group.n_people} people, {group.n_agreed} of them agreed to share before they knew their result. "
        f"In {outcome.unit}:\n\n{_HEAD}"
        f"{_row('mean effect', group.population.pooled)}"
        f"{_row('spread between people', group.population.omega_person)}"
        f"{moved if lines else ''}"
    )


def _row(name: str, s: Summary) -> str:
    return f"| {name} | {s.mean:.3f} | {s.sd:.3f} | {s.q[0.05]:.3f} to {s.q[0.95]:.3f} |\n"


def _left_out(some: Sequence[Refused], count: int) -> str:
    if not count:
        return ""
    lines = "\n".join(f"- {_cell(one.where)}: {_cell(one.reason)}" for one in some[:MOST_SHOWN])
    more = f"\n- and {count - MOST_SHOWN} more" if count > MOST_SHOWN else ""
    return f"## Left out\n\n{lines}{more}\n\n"


def _cell(text: str) -> str:
    """Return hostile text as plain text of one line: no mark of it forms the page."""
    line = "".join(c if c.isprintable() else "?" for c in text)
    return "".join(f"\\{c}" if c in "\\`*_[]<>|#&!" else c for c in line)

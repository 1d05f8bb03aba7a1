"""Scores against small hand cases, a slow loop over all paths, and the published tables of omixer-rpm 1.1."""

import csv
import itertools
import os
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import RangeError
from noctiflora.gut import (
    Content,
    Estimator,
    Feature,
    GutReading,
    Module,
    Rank,
    Status,
    Unit,
    read_gene_table,
    read_modules,
    score,
)
from tests.gut.shared import ROOT, needs_samples

MEDIAN, AVERAGE, SUM = Estimator.MEDIAN, Estimator.AVERAGE, Estimator.SUM
ORACLE = ROOT / "oracle"
OWN_COPY = os.environ.get("NOCTIFLORA_GBM", "")
needs_modules = pytest.mark.skipif(not OWN_COPY, reason="NOCTIFLORA_GBM names no copy of GBMs.v1.0.txt (GPL-3)")


def table(values: dict[str, list[float]], *, unassigned: float = 0.0) -> GutReading:
    amounts = np.array(list(values.values()), dtype=float)
    n = amounts.shape[1]
    unnamed = np.full(n, unassigned)
    return GutReading(
        name="f",
        format="x",
        content=Content.GENES,
        unit=Unit.UNKNOWN,
        rank=Rank.OTHER,
        features=tuple(Feature(name=k, rank=Rank.OTHER, key=k) for k in values),
        sample_ids=tuple(f"S{j}" for j in range(n)),
        values=amounts,
        unassigned=unnamed,
        totals=amounts.sum(axis=0) + unnamed,
        depths=(None,) * n,
    )


def module(*steps: str) -> Module:
    return read_modules("M\tname\n" + "\n".join(steps), where="f")[0]


def test_two_of_three_steps_make_a_median() -> None:
    found = score(table({"K4": [2.0], "K5": [6.0], "K1": [2.0]}), [module("K4", "K5", "K9")])
    assert found.coverage[0, 0] == pytest.approx(2 / 3)
    assert found.scores[0, 0] == 4.0
    assert found.status(0, 0) is Status.SCORED


def test_a_complex_counts_at_the_share_of_its_members() -> None:
    found = score(table({"K1": [8.0], "K5": [3.0]}), [module("K1,K2,K3,K4\tK6", "K5")], estimator=SUM)
    assert found.scores[0, 0] == 2.0 + 3.0


def test_absent_not_measurable_and_empty_are_three_things() -> None:
    data = table({"K1": [1.0, 1.0, 0.0], "K7": [0.0, 5.0, 0.0]})
    found = score(data, [module("K7"), module("COG1"), module("K1", "COG1")])
    kinds = [[found.status(i, j) for j in range(3)] for i in range(3)]
    no = Status.NOT_MEASURABLE
    assert kinds == [[Status.ABSENT, Status.SCORED, no], [no, no, no], [no, no, no]]
    assert found.scores[0, 0] == 0.0
    assert np.isnan(found.scores[1, 0])
    assert found.measurable.tolist() == [True, False, False]


def test_alternatives_in_another_catalogue_may_hide_some() -> None:
    found = score(table({"K1": [1.0]}), [module("K1\tCOG1"), module("K1")])
    assert found.complete.tolist() == [False, True]
    assert found.status(0, 0) is Status.SCORED


def test_where_almost_nothing_is_mapped_absence_says_nothing() -> None:
    found = score(table({"K1": [1.0]}, unassigned=999.0), [module("K7"), module("K1")])
    assert found.status(0, 0) is Status.NOT_MEASURABLE
    assert found.mapped[0] == pytest.approx(0.001)


def test_taxa_and_bad_cutoffs_are_refused() -> None:
    with pytest.raises(RangeError, match="between 0 and 1"):
        score(table({"K1": [1.0]}), [module("K1")], cutoff=1.5)
    with pytest.raises(RangeError, match="table of genes"):
        score(table({"K1": [1.0]}).told_otherwise(content=Content.TAXA), [module("K1")])


def slow(steps: list[list[list[str]]], values: dict[str, float], estimator: Estimator, *, normalise: bool) -> float:
    """Return the best score over every path, as the description has it."""
    best = (-1.0, -1.0)
    for path in itertools.product(*steps):
        found = [sum(values.get(m, 0.0) for m in members) / len(members) for members in path]
        present = [x for x in found if x > 0]
        of = found if normalise else present
        if not present:
            continue
        if estimator is SUM:
            number = sum(present) / (len(found) if normalise else 1)
        elif estimator is AVERAGE:
            number = sum(of) / len(of)
        else:
            number = float(np.median(of)) or min(present)
        best = max(best, (len(present) / len(found), number))
    return best[1]


IDS = st.sampled_from(["K1", "K2", "K3", "K4"])
STEPS = st.lists(st.lists(st.lists(IDS, min_size=1, max_size=3), min_size=1, max_size=3), min_size=1, max_size=4)
AMOUNTS = st.fixed_dictionaries({k: st.sampled_from([0.0, 0.5, 1.0, 3.0, 10.0]) for k in ("K1", "K2", "K3", "K4")})


@given(STEPS, AMOUNTS, st.sampled_from(list(Estimator)), st.booleans())
@settings(max_examples=200, deadline=None)
def test_the_best_step_each_time_is_the_best_path(
    steps: list[list[list[str]]], amounts: dict[str, float], estimator: Estimator, normalise: bool
) -> None:
    one = Module(id="M", name="", steps=tuple(tuple(tuple(a) for a in s) for s in steps))
    if not any(amounts.values()):
        return
    data = table({k: [v] for k, v in amounts.items()})
    found = score(data, [one], cutoff=0.0, estimator=estimator, normalise=normalise).scores[0, 0]
    expected = max(0.0, slow(steps, amounts, estimator, normalise=normalise))
    if estimator is MEDIAN and normalise:  # the smallest step above 0 is not monotone; both agree where it is not used
        assert found >= expected - 1e-12
        return
    assert found == pytest.approx(expected, rel=1e-12)


@needs_samples
@needs_modules
@pytest.mark.parametrize("path", sorted(ORACLE.glob("gbm_*")), ids=lambda p: p.stem)
def test_published_tables(path: Path) -> None:
    """All tables but ``min``, which is a quirk of the original; blanks are samples in which no step is there."""
    named = re.match(r"gbm_(\w+?)(?:_norm(\d))?_c(.*)$", path.stem)
    assert named
    if named[1] == "min":
        return
    cutoff = 0.6 if named[3] == "-1" else float(named[3])
    with (ORACLE / "ko_synthetic.tsv").open("rb") as stream:
        data = read_gene_table(stream, "ko_synthetic.tsv")
    modules = read_modules(Path(OWN_COPY).read_text(encoding="utf-8"), where="GBM")
    coverage = named[1] == "coverage"
    estimator = MEDIAN if coverage else Estimator(named[1])
    found = score(data, modules, cutoff=cutoff, estimator=estimator, normalise=named[2] == "1")
    with path.open(encoding="utf-8") as stream:
        rows = list(csv.reader(stream, delimiter="\t"))
    expected = np.array([[float(c or 0) for c in r[1:]] for r in rows[1:]])
    mine = (found.coverage if coverage else found.scores)[[found.module_ids.index(r[0]) for r in rows[1:]]].copy()
    if coverage:
        mine[mine < cutoff] = 0
    np.testing.assert_allclose(np.nan_to_num(mine), expected, rtol=1e-12, atol=0)
    if not coverage:
        kinds = [[found.status(i, j) for j in range(mine.shape[1])] for i in range(mine.shape[0])]
        assert {k for row in kinds for k in row[:1]} == {Status.NOT_MEASURABLE}

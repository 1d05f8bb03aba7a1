"""Evidence at the command line: the population as printed, nulls not hidden, names found."""

import csv
import io
import json

import pytest

from noctiflora.evidence import load
from tests.cli.conftest import Run


def test_pool_gives_the_printed_population(run: Run) -> None:
    found = json.loads(run("evidence", "pool", "--outcome", "psqi", "--format", "json").out)
    assert found["outcome"] == "psqi"
    assert found["population"]["mean"] == pytest.approx(-0.59, abs=1e-6)
    assert found["population"]["ci95"] == pytest.approx([-0.83, -0.35], abs=1e-6)
    assert found["population"]["source"].startswith("10.")
    needed = {"strain", "n_trials", "n_people", "mean", "sd", "ci95", "predictive_sd", "p_benefit", "reported"}
    assert all(needed <= set(row) for row in found["strains"])


def test_one_strain_is_found_by_any_name(run: Run) -> None:
    found = json.loads(run("evidence", "pool", "--strain", "1714", "--format", "json").out)
    assert [row["strain"] for row in found["strains"]] == ["Bifidobacterium longum 1714"]


def test_an_unknown_strain_is_refused(run: Run) -> None:
    ended = run("evidence", "pool", "--strain", "Nonsense xyz")
    assert ended.code == 3


@pytest.mark.parametrize("table", ["trials", "strains", "claims"])
def test_tables_are_whole(run: Run, table: str) -> None:
    rows = len(getattr(load(), table))
    text = run("evidence", table, "--format", "csv").out
    assert len(list(csv.DictReader(io.StringIO(text)))) == rows
    assert len(json.loads(run("evidence", table, "--format", "json").out)) == rows


def test_null_trials_of_a_strain_are_listed(run: Run) -> None:
    rows = json.loads(run("evidence", "trials", "--strain", "1714", "--format", "json").out)
    assert any(row["significant"] == "no" for row in rows)


def test_find_narrows_down(run: Run) -> None:
    rows = json.loads(run("evidence", "claims", "--find", "melatonin", "--format", "json").out)
    assert 0 < len(rows) < 47
    assert run("evidence", "claims", "--find", "zzzz").out.startswith("No row fits")

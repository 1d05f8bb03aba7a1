"""Many gut tables: the same numbers as one by one, and a bad table costs only itself."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from noctiflora.actions import score_gut
from noctiflora.core import FormatError
from noctiflora.gut import sleep_modules
from noctiflora.study import engine, run_gut


def table(path: Path, seed: int) -> Path:
    rng = np.random.default_rng(seed)
    genes = sorted(frozenset[str]().union(*(m.identifiers for m in sleep_modules())))
    lines = ["gene\t" + "\t".join(f"s{seed}_{j}" for j in range(5))]
    lines += [f"{g}\t" + "\t".join(f"{x:.4f}" for x in rng.gamma(0.5, 2.0, 5)) for g in genes[::2]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_the_numbers_are_those_of_one_table_at_a_time(tmp_path: Path) -> None:
    tables = [table(tmp_path / f"{n}.tsv", n) for n in range(3)]
    bad = tmp_path / "bad.tsv"
    bad.write_text("nothing here\n", encoding="utf-8")
    out = tmp_path / "out.parquet"
    with engine(workers=2) as machines:
        count, refused = run_gut([*tables, bad], sleep_modules(), out, machines)
        with pytest.raises(FormatError, match="no table could be scored"):
            run_gut([bad, tmp_path / "none.tsv"], sleep_modules(), out, machines)
        with pytest.raises(FormatError, match="ending"):
            run_gut(tables, sleep_modules(), tmp_path / "out.xlsx", machines)
    assert count == 15
    assert [r.where for r in refused] == ["bad.tsv"]
    found = pl.read_parquet(out)
    for path in tables:
        one = score_gut(path).scores
        mine = found.filter(pl.col("table") == path.name)
        for j, sample in enumerate(one.sample_ids):
            scores = mine.filter(pl.col("sample") == sample)["score"].fill_null(float("nan")).to_numpy()
            assert scores.tobytes() == np.ascontiguousarray(one.scores[:, j]).tobytes()

"""Shared summaries: what counts, and what is refused with one sentence each."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from noctiflora.core import FormatError
from noctiflora.study import _read_summaries as reader
from noctiflora.study._dataset import Refused
from noctiflora.study._read_summaries import Told, read_summaries
from tests.study.summaries import document, normal_summary, summary, write

GRID = np.linspace(-34.0, 34.0, 161)
NORMAL = -0.5 * (GRID / 2.0) ** 2


def one(tmp_path: Path, entry: object) -> Told | Refused:
    found = list(read_summaries([write(tmp_path / "one", [entry])]))
    assert len(found) == 1
    return found[0]


def test_a_summary_is_taken_without_a_deposit(tmp_path: Path) -> None:
    found = one(tmp_path, normal_summary(1))
    assert isinstance(found, Told)
    assert (found.product.name, found.shared.id) == ("Bifidobacterium longum 1714", "person-000001")


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "direction": (normal_summary(1, higher_is_better=False), "check the direction"),
    "unit": (normal_summary(1, unit="min"), "sleep efficiency is in points"),
    "huge grid": (summary(1, np.linspace(-9, 9, 2002), np.zeros(2002)), "theta: .*2001"),
    "narrow grid": (normal_summary(1, 0.0, 40.0), "too narrow"),
    "too precise": (
        summary(1, np.linspace(-2, 2, 161), -0.5 * (np.linspace(-2, 2, 161) / 0.1) ** 2),
        "more precisely than so many nights can tell",
    ),
    "too large": (summary(1, GRID * 100 + 500, NORMAL), "larger than any that is believed"),
    "another kind": ({**normal_summary(1), "kind": "trial"}, "only personal trials"),
    "not an object": ({"a": 1}, "only personal trials"),
    "no strain": (normal_summary(1, strain="pills"), "is no strain"),
    "not random": (normal_summary(1, design={"randomised": False, "n_nights": 84, "n_periods": 6}), "randomised"),
    "field of its own": (normal_summary(1, colour="red"), "colour: there is no such field"),
    "own": (normal_summary(1, whose="mine"), "must not count twice"),
    "coarse": (summary(1, np.linspace(-60, 60, 21), -0.5 * (np.linspace(-60, 60, 21) / 5) ** 2), "too coarse"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_refused(name: str, tmp_path: Path) -> None:
    entry, says = BAD[name]
    found = one(tmp_path, entry)
    assert isinstance(found, Refused)
    assert re.search(says, f"{found.where}: {found.reason}"), found
    assert "\n" not in found.reason


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a JSON document"),
        ("[" * 100_000, "not a JSON document"),
        ('{"schema": "other 2.0", "entries": [1]}', "not a file of additions"),
        (document(normal_summary(1)).replace("-34.0", "NaN"), "NaN is no number"),
        (document(normal_summary(1)).replace("-34.0", "1e999"), "finite|ascend|number"),
        (document(1, "x"), "an entry is an object"),
        ("\x00\xff", "not a JSON document"),
    ],
    ids=["empty", "deep", "schema", "nan", "infinite", "no entries", "bytes"],
)
def test_hostile_files(text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(text.encode("latin-1"))
    (tmp_path / "b.json").write_text(document(normal_summary(2)), encoding="utf-8")
    *bad, good = list(read_summaries([tmp_path]))
    assert isinstance(good, Told)
    assert bad
    for found in bad:
        assert isinstance(found, Refused)
        assert re.search(says, found.reason), found
        assert found.where.startswith("a.json")


def test_the_same_summary_counts_once(tmp_path: Path) -> None:
    """Under another id, and with another constant, it is the same; and an id stands for one summary."""
    first = normal_summary(1)
    shifted = {**normal_summary(2), "log_likelihood": [x - 7.5 for x in first["log_likelihood"]]}
    other = normal_summary(1, 2.5)
    found = list(read_summaries([write(tmp_path / "x", [first, shifted, other, normal_summary(3, 2.5)])]))
    assert [type(f) for f in found] == [Told, Refused, Refused, Told]
    assert "met before" in found[1].reason  # type: ignore[union-attr]
    assert "another summary has this id" in found[2].reason  # type: ignore[union-attr]


def test_giants_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_BYTES", 9000)
    monkeypatch.setattr(reader, "MOST_LINE", 9000)
    giant = document(normal_summary(1, note="x" * 9000))
    (tmp_path / "a.json").write_text(giant, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(f"{giant}\n\n{document(normal_summary(2))}\n", encoding="utf-8")
    found = list(read_summaries([tmp_path]))
    assert [type(f) for f in found] == [Refused, Refused, Told]
    assert found[1].where == "b.jsonl, line 1"


def test_one_product_has_one_name(tmp_path: Path) -> None:
    names = ["Lactiplantibacillus plantarum PS128", "Lactobacillus plantarum PS128"]
    entries = [normal_summary(n, 1.0 + n, strain=name) for n, name in enumerate(names)]
    found = list(read_summaries([write(tmp_path / "x", entries)]))
    assert {f.product.name for f in found if isinstance(f, Told)} == {"Lactiplantibacillus plantarum PS128"}
    assert len(found) == 2


def test_where_there_is_nothing(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no summaries here"):
        list(read_summaries([tmp_path]))
    with pytest.raises(FormatError, match="nothing here"):
        list(read_summaries([tmp_path / "none"]))


def test_several_entries_of_one_file_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(document(normal_summary(1), 5), encoding="utf-8")
    found = list(read_summaries([tmp_path / "a.json"]))
    assert [f.where for f in found] == ["a.json, entry 1", "a.json, entry 2"]

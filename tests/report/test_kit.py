"""Labels and sheet hold the bottles and the safety words; the envelope alone holds the order."""

from dataclasses import replace

import pytest

from noctiflora.plan import Blinding
from noctiflora.report import Kit, envelope_pdf, kit_labels, kit_sheet
from noctiflora.report import _kit as kit_file
from noctiflora.report._typeset import Label, Part
from noctiflora.trial import read_order
from tests.trial.seasons import PLAN

KIT = Kit(plan=PLAN, blinding=Blinding.HARD, blinding_reason="A live capsule is never opened.")


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> list[Part]:
    found: list[Part] = []
    monkeypatch.setattr(kit_file, "sheet_pdf", lambda title, given: found.extend(given) or b"%PDF")
    return found


def words(parts: list[Part]) -> str:
    return " ".join(" ".join((p.heading, *p.paragraphs, *p.points, *(c for row in p.rows for c in row))) for p in parts)


def test_the_sheet_tells_how_to_pack_and_where_not_to(parts: list[Part]) -> None:
    kit_sheet(KIT)
    text = words(parts)
    for needed in (
        "live capsule is never opened",
        "enteric",
        "allerg",
        "central line",
        "gloves",
        "prescribed",
        "hard to blind",
    ):
        assert needed in text, needed
    assert "14 doses with it, 28 look-alikes, in 6 bottles of 7 nights" in text
    assert all(code in text for code in PLAN.codes)
    assert "product" not in " ".join(c for p in parts for row in p.rows for c in row)


def test_labels_are_alike_but_for_code_and_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Label] = []
    monkeypatch.setattr(kit_file, "labels_pdf", lambda title, given: found.extend(given) or b"%PDF")
    kit_labels(KIT)
    assert [label.code for label in found] == list(PLAN.codes)
    assert len({tuple(len(line) for line in label.lines) for label in found}) == 1
    assert "2025-01-05 to 2025-01-11" in found[0].lines[1]


def test_the_envelope_tells_the_order(parts: list[Part]) -> None:
    arms = read_order("PCCCCP")
    envelope_pdf(KIT, arms, "PCCCCP", "ab" * 32)
    assert [row[2] for row in parts[0].rows[1:]] == ["product", *["look-alike"] * 4, "product"]
    assert [row[1] for row in parts[1].rows] == list("PCCCCP")
    assert f"'PCCCCP {'ab' * 32}'" in parts[2].paragraphs


def test_another_plan_makes_another_file() -> None:
    assert kit_labels(KIT) != kit_labels(replace(KIT, plan=replace(PLAN, codes=("ZZZZ", *PLAN.codes[1:]))))

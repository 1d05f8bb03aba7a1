"""Sensitive people are warned of what was seen, and no strain is accused by its name."""

import pytest

from noctiflora.evidence import OptionTag, load_options
from noctiflora.plan._gate import gate
from noctiflora.plan._gate_record import Reply, Scope
from noctiflora.plan._rank import rank
from noctiflora.plan._sensitive import cautions

from ._answers import RULES, TODAY, all_no, answer

ENTRIES = load_options()


def report(*but):
    return gate(RULES, all_no(*but), today=TODAY)


def warned(*but) -> set[str]:
    return {entry.key for entry in ENTRIES if cautions(entry, report(*but))}


def test_nobody_else_is_warned() -> None:
    assert warned() == set()
    assert warned(answer("S24", Reply.YES), answer("S09", Reply.YES), answer("S11", Reply.YES)) == set()


@pytest.mark.parametrize("reply", [Reply.YES, Reply.NOT_SURE])
def test_histamine_concerns_live_products_alike(reply: Reply) -> None:
    live = {e.key for e in ENTRIES if e.kind.value == Scope.LIVE and OptionTag.FERMENTED not in e.tags}
    assert warned(answer("S09", reply)) == live
    texts = {c.text for e in ENTRIES for c in cautions(e, report(answer("S09", reply)))}
    assert len(texts) == 1


def test_fermented_food_is_warned_of_by_its_gate() -> None:
    options = rank(ENTRIES, report(answer("S09", Reply.YES)), effects={}, useful=2)
    (kefir,) = (o for o in options if o.key == "kefir")
    assert any("histamine" in warning for warning in kefir.warnings)


@pytest.mark.parametrize("gate_id", ["S08", "S11"])
def test_gas_concerns_every_fibre_and_one_is_gentler(gate_id: str) -> None:
    fibres = {e.key for e in ENTRIES if e.kind.value == Scope.FIBRE}
    assert warned(answer(gate_id, Reply.YES)) == fibres
    (phgg,) = (e for e in ENTRIES if e.key == "phgg")
    assert "gentler" in cautions(phgg, report(answer(gate_id, Reply.YES)))[1].text


def test_warnings_bring_their_sources() -> None:
    options = rank(ENTRIES, report(answer("S11", Reply.YES)), effects={}, useful=2)
    (phgg,) = (o for o in options if o.key == "phgg")
    assert "10.1093/advances/nmac094" in {s.ref for s in phgg.sources}
    assert any("quarter" in warning for warning in phgg.warnings)


@pytest.mark.parametrize(("gate_id", "keys"), [("S31", {"cbt-i", "bright-morning"}), ("S54", {"bright-morning"})])
def test_an_open_question_is_named_where_it_leaves_the_door_open(gate_id: str, keys: set[str]) -> None:
    unasked = gate(RULES, [a for a in all_no() if a.gate_id != gate_id], today=TODAY)
    assert {entry.key for entry in ENTRIES if cautions(entry, unasked)} == keys

"""Adding evidence: provenance kept, certainty judged anew, before and after told apart."""

import hashlib
import json

import pytest

from noctiflora.actions import add_evidence, gather_evidence, list_added, list_options, remove_added
from noctiflora.core import FormatError
from noctiflora.store import Store
from tests.actions.conftest import NOW
from tests.evidence.test_read_additions import entry, text


def test_provenance_is_kept(store: Store) -> None:
    data = text(entry(), entry("personal_trial")).encode()
    found = add_evidence(store, data, file="new.json")
    assert [a.id for a in found.accepted] == ["EXAMPLE_TRIAL", "EXAMPLE_PERSON"]
    for document in list_added(store):
        assert (document.file, document.sha256) == ("new.json", hashlib.sha256(data).hexdigest())
        assert document.at == NOW
        assert json.loads(json.dumps(document.body)) == document.body
    assert remove_added(store, "EXAMPLE_PERSON")
    assert not remove_added(store, "EXAMPLE_PERSON")


def test_every_product_of_the_file_is_told_and_how_the_rest_moves(store: Store) -> None:
    found = add_evidence(store, text(entry(), entry("personal_trial")).encode(), file="f")
    labels = [move.label for move in found.moves]
    assert labels[:2] == ["Lactiplantibacillus plantarum PS128", "Bifidobacterium longum 1714"]
    assert labels[2] == "an untested strain"
    assert "moved most" in labels[3]
    ps128 = found.moves[0]
    assert ps128.added == ("EXAMPLE_TRIAL",)
    assert ps128.after.n_trials == ps128.before.n_trials + 1
    assert ps128.after.mean > ps128.before.mean
    assert (ps128.before.certainty, ps128.after.certainty) == ("low", "moderate")
    assert found.moves[2].before.mean == pytest.approx(found.moves[2].after.mean, abs=1e-9)  # the cut holds mu


def test_adding_again_compares_with_what_was_added(store: Store) -> None:
    first = add_evidence(store, text(entry()).encode(), file="f").moves[0]
    again = add_evidence(store, text(entry()).encode(), file="f").moves[0]
    assert again.before == again.after == first.after
    assert len(list_added(store)) == 1


def test_options_know_of_it(store: Store) -> None:
    def expected() -> dict[str, float]:
        options = list_options(store, today=NOW.date()).options
        return {o.key: o.effect.mean for o in options if o.effect is not None}

    before = expected()
    add_evidence(store, text(entry()).encode(), file="f")
    moved = {key for key, mean in expected().items() if mean != pytest.approx(before[key], abs=1e-6)}
    assert any("ps128" in key.casefold() for key in moved)


def test_nothing_is_kept_of_a_file_that_is_none(store: Store) -> None:
    with pytest.raises(FormatError):
        add_evidence(store, b"{}", file="f")
    found = add_evidence(store, text(entry(doi="x")).encode(), file="f")
    assert not found.kept
    assert found.moves == ()
    assert gather_evidence(store).added == frozenset()

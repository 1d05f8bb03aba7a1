"""Documents changed by their own grammar: read or refused, in time and memory; a refused one leaves nothing."""

import datetime as dt
from pathlib import Path

import pytest

from noctiflora.actions import import_files
from noctiflora.core import FormatError
from noctiflora.store import open_store
from tests.sleep.read.fuzz import FAMILIES, MOST_KB, campaign, cases, family_of
from tests.sleep.read.test_registry import SAMPLES

ROUNDS = 290
"""Of each of seven families: two thousand together."""

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")


def run(family: str, count: int, seed: int) -> None:
    ended = campaign(family, count, seed=seed)
    assert ended.wrong == []
    assert min(ended.counts["read"], ended.counts["refused"]) > count // 100
    assert ended.grown_kb < MOST_KB


@pytest.mark.parametrize("family", FAMILIES)
def test_changed_documents_are_read_or_refused(family: str) -> None:
    run(family, ROUNDS, seed=20)


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_many_changed_documents_are_read_or_refused(family: str) -> None:
    run(family, 20_000, seed=21)


def test_every_family_has_its_samples() -> None:
    assert {family_of(data) for data in SAMPLES.values()} | {"archive"} == FAMILIES.keys()


@pytest.mark.parametrize("family", ["json", "table", "archive"])
def test_a_changed_document_is_changed_in_the_same_way_again(family: str) -> None:
    made = list(cases(family, 20))
    assert made == list(cases(family, 20))
    assert len(set(made)) > 10


def test_a_refused_document_leaves_nothing(tmp_path: Path) -> None:
    refused: list[bytes] = []
    for family in FAMILIES:
        campaign(family, 12, seed=3, refused=refused.append)
    with open_store(tmp_path / "x.sqlite", now=lambda: dt.datetime.now(dt.UTC)) as store:
        for n, data in enumerate(refused):
            path = tmp_path / f"{n}.bin"
            path.write_bytes(data)
            try:
                (file,) = import_files(store, [path], zone=None).files
            except FormatError:
                continue
            if file.refusal:
                assert file.outcome is None
                assert file.refusal.count(path.name) >= 1
            else:
                store.imports.list()
                pytest.fail(f"{path.name} was refused before and is read now")
        assert store.imports.list() == ()
        assert store.imports.episodes() == ()
    assert len(refused) > 20

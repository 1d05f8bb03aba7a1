import datetime as dt
import io
from pathlib import Path

import pytest

from noctiflora.actions import gut_page, import_files, kept_genes, kept_guts, list_pathways, shown_genes
from noctiflora.actions._keep_genes import score_genes
from noctiflora.core import FormatError, StoreDamaged
from noctiflora.gut import Status, read
from noctiflora.report import gut_dict
from noctiflora.store import Store

TODAY = dt.date(2030, 1, 1)
TABLE = "# Gene Family\tmine_Abundance-CPM\nK01580\t700000\nK00248\t100\nK09470\t50\nK01590\t0\nK99999\t299850\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ko.tsv"
    path.write_text(TABLE)
    return path


def test_scores_are_kept_and_the_table_is_not(store: Store, file: Path) -> None:
    (done,) = import_files(store, [file], zone=None).files
    assert not done.refusal
    (document,) = store.stools.list()
    assert "K99999" not in str(document.body)
    (kept,) = kept_genes(store)
    by_name = {m.name: m for m in kept.first}
    assert by_name["GABA made from glutamate"].score == 700_000
    assert by_name["GABA made from glutamate"].words == "genes present, 100 % of its steps"
    assert by_name["GABA made from putrescine"].words == "absent: only 25 % of its steps seen, too few"
    assert by_name["histamine made"].words == "0: none of its genes was seen"
    assert kept_guts(store) == ()
    (again,) = import_files(store, [file], zone=None).files
    assert again.stool is not None
    assert again.stool.already


def test_a_sample_in_which_next_to_nothing_is_mapped_is_not_measurable() -> None:
    text = "# Gene Family\tmine_Abundance-CPM\tpoor_Abundance-CPM\nK01580\t1000000\t9\nUNMAPPED\t0\t999991\n"
    found = score_genes(read(io.BytesIO(text.encode()), "ko.tsv"))
    assert {m.status for m in found["poor"]} == {Status.NOT_MEASURABLE}
    assert {m.words for m in found["poor"]} == {"not measurable from this table"}
    assert {m.score for m in found["poor"]} == {None}
    assert found["mine"][0].status is Status.SCORED


def test_other_identifiers_are_refused_in_a_sentence_and_nothing_is_kept(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "uniref.tsv"
    path.write_text("# Gene Family\tmine\nUniRef90_A0A1\t5\nUniRef90_B0B1\t7\n")
    (done,) = import_files(store, [path], zone=None).files
    assert "no sleep module can be measured" in done.refusal
    assert store.stools.list() == ()


def test_findings_and_page_call_them_genes_never_activity(store: Store, file: Path) -> None:
    import_files(store, [file], zone=None)
    (finding,) = [f for f in list_pathways(store, today=TODAY) if "GABA" in f.pathway]
    assert "genes present, never activity" in repr(finding)
    assert "association at most, not a cause" in repr(finding)
    page = gut_page(store, today=TODAY)
    assert page is not None
    assert page.genes is not None
    assert page.standing == "genes only"
    told = gut_dict(page)["genes"]
    assert isinstance(told, dict)
    assert told["meaning"] == "genes present, never activity"
    assert ("histamine made", "0: none of its genes was seen") in [(m.name, m.found) for m in page.genes.modules]


def test_a_spoilt_document_is_named(store: Store) -> None:
    store.stools.save({"kind": "genes", "samples": {}}, name="ko.tsv", sha256="0" * 64, reading="x")
    with pytest.raises(StoreDamaged, match=r"stool_tests, ko\.tsv"):
        shown_genes(store, today=TODAY)


def test_too_few_kinds_of_genes_are_refused_by_the_reading_itself() -> None:
    with pytest.raises(FormatError, match="no sleep module"):
        score_genes(read(io.BytesIO(b"# Gene Family\tmine\nUniRef90_A0A1\t5\n"), "x.tsv"))

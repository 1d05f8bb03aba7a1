import hashlib
import zipfile
from pathlib import Path

from tests.cli.conftest import Run
from tests.gut.read.documents import biom_hdf5

BAD = {
    "cut.biom": (biom_hdf5()[:1500], "damaged or cut short"),
    "twice.csv": (b"taxon,count\nBlautia,6000\nBlautia,4000\nBacteroides,9000\n", "stands twice"),
    "s59.csv": (b"taxon,percent\nBlautia,39\nBacteroides,20\n", "found a sum of 59"),
    "s10000.csv": (b"taxon,share\nBlautia,6000\nBacteroides,4000\n", "found a sum of 10000"),
    "minus.csv": (b"taxon,count\nBlautia,6000\nBacteroides,-40\n", "negative"),
    "mouth.csv": (b"taxon,count\nStreptococcus,16000\nVeillonella,4000\n", "sample of the mouth"),
    "few.csv": (b"taxon,count\nBlautia,900\nBacteroides,900\n", "below 2,000 nothing can be said"),
    "mixed.csv": (b"taxon,count\nBlautia,9000\nLachnospiraceae,9000\n", "counted twice"),
    "phylum.csv": (b"taxon,count\nBlautia,9000\nFirmicutes,9000\n", "ranks are mixed"),
    "paper.csv": (b"%PDF-1.4 x", "PDF"),
}


def test_each_bad_file_has_one_sentence_and_nothing_is_stored(run: Run, tmp_path: Path) -> None:
    db = tmp_path / "n.db"
    run("gut", "--db", str(db))
    before = hashlib.sha256(db.read_bytes()).hexdigest()
    for name, (content, words) in BAD.items():
        path = tmp_path / name
        path.write_bytes(content)
        ended = run("import", str(path), "--db", str(db))
        assert ended.code == 3, name
        assert words in ended.err, ended.err
        assert ended.err.count("\n") == 1, ended.err
        assert hashlib.sha256(db.read_bytes()).hexdigest() == before, name


def test_a_numbers_file_is_called_one(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "numbers.csv"
    with zipfile.ZipFile(path, "w") as held:
        held.writestr("Index/Document.iwa", b"x")
    ended = run("gut", str(path))
    assert (ended.code, "this is a Numbers file" in ended.err) == (3, True)
    assert run("import", str(path), "--db", str(tmp_path / "n.db")).code == 3
    assert "No stool test is kept" in run("gut", "--db", str(tmp_path / "n.db")).out


def test_few_reads_are_kept_with_a_warning(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_text("taxon,count\nBlautia,5000\nBacteroides,1000\n")
    assert run("import", str(path), "--db", str(tmp_path / "n.db")).code == 0
    assert "below 10,000 rare taxa come and go by chance" in run("gut", "--db", str(tmp_path / "n.db")).out

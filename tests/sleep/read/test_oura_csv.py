import io

from noctiflora.sleep import Stage, read, resolve
from noctiflora.sleep.read._oura_csv import sniff
from tests.sleep.vendors import OURA_TABLE


def test_a_night_of_the_account_export() -> None:
    (night,) = resolve(read(io.BytesIO(OURA_TABLE.encode()), "sleepmodel.csv").episodes).nights
    assert (str(night.date), night.tst_min, night.tib_min, night.sol_min) == ("2024-01-16", 440, 480, 20)
    assert night.stages_min[Stage.DEEP] == 100


def test_the_same_period_of_the_interface_has_the_same_key() -> None:
    (episode,) = read(io.BytesIO(OURA_TABLE.encode()), "sleepmodel.csv").episodes
    assert (episode.source, episode.key) == ("oura", "abc")


def test_null_is_unknown_and_deleted_left_out() -> None:
    table = OURA_TABLE + OURA_TABLE.split("\n")[1].replace("long_sleep", "deleted") + "\n"
    found = read(io.BytesIO(table.replace("26400", "null").encode()), "sleepmodel.csv")
    assert (len(found.episodes), len(found.notes)) == (1, 1)
    assert resolve(found.episodes).nights[0].tst_min == 440


def test_a_bad_row_is_counted_with_its_line() -> None:
    table = OURA_TABLE + OURA_TABLE.split("\n")[1].replace("2024-01-16T07", "2024-01-16T99") + "\n"
    assert [(s.place, s.count) for s in read(io.BytesIO(table.encode()), "x").skipped] == [("line 3", 1)]


def test_other_tables_of_the_folder_are_not_taken() -> None:
    assert sniff(OURA_TABLE.encode())
    assert not sniff(b"day;id;score;timestamp\n")

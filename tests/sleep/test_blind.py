from noctiflora.sleep import blind_spots
from noctiflora.sleep._blind import BLIND


def test_the_longest_beginning_counts() -> None:
    assert blind_spots("diary: Sleepmeter") == BLIND["diary: Sleepmeter"]
    assert blind_spots("diary") == BLIND["diary"]
    assert "WASO" in blind_spots("whoop")[0]
    assert blind_spots("telescope") == ()

import io

from noctiflora.actions import start_guilds
from noctiflora.axis import load_model
from noctiflora.gut import read
from tests.gut.test_guilds import USUAL


def test_the_scenario_stays_within_the_model() -> None:
    text = "genus,count\n" + "\n".join(f"{k},{v}" for k, v in USUAL.items())
    found = start_guilds(read(io.BytesIO(text.encode()), "f", region="V4"), age_years=40)
    assert not found.reason
    known = {p.name: p for p in load_model().parameters}
    assert set(found.middle) == {"setB", "setG"}
    for name, value in found.middle.items():
        assert known[name].low <= found.low[name] <= value <= found.high[name] <= known[name].high


def test_what_cannot_be_placed_says_why() -> None:
    found = start_guilds(read(io.BytesIO(b"genus,count\nBlautia,9000\n"), "f"))
    assert "sequenced region" in found.reason
    assert not found.middle

import io
from dataclasses import replace

import numpy as np
import pytest

from noctiflora.gut import Placement, guild_starts, place, read
from noctiflora.gut._day_noise import BETWEEN_SD

USUAL = {"Bacteroides": 6000, "Faecalibacterium": 2000, "Blautia": 500, "Roseburia": 600, "Coprococcus": 400}
USUAL |= {"Dorea": 150, "Lachnospira": 300, "Parabacteroides": 700, "Bifidobacterium": 90}


def placed(**taxa: int) -> Placement:
    text = "genus,count\n" + "\n".join(f"{k},{v}" for k, v in taxa.items())
    reading = read(io.BytesIO(text.encode()), "f", region="V4")
    return place(reading, rng=np.random.default_rng(1), age_years=40)


def test_more_of_its_genera_raises_a_guild_and_the_range_holds_it() -> None:
    before, after = (
        {g.guild: g for g in guild_starts(placed(**c))}
        for c in (USUAL, USUAL | {"Faecalibacterium": 9000, "Roseburia": 9000})
    )
    assert set(before) == {"butyrate", "gaba"}
    assert after["butyrate"].value > before["butyrate"].value
    for guild in before.values():
        assert guild.low < guild.value < guild.high
    assert "Faecalibacterium" in before["butyrate"].genera
    assert "Bacteroides" in before["gaba"].genera


def test_blur_draws_towards_the_reference_and_its_lack_towards_the_sample() -> None:
    whole = placed(**USUAL)
    sharp, blurred = ({g.guild: g for g in guild_starts(replace(whole, batch_sd=b, day_sd=b))} for b in (1e-6, 1e3))
    assert blurred["gaba"].value == pytest.approx(1, abs=0.01)
    assert sharp["gaba"].high / sharp["gaba"].low == pytest.approx(1, abs=1e-3)
    assert np.log(blurred["gaba"].high) == pytest.approx(1.2816 * BETWEEN_SD, rel=0.01)


def test_what_was_not_placed_gives_no_scenario() -> None:
    assert guild_starts(Placement(references=(), places=(), reason="x")) == ()

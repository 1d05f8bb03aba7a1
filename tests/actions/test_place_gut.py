import io

from noctiflora.actions import place_gut
from noctiflora.gut import read

GENERA = ("Bacteroides", "Faecalibacterium", "Blautia", "Roseburia", "Coprococcus", "Dorea", "Lachnospira")


def test_the_same_sample_gives_the_same_bands() -> None:
    text = "genus,count\n" + "\n".join(f"{g},2000" for g in GENERA)
    reading = read(io.BytesIO(text.encode()), "f", region="V4")
    assert place_gut(reading).places == place_gut(reading).places != ()
    assert "age was not told" in place_gut(reading).notes[0]
    assert place_gut(reading, age_years=40).notes == ()

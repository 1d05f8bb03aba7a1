import io
from pathlib import Path

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import Reading, Stage, read, resolve
from tests.sleep.exports import utc
from tests.sleep.vendors import SAMSUNG_PLAIN


def reading(text: str, *, zone: str | None = None) -> Reading:
    return read(io.BytesIO(text.encode()), "sleep.csv", zone=zone)


def test_a_night() -> None:
    (night,) = resolve(reading(SAMSUNG_PLAIN).episodes).nights
    assert (str(night.date), night.tst_min, night.onset) == ("2026-05-01", 420, utc(2026, 5, 1, 2, 30))
    assert (night.onset_zone_offset_min, night.tib_min) == (-180, None)


def test_codes_stand_for_words() -> None:
    (night,) = resolve(reading(SAMSUNG_PLAIN.replace("asleep", "40003")).episodes).nights
    assert night.stages_min == {Stage.DEEP: 420}


def test_without_offset_the_zone_is_needed() -> None:
    with pytest.raises(RangeError, match="--zone NAME"):
        reading(SAMSUNG_PLAIN.replace("-03:00", ""))
    assert reading(SAMSUNG_PLAIN.replace("-03:00", ""), zone="America/Sao_Paulo").episodes[0].start_offset_min == -180


def test_unknown_words_are_refused() -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        reading(SAMSUNG_PLAIN.replace("asleep", "dreamy"))


def test_sample(shared: Path) -> None:
    path = shared / "samples" / "sleep" / "samsung" / "com.samsung.health.sleep.202605.csv"
    (night,) = resolve(reading(path.read_text()).episodes).nights
    assert (str(night.date), night.tst_min, night.onset_zone_offset_min) == ("2026-05-01", 420, -180)

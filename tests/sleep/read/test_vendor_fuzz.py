"""Documents of makers with words swapped, doubled, lost or made odd: read or refused, never a crash."""

import io
import random
import re

import pytest

from noctiflora.core import InputError
from noctiflora.sleep import read_all, resolve
from tests.sleep.read.test_registry import mutate
from tests.sleep.vendors import VENDOR_SAMPLES

WORDS = re.compile(rb"[A-Za-z0-9_.:+-]+|[^A-Za-z0-9_.:+-]")
ODD = (
    *(
        b"null",
        b"-1",
        b"",
        b'"',
        b"1e309",
        b"NaN",
        b"-0",
        b"9" * 40,
        b"true",
        b"[]",
        b"{}",
        b"\xef\xbb\xbf",
        b"\r",
        b"\r\n",
    ),
    *(
        b"2024-03-31T02:30:00",
        b"2024-03-31 02:30:00.000",
        b"24:00",
        b"0001-01-01T00:00:00Z",
        b"9999-12-31T23:59:59+14:00",
    ),
    *(b"UTC+1400", b"+00:00", b"Z", b"0"),
)
ZONES = (None, "Europe/Berlin", "Pacific/Apia", "America/New_York")


def reworded(data: bytes, rng: random.Random) -> bytes:
    """Return the document with some of its words changed."""
    words = WORDS.findall(data)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(words))
        match rng.randrange(5):
            case 0 | 1:
                words[at] = rng.choice(ODD)
            case 2:
                words[at] = rng.choice(words)
            case 3 if len(words) > 1:
                del words[at]
            case _:
                words[at:at] = words[at : at + rng.randint(1, 40)]
    return b"".join(words)


def campaign(rounds: int) -> tuple[int, int]:
    """Return how many documents were read and how many refused, each refusal saying what and where."""
    rng = random.Random(1312)
    read = 0
    refusals: list[InputError] = []
    for _ in range(rounds):
        for sample in VENDOR_SAMPLES.values():
            data = reworded(sample, rng)
            if rng.random() < 0.3:
                data = mutate(data, rng)
            try:
                readings = read_all(io.BytesIO(data), "x", zone=rng.choice(ZONES))
                resolve([e for r in readings for e in r.episodes])
                read += 1
            except InputError as problem:
                refusals.append(problem)
    assert all(problem.what and problem.where for problem in refusals)
    return read, len(refusals)


def test_reworded_documents_are_read_or_refused() -> None:
    assert min(campaign(170)) > 100


@pytest.mark.slow
def test_many_reworded_documents_are_read_or_refused() -> None:
    assert min(campaign(9000)) > 5000

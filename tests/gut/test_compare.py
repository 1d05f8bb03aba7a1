import io

import numpy as np
import pytest

from noctiflora.core import RangeError
from noctiflora.gut import GutReading, compare, read
from noctiflora.gut._day_noise import DAY_SD

GENERA = (
    *(
        "Bacteroides",
        "Faecalibacterium",
        "Blautia",
        "Roseburia",
        "Alistipes",
        "Parabacteroides",
        "Dorea",
        "Coprococcus",
    ),
    *("Ruminococcus", "Bifidobacterium", "Akkermansia", "Collinsella", "Prevotella", "Anaerostipes", "Sutterella"),
)


def table(counts: np.ndarray, names: tuple[str, ...] = GENERA) -> GutReading:
    text = "genus,count\n" + "\n".join(f"{n},{int(c)}" for n, c in zip(names, counts, strict=True))
    return read(io.BytesIO(text.encode()), "f")


def rng() -> np.random.Generator:
    return np.random.default_rng(20244)


def test_days_and_counting_alone_seldom_make_a_change() -> None:
    """The family-wise error is 5 %; 300 pairs have a standard error of 1.3 points."""
    chance = np.random.default_rng(20245)
    wrong = 0
    for _ in range(300):
        centre = chance.normal(0, 1.9, len(GENERA))
        logs = centre + chance.normal(0, DAY_SD, (2, len(GENERA)))
        shares = np.exp(logs) / np.exp(logs).sum(axis=1, keepdims=True)
        pair = [table(chance.multinomial(30_000, s)) for s in shares]
        found = compare(pair[0], pair[1], same_lab=True, rng=chance, n_draws=128)
        wrong += any(c.beyond_noise for c in found.changes)
    assert wrong / 300 <= 0.08


def test_a_change_far_beyond_the_days_is_found_with_its_sign() -> None:
    before = np.full(len(GENERA), 1_000)
    after = before.copy()
    after[9] = 150_000
    found = compare(table(before), table(after), same_lab=True, rng=rng())
    assert found.changes[0].taxon == "Bifidobacterium"
    assert found.changes[0].beyond_noise
    assert found.changes[0].clr > 0
    assert sum(c.beyond_noise for c in found.changes) == 1
    assert found.changes[0].noise_sd >= 2**0.5 * DAY_SD


def test_equal_samples_do_not_differ_and_the_seed_decides_all() -> None:
    same = table(np.full(len(GENERA), 1_000))
    found = compare(same, same, same_lab=True, rng=rng())
    assert not any(c.beyond_noise for c in found.changes)
    assert found == compare(same, same, same_lab=True, rng=rng())
    assert len(found.set_hash) == 12


def test_two_laboratories_widen_the_noise() -> None:
    before = np.full(len(GENERA), 1_000)
    after = before.copy()
    after[9] = 150_000
    near, far = (compare(table(before), table(after), same_lab=s, rng=rng()) for s in (True, False))
    assert near.lab_sd == 0
    assert far.lab_sd > DAY_SD
    assert {c.taxon: c.clr for c in near.changes} == {c.taxon: c.clr for c in far.changes}
    assert min(c.noise_sd for c in far.changes) >= (2 * (DAY_SD**2 + far.lab_sd**2)) ** 0.5
    assert any(c.beyond_noise for c in near.changes)
    assert not any(c.beyond_noise for c in far.changes)


def test_samples_are_chosen_by_id() -> None:
    rows = "\n".join(f"{g}\t1000\t{1000 + 40 * i}" for i, g in enumerate(GENERA))
    both = read(io.BytesIO(f"genus\tmonday\tfriday\n{rows}\n".encode()), "f")
    found = compare(both, both, same_lab=True, rng=rng(), which=("monday", "friday"))
    assert max(abs(c.clr) for c in found.changes) > 0.1
    still = compare(both, both, same_lab=True, rng=rng(), which=("friday", "friday"))
    assert max(abs(c.clr) for c in still.changes) < 0.1


def test_too_few_reads_shares_and_too_few_taxa_are_not_compared() -> None:
    enough = table(np.full(len(GENERA), 1_000))
    assert "below 2,000" in compare(enough, table(np.full(len(GENERA), 10)), same_lab=True, rng=rng()).reason
    shares = read(io.BytesIO(b"genus,percent\nBlautia,60\nDorea,40\n"), "s")
    assert "no reads" in compare(enough, shares, same_lab=True, rng=rng()).reason
    one = table(np.array([20_000]), ("Blautia",))
    assert "too few named taxa" in compare(one, one, same_lab=True, rng=rng()).reason


def test_families_that_grew_in_the_post_are_left_out() -> None:
    names = (*GENERA[:5], "Escherichia")
    grown = table(np.array([2_000] * 5 + [9_000]), names)
    found = compare(grown, grown, same_lab=True, rng=rng())
    assert "Escherichia" not in {c.taxon for c in found.changes}


def test_old_and_new_names_are_one_taxon() -> None:
    old = table(np.array([9_000, 9_000]), ("Blautia", "[Ruminococcus]"))
    new = table(np.array([9_000, 9_000]), ("Blautia", "Ruminococcus"))
    assert len(compare(old, new, same_lab=True, rng=rng()).changes) == 2


def test_bad_settings_are_refused() -> None:
    same = table(np.full(len(GENERA), 1_000))
    with pytest.raises(RangeError):
        compare(same, same, same_lab=True, rng=rng(), n_draws=10)
    with pytest.raises(RangeError):
        compare(same, same, same_lab=True, rng=rng(), day_sd=-1)

"""The seal opens with its passphrase and its plan, and with nothing else."""

import hashlib
import secrets
from dataclasses import replace

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.trial import Arm, Cost, Order, Sealed, commitment, open_seal, seal_order, verify_order

CHEAP = Cost(memory_kib=32, passes=1, lanes=1)
PLAN = hashlib.sha256(b"plan").digest()
WORDS = "mole lantern quiet orchard"
ORDER = (Arm.PRODUCT, Arm.COMPARATOR, Arm.COMPARATOR, Arm.PRODUCT)
OTHER = (Arm.COMPARATOR, Arm.PRODUCT, Arm.PRODUCT, Arm.COMPARATOR)


def made(arms: tuple[Arm, ...] = ORDER, words: str = WORDS) -> Sealed:
    return seal_order(arms, words, PLAN, random_bytes=secrets.token_bytes, cost=CHEAP)[0]


def test_it_opens_to_what_was_sealed() -> None:
    sealed, order = seal_order(ORDER, WORDS, PLAN, random_bytes=secrets.token_bytes, cost=CHEAP)
    assert open_seal(sealed, f" {WORDS} ", PLAN) == order
    assert order.arms == ORDER
    assert len(order.nonce) == 32


@pytest.mark.parametrize("wrong", ["", "mole lantern quiet Orchard", "PCCP", "mole lantern quiet orchar"])
def test_another_passphrase_leaves_it_closed(wrong: str) -> None:
    with pytest.raises(RangeError, match="stays closed"):
        open_seal(made(), wrong, PLAN)


def test_another_plan_leaves_it_closed() -> None:
    with pytest.raises(RangeError):
        open_seal(made(), WORDS, hashlib.sha256(b"plan, changed").digest())


@pytest.mark.parametrize("at", [0, 10, -1])
def test_a_changed_byte_leaves_it_closed(at: int) -> None:
    sealed = made()
    spoilt = bytearray(sealed.ciphertext)
    spoilt[at] ^= 1
    with pytest.raises(RangeError):
        open_seal(replace(sealed, ciphertext=bytes(spoilt)), WORDS, PLAN)


def test_all_sizes_are_the_same_for_every_order_and_passphrase() -> None:
    one, two = made(ORDER), made(OTHER, "a quite different and longer one")
    sizes = [[len(part) for part in (s.salt, s.iv, s.ciphertext, s.commitment)] for s in (one, two)]
    assert sizes[0] == sizes[1]


def test_nothing_of_two_seals_of_one_order_is_alike() -> None:
    one, two = made(), made()
    assert {one.commitment, one.salt, one.iv}.isdisjoint({two.commitment, two.salt, two.iv})
    assert one.ciphertext != two.ciphertext


def test_the_order_is_not_in_the_clear() -> None:
    sealed = made()
    for part in (sealed.salt, sealed.iv, sealed.ciphertext):
        assert b"PCCP" not in part


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(RangeError, match="12 characters"):
        made(words="short")


@pytest.mark.parametrize("cost", [Cost(memory_kib=1 << 30), Cost(passes=1000), Cost(lanes=0), Cost(memory_kib=-1)])
def test_a_seal_that_asks_for_absurd_work_is_refused(cost: Cost) -> None:
    with pytest.raises(FormatError, match="not made here"):
        open_seal(replace(made(), cost=cost), WORDS, PLAN)


def test_the_commitment_can_be_worked_out_by_hand() -> None:
    order = Order(arms=(Arm.PRODUCT, Arm.COMPARATOR), nonce=bytes(32))
    text = f"noctiflora order 1\n{PLAN.hex()}\nPC\n{'00' * 32}\n"
    assert commitment(order, PLAN) == hashlib.sha256(text.encode()).hexdigest()


def test_the_commitment_binds_order_nonce_and_plan() -> None:
    order = Order(arms=ORDER, nonce=bytes(32))
    committed = commitment(order, PLAN)
    verify_order(order, committed, PLAN)
    for other, plan in (
        (replace(order, arms=OTHER), PLAN),
        (replace(order, nonce=bytes(31) + b"\1"), PLAN),
        (order, bytes(32)),
    ):
        with pytest.raises(FormatError, match="not the one"):
            verify_order(other, committed, plan)


def test_default_cost_is_that_of_the_standard() -> None:
    assert (Cost().memory_kib, Cost().passes, Cost().lanes) == (65536, 3, 4)

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.gut.read._numbers_kernel import POWERS, parse_rows


def parse(line: str, n: int, skip: int = 1) -> tuple[list[float], bool]:
    buffer = np.frombuffer(line.encode(), dtype=np.uint8)
    out = np.zeros((1, n))
    odd = parse_rows(buffer, np.array([0]), np.array([len(buffer)]), skip, POWERS, out)
    return out[0].tolist(), bool(odd[0])


@given(st.lists(st.decimals(min_value=0, max_value=10**9, places=6), min_size=1, max_size=5))
@settings(max_examples=100, deadline=None)
def test_plain_decimals_are_the_nearest_double(values: list[object]) -> None:
    texts = [f"{v:f}" for v in values]  # type: ignore[str-format]
    got, odd = parse("\t".join(["K00001", *texts]), len(texts))
    assert odd or got == [float(t) for t in texts]
    assert not odd or any(len(t.replace(".", "").lstrip("0")) > 15 for t in texts)


def test_what_is_not_plain_goes_the_slow_way() -> None:
    for line in ("x\t-1", "x\t1e5", "x\tabc", "x\t", "x\t1\t", "x", "x\t12345678901234567890", "x\t1.2.3", "x\t1\t2"):
        assert parse(line, 1)[1], line
    assert parse("x\t7\r", 1) == ([7.0], False)

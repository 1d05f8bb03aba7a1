import re

from noctiflora.sleep import REFERENCES, Night, references


def test_each_figure_stands_with_its_method_and_source() -> None:
    assert all(r.method and r.source.ref and re.search(r"\d", r.said) for r in REFERENCES)
    assert not any(word in r.said for r in REFERENCES for word in ("poor", "bad", "score"))


def test_the_same_wrists_by_two_classifiers() -> None:
    found = references("regularity")
    assert len(found) == len({r.method for r in found}) == 2


def test_each_belongs_to_a_measure() -> None:
    known = {*Night.__dataclass_fields__, "long_awakenings", "regularity"}
    assert {r.measure for r in REFERENCES} <= known

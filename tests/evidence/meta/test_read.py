"""A user's table: every way to give effects is read, and every bad one is refused in one sentence."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import NoctifloraError
from noctiflora.evidence.meta import Measure, read_studies

GOOD = {
    "variance": "study,y,v\na,0.1,0.04\nb,0.3,0.01\n",
    "error": "study,y,se\na,0.1,0.2\nb,0.3,0.1\n",
    "interval": "study,y,ci_low,ci_high\na,0.1,-0.291993,0.491993\nb,0.3,0.104004,0.495996\n",
    "metafor": "slab,yi,vi\na,0.1,0.04\nb,0.3,0.01\n",
    "semicolons and blank lines": "\ufeffstudy;y;v\n\na;0.1;0.04\nb;0.3;0.01\n\n",
    "tabs, other columns, capitals": "Study\tY\tV\tyear\na\t0.1\t0.04\t1999\nb\t0.3\t0.01\t2001\n",
}


@pytest.mark.parametrize("name", GOOD)
def test_ways_to_give_an_effect(name: str) -> None:
    found = read_studies(GOOD[name], where="x.csv")
    assert found.labels == ("a", "b")
    assert found.y == pytest.approx([0.1, 0.3])
    assert found.v == pytest.approx([0.04, 0.01], rel=1e-5)


def test_ratios_are_pooled_on_the_log_scale() -> None:
    found = read_studies("study,ratio,ratio_low,ratio_high\na,2,1,4\nb,1,0.5,2\n", where="x")
    assert found.y == pytest.approx([np.log(2), 0])
    assert found.v == pytest.approx([(np.log(4) / 3.919928) ** 2] * 2, rel=1e-6)
    assert found.measure == "log ratio"


def test_measures() -> None:
    counts = "study,ai,n1i,ci,n2i\na,1,10,2,10\nb,3,10,2,10\n"
    assert read_studies(counts, where="x").measure == Measure.OR.label
    assert read_studies(counts, where="x", measure=Measure.RR).measure == Measure.RR.label


def test_what_was_done_is_told() -> None:
    empty = read_studies("study,ai,n1i,ci,n2i\na,0,10,2,10\nb,3,10,2,10\n", where="x")
    assert empty.notes == ("0.5 added to every cell of: a",)
    lopsided = read_studies("study,y,ci_low,ci_high\na,0.1,0.0,0.9\nb,0.3,0.2,0.4\n", where="x")
    assert lopsided.notes == ("the interval is lopsided (its width was used): a",)


BAD = {
    "empty": ("", "empty"),
    "blank": ("\n\n", "empty"),
    "no study": ("name,y,v\na,1,1\nb,1,1\n", "column study"),
    "no error": ("study,y\na,1\nb,2\n", "no column v"),
    "no effect": ("study,v\na,1\nb,2\n", "no column y"),
    "half of a count": ("study,events_active,n_active\na,1,2\nb,1,2\n", "events_control"),
    "one study": ("study,y,v\na,1,1\n", "two studies"),
    "no rows": ("study,y,v\n", "two studies"),
    "duplicate": ("study,y,v\na,1,1\na,2,1\n", "twice"),
    "text": ("study,y,v\na,1,1\nb,about 2,1\n", "line 3, field y"),
    "comma decimals": ("study;y;v\na;0,1;1\nb;1;1\n", "line 2, field y"),
    "blank cell": ("study,y,v\na,,1\nb,1,1\n", "is empty"),
    "no name": ("study,y,v\n,1,1\nb,1,1\n", "needs a name"),
    "not finite": ("study,y,v\na,nan,1\nb,1,1\n", "field y"),
    "infinite": ("study,y,v\na,1e999,1\nb,1,1\n", "field y"),
    "negative variance": ("study,y,v\na,1,-0.1\nb,1,1\n", "above zero"),
    "variance of nothing": ("study,y,v\na,1,0\nb,1,1\n", "above zero"),
    "negative error": ("study,y,se\na,1,-0.1\nb,1,1\n", "above zero"),
    "interval turned": ("study,y,ci_low,ci_high\na,1,2,0\nb,1,0,2\n", "inside its interval"),
    "effect outside": ("study,y,ci_low,ci_high\na,5,0,2\nb,1,0,2\n", "inside its interval"),
    "negative ratio": ("study,ratio,ratio_low,ratio_high\na,-1,0.5,2\nb,1,0.5,2\n", "above zero"),
    "more events than people": ("study,ai,n1i,ci,n2i\na,11,10,2,10\nb,3,10,2,10\n", "field events_active"),
    "half a person": ("study,ai,n1i,ci,n2i\na,1,10.5,2,10\nb,3,10,2,10\n", "whole number"),
    "ragged": ("study,y,v\na,1\nb,1,1\n", "line 2"),
    "two columns of one name": ("study,y,y,v\na,1,1,1\nb,1,1,1\n", "stands twice"),
    "quotes": ('study,y,v\n"a,1,1\n', "not a table"),
    "ratio of a negative mean": ("MEANS", "no effect can be computed"),
}
MEANS = "study,m1i,sd1i,n1i,m2i,sd2i,n2i\na,-1,1,10,2,1,10\nb,1,1,10,2,1,10\n"


@pytest.mark.parametrize("name", BAD)
def test_bad_tables_are_refused_in_one_sentence(name: str) -> None:
    text, says = BAD[name]
    with pytest.raises(NoctifloraError) as caught:
        read_studies(
            MEANS if text == "MEANS" else text, where="x.csv", measure=Measure.ROM if text == "MEANS" else None
        )
    message = str(caught.value)
    assert says in message
    assert "\n" not in message


def test_a_measure_must_fit() -> None:
    with pytest.raises(NoctifloraError, match="leave --measure out"):
        read_studies(GOOD["error"], where="x", measure=Measure.OR)
    with pytest.raises(NoctifloraError, match="does not fit"):
        read_studies(MEANS, where="x", measure=Measure.OR)


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    for start in ("", "study,y,v\na,1,1\nb,2,1\n", "study,ai,n1i,ci,n2i\n"):
        try:
            found = read_studies(start + text, where="x")
        except NoctifloraError:
            continue
        assert found.k >= 2

"""Published reference values, each bound to the method it was found by; never a grade."""

from dataclasses import dataclass

from noctiflora.core import Source

LABORATORY = "polysomnography in a laboratory"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a publication says of one measure.

    Parameters
    ----------
    measure : str
        Field of `Night` or `Summary` it belongs to.
    said : str
        In words, with its figures.
    method : str
        By what it was measured; a figure is only comparable with its own method.
    source : Source
        Where it was read.
    """

    measure: str
    said: str
    method: str
    source: Source


_NSF = Source(ref="PMID 28346153", note="expert consensus of 2017 on good sleep")
_BOULOS = Source(ref="10.1016/S2213-2600(19)30057-8", note="169 studies, 5,273 people")
_WINDRED = Source(
    ref="https://research.manchester.ac.uk/en/publications/sleep-regularity-is-a-stronger-predictor-of-mortality-risk-than-s",
    note="60,977 people, UK Biobank",
)
_ELIFE = Source(ref="https://elifesciences.org/articles/88359", note="88,975 people, UK Biobank")

REFERENCES: tuple[Reference, ...] = (
    Reference(measure="se_pct", said="good sleep: 85 % or more", method="consensus of experts", source=_NSF),
    Reference(measure="sol_min", said="good sleep: 30 min or less", method="consensus of experts", source=_NSF),
    Reference(
        measure="waso_min",
        said="good sleep: 20 min or less, 30 min or less from 65 years",
        method="consensus of experts",
        source=_NSF,
    ),
    Reference(
        measure="long_awakenings",
        said="good sleep: at most one over 5 min, at most two from 65 years",
        method="consensus of experts",
        source=_NSF,
    ),
    Reference(measure="tst_min", said="10.1 min less a decade (7.5 to 12.8)", method=LABORATORY, source=_BOULOS),
    Reference(measure="se_pct", said="2.1 points less a decade (1.5 to 2.6)", method=LABORATORY, source=_BOULOS),
    Reference(measure="waso_min", said="9.7 min more a decade (6.9 to 12.4)", method=LABORATORY, source=_BOULOS),
    Reference(measure="sol_min", said="1.1 min more a decade (0.3 to 1.9)", method=LABORATORY, source=_BOULOS),
    Reference(
        measure="regularity",
        said="median 81.0, middle half 73.8 to 86.3",
        method="wrist movement classified by sleepreg",
        source=_WINDRED,
    ),
    Reference(
        measure="regularity",
        said="median 60 to 61, middle nine tenths 41 to 75",
        method="the same wrists, another classifier",
        source=_ELIFE,
    ),
)


def references(measure: str) -> tuple[Reference, ...]:
    """Return what is published of a measure.

    Examples
    --------
    >>> [r.method for r in references("regularity")]
    ['wrist movement classified by sleepreg', 'the same wrists, another classifier']
    """
    return tuple(r for r in REFERENCES if r.measure == measure)

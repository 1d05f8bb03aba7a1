"""Nights of any content, for round trips."""

import datetime as dt
from types import MappingProxyType

from hypothesis import strategies as st

from noctiflora.sleep import Night, Segment, Stage

minutes = st.one_of(st.none(), st.floats(0, 1440, allow_subnormal=False))
offsets = st.integers(-14 * 60, 14 * 60)
instants = st.datetimes(dt.datetime(2000, 1, 2), dt.datetime(2090, 1, 1)).map(lambda t: t.replace(tzinfo=dt.UTC))
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
hostile = st.sampled_from(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "''", 'a"b', "a,b\nc", "＝1"])
words = st.one_of(texts, hostile)


@st.composite
def nights(draw: st.DrawFn) -> Night:
    onset = draw(st.none() | instants)
    offset = None if onset is None else onset + draw(st.timedeltas(dt.timedelta(0), dt.timedelta(hours=20)))
    known = onset is not None
    stages = draw(st.dictionaries(st.sampled_from(list(Stage)), st.floats(0, 1440), max_size=4))
    return Night(
        date=draw(st.dates(dt.date(2000, 1, 2), dt.date(2090, 1, 1))),
        source=draw(words),
        onset=onset,
        offset=offset,
        onset_zone_offset_min=draw(offsets) if known else None,
        offset_zone_offset_min=draw(offsets) if known else None,
        tib_min=draw(minutes),
        spt_min=draw(minutes),
        tst_min=draw(minutes),
        sol_min=draw(minutes),
        waso_min=draw(minutes),
        se_pct=draw(st.none() | st.floats(0, 100)),
        awakenings=draw(st.none() | st.integers(0, 200)),
        midsleep_h=draw(st.none() | st.floats(0, 23.9)),
        stages_min=MappingProxyType(stages),
        nap=draw(st.booleans()),
        segments=(Segment(start=onset, end=offset, stage=Stage.REM),) if onset and offset else (),
        notes=tuple(draw(st.lists(words, max_size=3))),
        terminal_wake_min=draw(minutes),
        se_attempt_pct=draw(st.none() | st.floats(0, 100)),
        rating=draw(st.none() | st.floats(0, 10)),
    )

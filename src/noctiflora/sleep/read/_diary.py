"""A sleep diary as a CSV table of our own: the items of the Consensus Sleep Diary with explicit dates.

Columns (any order; only `date`, `final_awakening` and one of the first two times are needed)::

    date             date of waking up, 2024-01-31
    in_bed           got into bed, 2024-01-30T22:45 (an offset such as +01:00 may follow)
    lights_out       tried to fall asleep
    sol_min          minutes it took to fall asleep
    awakenings       how often awake in between
    waso_min         minutes awake in between, together
    final_awakening  woke up for good
    out_of_bed       got out of bed
    quality          0 (very poor) to 10 (very good)
    zone             time zone of this night, Europe/Berlin

Times without offset are read in `zone`, else in the zone the person names. TIB is from getting
into bed (else lights out) to getting out, unknown without the latter; TST is
(final awakening - lights out) - SOL - WASO.

References
----------
.. [1] Carney et al. 2012, doi:10.5665/sleep.1642
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from noctiflora.core import FormatError, InputError, RangeError, local
from noctiflora.sleep._night import Episode, Totals
from noctiflora.sleep._timeline import minutes
from noctiflora.sleep.read._csv import DAY_MIN, EMPTY, Line, header, lines, number
from noctiflora.sleep.read._format import Format, Tally, fingerprint
from noctiflora.sleep.read._when import RECORD_ZONE, Moment, cached_zone, moment, parse_stamp, wall_zone

NEEDED = frozenset({"date", "final_awakening"})
BEGINNINGS = ("in_bed", "lights_out")
TIMES = (*BEGINNINGS, "final_awakening", "out_of_bed")
HIGHEST_RATING = 10.0
MOST_AWAKENINGS = 100.0


def sniff(head: bytes) -> bool:
    """Return whether the header is that of the diary."""
    names = set(header(head))
    return names >= NEEDED and bool(names & set(BEGINNINGS))


def read(tally: Tally) -> None:
    """Read diary nights into the tally."""
    for line in lines(tally.document.text(), lambda names: names):
        tally.expect(line.number)
        try:
            if tally.zone is None and zoneless(line):
                wall_zone(None, where=tally.document.name)
            tally.episodes.append(episode(line, tally))
        except InputError as problem:
            if problem.where == tally.document.name:
                raise
            tally.refuse(f"line {line.number}", problem)
        if tally.person is None and line.cells.get("person"):
            tally.person = fingerprint("diary", line.cells["person"])


def given(line: Line, column: str) -> str:
    text = line.cells.get(column, "")
    return "" if text.lower() in EMPTY else text


def zoneless(line: Line) -> bool:
    """Return whether the row has a time of which the local clock is unknown."""
    texts = [t for t in (given(line, c) for c in TIMES) if t]
    return not given(line, "zone") and any(parse_stamp(t).utcoffset() is None for t in texts)


def episode(line: Line, tally: Tally) -> Episode:
    """Return one night of the diary, its columns named as above."""
    own = given(line, "zone")
    name = own or tally.zone
    tz = cached_zone(name) if name else None
    times = {c: moment(text, tz) for c in TIMES if (text := given(line, c))}
    began = times.get("in_bed") or times.get("lights_out")
    woke = times.get("final_awakening")
    if began is None or woke is None:
        raise FormatError(
            "going to bed or waking up is missing", found="an empty cell", do="fill it in or drop the row"
        )
    lights = times.get("lights_out", began)
    rose = times.get("out_of_bed", woke)
    order = [m.instant for m in (began, lights, woke, rose)]
    if sorted(order) != order:
        raise RangeError(
            "the times do not follow each other: in bed, lights out, final awakening, out of bed",
            found=", ".join(f"{c} {given(line, c)}" for c in times),
            do="check the dates around midnight",
        )
    _check_date(line, woke)
    notes = [m.note for m in times.values() if m.note]
    if "lights_out" not in times:
        notes.append("lights out was not written down: getting into bed is taken for it")
    if "in_bed" not in times:
        notes.append("getting into bed was not written down: time in bed begins at lights out")
    if "out_of_bed" not in times:
        notes.append("getting up was not written down: time in bed unknown")
    return Episode(
        source="diary",
        start=began.instant,
        end=rose.instant,
        start_offset_min=began.offset_min,
        end_offset_min=rose.offset_min,
        zone_basis=RECORD_ZONE if own else began.basis,
        totals=_totals(line, order, times),
        has_in_bed=True,
        key=woke.instant.date().isoformat() if not given(line, "date") else given(line, "date"),
        notes=tuple(dict.fromkeys(notes)),
    )


def _check_date(line: Line, woke: Moment) -> None:
    """Raise where the date written is not that of waking up."""
    text = given(line, "date")
    try:
        written = dt.date.fromisoformat(text)
    except ValueError:
        raise FormatError("date: this is not a date", found=text, do="write it as 2024-01-31") from None
    actual = local(woke.instant, woke.offset_min).date()
    if written != actual:
        raise RangeError("date: it must be the date of waking up", found=f"{text}, woke on {actual}", do="correct it")


def _totals(line: Line, order: Sequence[dt.datetime], times: Mapping[str, Moment]) -> Totals:
    """Return the sums the diary gives; TST only where latency and wakefulness are both written down."""
    began, lights, woke, rose = order
    sol = number(line, "sol_min", most=DAY_MIN)
    waso = number(line, "waso_min", most=DAY_MIN)
    times_awake = number(line, "awakenings", most=MOST_AWAKENINGS)
    if waso is None and times_awake == 0:
        waso = 0.0
    tst = None if sol is None or waso is None else minutes(lights, woke) - sol - waso
    if tst is not None and tst < 0:
        raise RangeError("falling asleep and lying awake take longer than the night", found=f"{sol:g} and {waso:g} min")
    return Totals(
        tib_min=minutes(began, rose) if "out_of_bed" in times else None,
        tib_unknown="out_of_bed" not in times,
        tst_min=tst,
        sol_min=sol,
        waso_min=waso,
        awakenings=None if times_awake is None else round(times_awake),
        stages_min=MappingProxyType({}),
        lights_out_min=minutes(began, lights) if "lights_out" in times else None,
        terminal_wake_min=minutes(woke, rose) if "out_of_bed" in times else None,
        rating=number(line, "quality", most=HIGHEST_RATING),
    )


DIARY = Format(label="Noctiflora sleep diary", sniff=sniff, read=read)

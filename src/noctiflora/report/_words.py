"""Numbers, dates and chances as words a tired person can read."""

import datetime as dt
import math

MINUS = "−"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SHORTEST = 3  # letters of a month's short name


def number(value: float, digits: int = 1) -> str:
    """Return a number with a true minus sign, and never "−0".

    Examples
    --------
    >>> number(-0.04), number(-2.31)
    ('0.0', '−2.3')
    """
    text = f"{value:.{digits}f}"
    if text.startswith("-"):
        text = text[1:] if float(text) == 0 else MINUS + text[1:]
    return text


def signed(value: float, digits: int = 1) -> str:
    """Return a number that shows its sign; zero has none.

    Examples
    --------
    >>> signed(2), signed(0.0, 0), signed(-4.0, 0)
    ('+2.0', '0', '−4')
    """
    text = number(value, digits)
    return text if text.startswith(MINUS) or float(text) == 0 else f"+{text}"


def of_100(chance: float | None) -> str:
    """Return a chance as "n of 100"; never 0 or 100, which no data of ours can show.

    Examples
    --------
    >>> of_100(0.957), of_100(0.001), of_100(None)
    ('96 of 100', 'fewer than 1 of 100', 'not computed')
    """
    if chance is None or not math.isfinite(chance):
        return "not computed"
    count = round(100 * chance)
    if count <= 0:
        return "fewer than 1 of 100"
    return "more than 99 of 100" if count >= 100 else f"{count} of 100"


def hours(minutes: float) -> str:
    """Return minutes as hours and minutes.

    Examples
    --------
    >>> hours(387), hours(59.7)
    ('6 h 27', '1 h 00')
    """
    whole = round(minutes)
    return f"{whole // 60} h {whole % 60:02d}"


def clock(hour: float) -> str:
    """Return a clock hour, 0 to 24, as "HH:MM".

    Examples
    --------
    >>> clock(23.999), clock(3.25)
    ('00:00', '03:15')
    """
    whole = round(hour * 60) % 1440
    return f"{whole // 60:02d}:{whole % 60:02d}"


def day(date: dt.date) -> str:
    """Return a date in full.

    Examples
    --------
    >>> day(dt.date(2026, 8, 2))
    '2 August 2026'
    """
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def short_day(date: dt.date) -> str:
    """Return a date without its year.

    Examples
    --------
    >>> short_day(dt.date(2026, 9, 2))
    '2 Sep'
    """
    return f"{date.day} {_MONTHS[date.month - 1][:_SHORTEST]}"


def span(first: dt.date, last: dt.date) -> str:
    """Return two dates, the year said once where it is the same.

    Examples
    --------
    >>> span(dt.date(2026, 8, 2), dt.date(2027, 1, 16))
    '2 August 2026 to 16 January 2027'
    >>> span(dt.date(2026, 8, 2), dt.date(2026, 9, 1))
    '2 August to 1 September 2026'
    """
    left = day(first).rsplit(" ", 1)[0] if first.year == last.year else day(first)
    return f"{left} to {day(last)}"


def count(n: int, one: str, many: str) -> str:
    """Return a count with its noun.

    Examples
    --------
    >>> count(1, "night", "nights"), count(0, "night", "nights")
    ('1 night', '0 nights')
    """
    return f"{n} {one if n == 1 else many}"

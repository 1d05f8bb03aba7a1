"""The dosing calendar as iCalendar, with titles that tell nothing to who looks over a shoulder."""

import datetime as dt

from noctiflora.trial import SeasonPlan

MINUTES = 10
"""Length of an entry in the calendar (assumed)."""


def calendar_ics(plan: SeasonPlan, *, at: dt.time, stamp: dt.datetime) -> bytes:
    """Return the evenings, the looks and the last morning as a calendar file.

    Times float: they stay at the hour of the clock wherever the person is.

    Parameters
    ----------
    plan : SeasonPlan
        The plan; nothing of the order is in it.
    at : time
        When the dose is taken.
    stamp : datetime
        When the calendar was made, with a zone.

    References
    ----------
    .. [1] RFC 5545
    """
    # Few calls need it, so it is loaded here.
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Noctiflora//season//EN")
    calendar.add("version", "2.0")

    def add(name: str, title: str, start: dt.datetime | dt.date, *, count: int = 1) -> None:
        event = Event()
        event.add("uid", f"{name}-{plan.fingerprint().hex()[:16]}@noctiflora")
        event.add("dtstamp", stamp.astimezone(dt.UTC))
        event.add("summary", title)
        event.add("dtstart", start)
        if isinstance(start, dt.datetime):
            event.add("duration", dt.timedelta(minutes=MINUTES))
        if count > 1:
            event.add("rrule", {"freq": "daily", "count": count})
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)

    for i, (code, end) in enumerate(zip(plan.codes, plan.ends, strict=True)):
        evening = plan.date_of(end - plan.bottle_nights + 1) - dt.timedelta(days=1)
        title = f"Evening: bottle {code}" if plan.blinded else f"Evening: part {i + 1}"
        add(f"bottle-{i + 1}", title, dt.datetime.combine(evening, at), count=plan.bottle_nights)
    for i, night in enumerate(plan.looks):
        add(f"look-{i + 1}", "Sit down with your helper", plan.date_of(night))
    add("last", "Last morning: sit down with your helper" if plan.blinded else "Last morning", plan.last_night)
    return bytes(calendar.to_ical())

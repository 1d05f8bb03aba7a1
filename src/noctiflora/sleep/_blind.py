"""What each kind of source cannot see, in words, so that a missing number is understood."""

from collections.abc import Sequence

SLEEP_ONLY = "begins at sleep: time in bed and time to fall asleep are unknown"
NO_WAKES = "does not tell wakefulness within the night: WASO and awakenings are unknown"

BLIND: dict[str, tuple[str, ...]] = {
    "apple": ("a watch begins at sleep; time in bed comes from the telephone or not at all",),
    "fitbit": ("a latency of zero is printed where none was measured and is taken as unknown",),
    "google": ("a latency of zero is printed where none was measured and is taken as unknown",),
    "oura": ("tells of wakes of 30 s or 5 min at the finest",),
    "garmin": (SLEEP_ONLY,),
    "whoop": ("gives minutes by stage without their order: WASO, awakenings and time to fall asleep are unknown",),
    "samsung": ("a session is taken for time in bed; time to fall asleep is known only where it is staged as awake",),
    "withings": ("a mat knows the bed, a watch only sleep: time in bed is known where a latency is printed",),
    "health connect": (SLEEP_ONLY, "a session without stages tells when, not how much, was slept"),
    "sleep as android": ("begins when tracking is started: time to fall asleep is unknown", NO_WAKES),
    "sleep cycle": ("the older layouts know of time in bed alone", NO_WAKES),
    "open mhealth": ("a duration without episode tells no onset and no end",),
    "polysomnography": ("a night in a laboratory is not a night at home",),
    "actigraphy": ("lying still awake is taken for sleep",),
    "diary: Sleepmeter": ("asks for waking up, not for getting up: time in bed and efficiency are unknown",),
    "diary: Plees Tracker": ("knows two presses of a button", NO_WAKES),
    "diary: table": (NO_WAKES,),
    "diary: chart": ("times are good to an hour", NO_WAKES),
    "diary": ("what is remembered in the morning; short wakes are forgotten",),
}
"""By how a source's name begins; sources of the statements are the readers' own texts and `Totals`."""


def blind_spots(source: str) -> Sequence[str]:
    """Return what a source cannot see, in words; empty where nothing is known of it.

    Examples
    --------
    >>> blind_spots("diary: chart")[0]
    'times are good to an hour'
    """
    key = max((k for k in BLIND if source.startswith(k)), key=len, default=None)
    return BLIND[key] if key else ()

"""Midsleep on free days corrected for sleep debt, as the Munich ChronoType Questionnaire defines it."""

from noctiflora.core import RangeError

WEEK_DAYS = 7
DAY_H = 24.0


def week_sleep_h(work_h: float, free_h: float, *, work_days: int) -> float:
    """Return the mean sleep of a week, in hours.

    Parameters
    ----------
    work_h, free_h : float
        Mean sleep on workdays and on free days, hours.
    work_days : int
        Workdays a week, 0 to 7.

    Raises
    ------
    RangeError
        If a week does not have so many workdays.

    References
    ----------
    .. [1] https://docs.ropensci.org/mctq/reference/sd_week.html

    Examples
    --------
    >>> week_sleep_h(6.0, 8.0, work_days=5)
    6.571428571428571
    """
    if not 0 <= work_days <= WEEK_DAYS:
        raise RangeError("a week has 0 to 7 workdays", where="work_days", found=str(work_days))
    return (work_h * work_days + free_h * (WEEK_DAYS - work_days)) / WEEK_DAYS


def corrected_midsleep(
    free_midsleep_h: float, *, work_h: float, free_h: float, week_h: float, alarm: bool
) -> float | None:
    """Return midsleep on free days, corrected for what is slept in then (MSFsc), local clock hours.

    Where no more is slept on free days than on workdays nothing is corrected; else half of what
    is slept beyond the mean of the week is taken off.

    Parameters
    ----------
    free_midsleep_h : float
        Midsleep on free days, clock hours.
    work_h, free_h, week_h : float
        Mean sleep on workdays, on free days, and of the week, hours.
    alarm : bool
        Whether an alarm clock ends sleep on free days.

    Returns
    -------
    float or None
        0 to 24; None with an alarm on free days: then it is not defined.

    References
    ----------
    .. [1] Roenneberg et al. 2012, doi:10.1016/j.cub.2012.03.038
    .. [2] https://docs.ropensci.org/mctq/reference/msf_sc.html

    Examples
    --------
    >>> corrected_midsleep(1.0, work_h=5.5, free_h=9.0, week_h=6.75, alarm=False)
    23.875
    """
    if alarm:
        return None
    slept_in = (free_h - week_h) / 2 if free_h > work_h else 0.0
    return (free_midsleep_h - slept_in) % DAY_H

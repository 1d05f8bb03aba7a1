"""Pathways from gut to sleep that no record of sleep can show."""

from collections.abc import Collection

from noctiflora.core import Source
from noctiflora.plan._finding import Finding, Group


def _row(pathway: str, heading: str, text: str, certainty: int, change: str, *refs: str) -> Finding:
    return Finding(
        key=pathway,
        heading=heading,
        number="",
        group=Group.NOT_MEASURED,
        text=text,
        certainty=certainty,
        would_change=change,
        sources=tuple(Source(ref=ref) for ref in refs),
    )


_STOOL = "A stool test, as a hint only."
_BLOOD = "A blood test that a doctor orders for a reason."
_NONE = "Nothing that can be measured at home."


_ROWS = (
    _row(
        "gut bacteria",
        "Your gut bacteria",
        "No stool test has been read. On average people with insomnia have somewhat other bacteria than "
        "good sleepers; the studies disagree on which, and none shows what came first.",
        1,
        _STOOL,
        "10.3390/life15071086",
        "10.3390/clockssleep5040050",
    ),
    _row(
        "SCFA and butyrate",
        "Acids from fibre",
        "Bacteria turn fibre into short acids such as butyrate, which deepened sleep in rodents. "
        "In people the studies are small and not alike.",
        1,
        _STOOL,
        "10.1038/s41598-019-43502-1",
        "10.1080/19490976.2023.2190306",
    ),
    _row(
        "serotonin via tryptophan",
        "Serotonin in the gut",
        "Gut cells make serotonin with the help of bacteria; it acts on the gut and stays out of the brain. "
        "No study ties it to sleep in people.",
        1,
        _NONE,
        "PMID 25860609",
        "10.1038/s41564-018-0337-x",
    ),
    _row(
        "kynurenine",
        "Kynurenine",
        "Most tryptophan is broken down this way, more so in inflammation. No test of it tells about sleep.",
        1,
        _BLOOD,
        "10.1177/1178646919868978",
    ),
    _row(
        "melatonin",
        "Melatonin",
        "The night signal in the blood comes from the brain's pineal gland and follows light. "
        "What the gut makes has not been shown to matter for sleep.",
        1,
        "A saliva test in dim light; the timing of your sleep already hints at it.",
        "10.1210/jc.2010-2098",
        "10.1007/s10620-014-3299-8",
    ),
    _row(
        "GABA and glutamate",
        "GABA",
        "Some gut bacteria make it. Nothing shows that it calms the brain at night.",
        1,
        _NONE,
        "10.3390/microorganisms9020378",
        "10.1038/s41564-018-0337-x",
    ),
    _row(
        "dopamine and noradrenaline",
        "Dopamine",
        "In 1,054 people the bacteria's power to make one of its products went together with better "
        "mental quality of life. Sleep was not the question.",
        1,
        _NONE,
        "10.1038/s41564-018-0337-x",
    ),
    _row(
        "histamine",
        "Histamine",
        "Some gut bacteria make it, and more of them were found in people who do not tolerate histamine. "
        "Nothing shows that histamine from the gut keeps people awake.",
        1,
        "A diary of symptoms after food; no blood test decides it.",
        "10.3390/nu14091774",
        "PMC8144954",
    ),
    _row(
        "LPS and inflammatory cytokines",
        "Inflammation",
        "Poor sleep and inflammation go together. In volunteers a little bacterial toxin deepened sleep, "
        "and more of it broke sleep up.",
        2,
        _BLOOD,
        "PMID 10749783",
        "PMC9648610",
    ),
    _row(
        "HPA axis and cortisol",
        "Stress hormone",
        "People with insomnia have somewhat higher cortisol on average. Cause or consequence is not known, "
        "and one home test cannot tell.",
        2,
        "Saliva on several days.",
        "10.1016/j.smrv.2022.101588",
    ),
    _row(
        "bile acids",
        "Bile acids",
        "In two large groups they linked insomnia with heart disease and diabetes. That is no test for you.",
        2,
        "Research only.",
        "10.1038/s41467-022-30712-x",
    ),
    _row(
        "microbial circadian rhythm",
        "The daily rhythm of your bacteria",
        "Gut bacteria rise and fall over the day, mainly with meals. What that does to sleep has not been tested.",
        1,
        "Several stool samples at set hours; your meal times already hint at it.",
        "10.1016/j.chom.2020.06.004",
        "10.1007/s00394-023-03204-x",
    ),
    _row(
        "gut barrier",
        "The gut wall",
        "One study found other blood markers in insomnia. Three very short nights did not change the gut wall "
        "of healthy men.",
        2,
        _BLOOD,
        "10.3389/fpsyt.2024.1373462",
        "10.1038/s41598-023-27463-0",
    ),
    _row(
        "vagal signalling",
        "The nerve from gut to brain",
        "In mice one strain needed this nerve to work; the same strain did nothing in a trial of 29 men. "
        "A watch's heart-rate variability does not measure it.",
        1,
        _NONE,
        "PMID 27865949",
    ),
)


def not_measured(measured: Collection[str] = ()) -> tuple[Finding, ...]:
    """Return one row per pathway that has not been measured.

    Parameters
    ----------
    measured : collection of str
        Keys of pathways that findings of their own speak of.

    Returns
    -------
    tuple of Finding
        Keys are ``"gut bacteria"`` and the pathways of the evidence.
    """
    return tuple(row for row in _ROWS if row.key not in measured)

"""How trials of one design end: a bar of four words, out of 100."""

from collections.abc import Mapping

from noctiflora.report.chart._figure import Figure
from noctiflora.report.chart._pen import Pen
from noctiflora.trial import Word

WIDTH, HEIGHT = 300.0, 22.0
_KINDS = {Word.HELPS: "seg-h", Word.DOES_NOT_HELP: "seg-n", Word.STOP: "bad-f"}
ORDER = (Word.HELPS, Word.DOES_NOT_HELP, Word.STOP, Word.CANNOT_TELL)


def endings_figure(key: str, words: Mapping[Word, float]) -> Figure:
    """Return the bar; the same numbers stand in words beside it, so it has no table.

    Parameters
    ----------
    key : str
        Unique on the page.
    words : mapping of Word to float
        Share of each word.

    Examples
    --------
    >>> endings_figure("a", {Word.HELPS: 0.2, Word.DOES_NOT_HELP: 0.3, Word.STOP: 0, Word.CANNOT_TELL: 0.5}).description
    'Of 100 such trials: 20 “helps”, 30 “does not help”, 50 “cannot tell”.'
    """
    pen = Pen()
    hatch = f"{key}-h"
    pen.hatch(hatch, kind="hatch-e")
    x = 1.0
    for word in ORDER:
        width = max(0.0, words[word]) * (WIDTH - 2)
        if width >= 1.5:
            _part(pen, word, x, width - 1, hatch)
        x += width
    return Figure(
        key=key,
        title="How such trials end",
        description=f"Of 100 such trials: {endings_said(words)}.",
        caption="",
        narrow=pen.drawing(WIDTH, HEIGHT),
    )


def endings_said(words: Mapping[Word, float]) -> str:
    """Return how many of 100 trials end in each word; "stop" only where it happens."""
    parts = [
        f"{100 * words[word]:.0f} “{word.value}”" for word in ORDER if word is not Word.STOP or 100 * words[word] >= 0.5
    ]
    return ", ".join(parts)


def _part(pen: Pen, word: Word, x: float, width: float, hatch: str) -> None:
    if word is Word.CANNOT_TELL:
        pen.hatched("seg-u", f"M{x:.1f} 1H{x + width:.1f}V{HEIGHT - 1:.1f}H{x:.1f}Z", hatch)
    else:
        pen.rect(_KINDS[word], (x, 1), width, HEIGHT - 2)

"""Draws docs/report.svg, the picture of the README: the head of the demonstration's report with two of its charts."""

import datetime as dt
import re
from html import escape
from importlib.resources import files
from pathlib import Path

from noctiflora.actions import demonstrate
from noctiflora.report import render_report

OUT = Path(__file__).parents[1] / "docs" / "report.svg"
WIDTH, HEIGHT, LETTERS = 780, 560, 52


def style() -> str:
    """Return the colours and marks of the report's own stylesheet, for a picture."""
    folder = files("noctiflora.report").joinpath("style")
    own = "text { font: 13px system-ui, sans-serif; fill: var(--text); } .big { font: 26px Georgia, serif; }"
    return "\n".join([*(folder.joinpath(f"{n}.css").read_text(encoding="utf-8") for n in ("tokens", "marks")), own])


def drawing(page: str, key: str, x: float, y: float) -> str:
    """Return one chart of the page, placed."""
    found = re.search(rf'<svg viewBox="0 0 (\d+) (\d+)"[^>]*aria-labelledby="{key}-st.*?</svg>', page, re.DOTALL)
    assert found, key
    width, height = found.group(1), found.group(2)
    inside = found.group(0).partition(">")[2]
    return f'<svg x="{x}" y="{y}" width="{width}" height="{height}" viewBox="0 0 {width} {height}">{inside}'


def lines(text: str) -> list[str]:
    """Return `text` broken into lines of at most `LETTERS` letters."""
    out = [""]
    for word in text.split():
        if len(out[-1]) + len(word) >= LETTERS:
            out.append("")
        out[-1] = f"{out[-1]} {word}".strip()
    return out


def picture() -> str:
    """Return the whole picture."""
    page = render_report(demonstrate(now=lambda: dt.datetime(2026, 1, 1, tzinfo=dt.UTC), say=lambda _: None).report)
    answer = re.search(r'<p class="[^"]*voice[^"]*">(.*?)</p>', page, re.DOTALL)
    assert answer
    words = re.sub(r"<[^>]+>", "", answer.group(1)).strip()
    head = "".join(
        f'<text class="big" x="40" y="{92 + 34 * k}">{escape(line)}</text>' for k, line in enumerate(lines(words))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(words)}">'
        f"<style>{style()}</style>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="14" fill="var(--bg)"/>'
        '<text x="40" y="46" opacity=".8">Noctiflora · sleep report of a made-up person</text>'
        f"{head}"
        f'<g transform="translate(0 {118 + 34 * (len(lines(words)) - 1)})">'
        '<text x="40" y="24">Fifty equally likely answers</text>'
        '<text x="410" y="24">From the trials of others to yours</text>'
        f"{drawing(page, 'dots', 30, 44)}{drawing(page, 'curves', 400, 44)}</g>"
        "</svg>\n"
    )


if __name__ == "__main__":
    OUT.write_text(picture(), encoding="utf-8")

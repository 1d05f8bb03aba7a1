"""Gathers every string of the web pages into the template of the catalogues."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

ROOT = Path(__file__).parents[1]
WEB = ROOT / "src" / "noctiflora" / "web"
TEMPLATE = WEB / "locales" / "noctiflora.pot"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2.ext:babel_extract")]
KEYWORDS = {"_": None, "say": None, "say_n": (1, 2), "gettext": None, "ngettext": (1, 2)}


def catalogue() -> bytes:
    """Return the template as it should be: sorted, without dates or lines, so that it changes with words only."""
    found = Catalog(project="Noctiflora", charset="utf-8")
    options = {"**/templates/**.html": {"trimmed": "true", "newstyle_gettext": "true"}}
    for _, _, message, comments, context in extract_from_dir(
        str(WEB), METHODS, options, keywords=KEYWORDS, strip_comment_tags=True
    ):
        found.add(message, None, auto_comments=comments, context=context)
    out = BytesIO()
    write_po(out, found, sort_output=True, no_location=True, omit_header=True, width=100)
    return out.getvalue()


if __name__ == "__main__":
    TEMPLATE.write_bytes(catalogue())

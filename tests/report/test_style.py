import base64
import hashlib
import re
from importlib.resources import files

from noctiflora.report._style import SHEETS, policy, stylesheet


def test_every_component_is_used_and_small() -> None:
    folder = files("noctiflora.report") / "style"
    names = {p.name.removesuffix(".css") for p in folder.iterdir() if p.name.endswith(".css")}
    assert names == set(SHEETS)
    for name in SHEETS:
        assert len((folder / f"{name}.css").read_text(encoding="utf-8")) < 6000, name


def test_the_policy_allows_this_sheet_and_nothing_else() -> None:
    digest = base64.b64encode(hashlib.sha256(stylesheet().encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy()
    assert policy().startswith("default-src 'none'")
    assert "unsafe" not in policy()


def test_the_sheet_loads_nothing_and_ends_no_element() -> None:
    assert not re.search(r"url\(|@import|@font-face|</", stylesheet())
    assert stylesheet().count("{") == stylesheet().count("}")

"""Style, script and icons."""

import re
from importlib.resources import files

from starlette.testclient import TestClient

from noctiflora.web._static import asset_path, assets


def test_every_file_is_served_under_its_hash_and_kept(client: TestClient) -> None:
    for name, asset in assets().items():
        answer = client.get(asset_path(name))
        assert answer.content == asset.body
        assert "immutable" in answer.headers["cache-control"]


def test_an_old_or_made_up_address_is_not_found(client: TestClient) -> None:
    for path in (
        "/static/000000000000/noctiflora.css",
        "/static/x/../../etc/passwd",
        "/static/x/%2e%2e%2fpyproject.toml",
    ):
        assert client.get(path).status_code == 404, path


def test_nothing_of_another_house_is_in_the_files() -> None:
    for name, asset in assets().items():
        text = asset.body.decode()
        outside = set(re.findall(r"https?://[^\s\"')]+", text)) - {"http://www.w3.org/2000/svg"}
        assert not outside, name
        assert "@import" not in text
        assert "eval(" not in text


def test_style_and_script_are_light() -> None:
    assert len(assets()["noctiflora.css"].body) < 60_000
    assert len(assets()["noctiflora.js"].body) < 20_000


def test_pages_take_ground_and_marks_from_reports_and_say_nothing_twice() -> None:
    rules = [
        line for line in assets()["noctiflora.css"].body.decode().splitlines() if line.startswith((".", "svg", ":"))
    ]
    for name in ("tokens", "ground", "marks"):
        sheet = (files("noctiflora.report") / "style" / f"{name}.css").read_text(encoding="utf-8")
        shared = [line for line in sheet.splitlines() if line.startswith((".", "svg", ":")) and line.endswith("}")]
        assert [line for line in shared if rules.count(line) != 1] == [], name

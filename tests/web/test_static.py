"""Style, script and icons."""

import re

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

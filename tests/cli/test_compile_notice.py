"""The word before the model is compiled: once, on stderr."""

import pytest

from noctiflora import axis
from noctiflora.cli._compile_notice import tell_compile


@pytest.mark.parametrize(("warm", "words"), [(True, ""), (False, "Compiling the model once, up to 20 seconds ...\n")])
def test_it_is_said_only_where_it_is_so(
    warm: bool, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(axis, "is_warm", lambda: warm)
    tell_compile()
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", words)

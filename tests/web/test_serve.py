"""The listening socket."""

import socket

import pytest

from noctiflora.core import RangeError
from noctiflora.web import _serve
from noctiflora.web._serve import _listen


def test_it_listens_on_this_machine_only() -> None:
    with _listen(0) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"


def test_a_taken_port_is_refused_and_the_usual_one_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(RangeError, match="port"):
            _listen(port)
        monkeypatch.setattr(_serve, "USUAL_PORT", port)
        with _listen(None) as other:
            assert other.getsockname()[1] != port

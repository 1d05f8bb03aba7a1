"""What is generated from the packaged model text."""

import hashlib
from importlib.resources import files

from noctiflora.axis._kernel_text import kernel_text
from noctiflora.axis._model_file import load_model, model_text

_COMPILED = ("_elementary.py", "_engine.py", "_lanes.py", "_night_columns.py", "_summary.py")
"""Files whose code the compiler takes into one object with the kernel."""


def kernel_source() -> str:
    """Return the text of ``_kernel.py``."""
    folder = files("noctiflora.axis")
    digest = hashlib.sha256(model_text().encode())
    for name in _COMPILED:
        digest.update(folder.joinpath(name).read_text(encoding="utf-8").encode())
    return kernel_text(load_model(), int.from_bytes(digest.digest()[:6], "big"))

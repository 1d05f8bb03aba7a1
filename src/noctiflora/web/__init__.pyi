"""Web: the whole loop in a browser, on this machine."""

from ._app import create_app as create_app
from ._serve import serve as serve

"""Sample: made-up people, their nights and their exports in true formats, with known truth."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

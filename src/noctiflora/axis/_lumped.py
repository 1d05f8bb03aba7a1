"""The lumped model: gut and brain meet only in the vagal signal, with one free gain.

Trial-type data cannot tell the routes of an effect apart. Here histamine, gas, immune tone and
tryptophan reach the brain no longer on routes of their own; what is left is the index of
butyrate, GABA guild, strain, immune tone and histamine that moves V, times `gV`.
"""

from types import MappingProxyType

LUMPED = MappingProxyType({"wH": 0.0, "wD": 0.0, "eSer": 0.0, "uI": 0.0, "aI": 0.0})
"""Direct couplings that are switched off; `gV` (default 1) is the gain that remains."""

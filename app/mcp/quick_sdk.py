"""The server's part of the SDK alone, for a process that does nothing but serve.

The packages of the SDK import its client and its second kind of server at once, which takes longer than a client should wait for
the first answer. Empty packages put in their place leave only the modules that are imported by name.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from types import ModuleType

from corpus.errors import OcqaError

_PACKAGES = ("mcp", "mcp.server")


def prepare_sdk() -> None:
    """Make the SDK importable quickly. Raises OcqaError where it is not installed; does nothing where it was imported before."""
    if find_spec("mcp") is None:
        raise OcqaError("the Model Context Protocol's SDK is not installed", 'install it: python -m pip install -e ".[mcp]"')
    for name in _PACKAGES:
        if name in sys.modules:
            return
        spec = find_spec(name)
        assert spec is not None and spec.submodule_search_locations is not None
        package = ModuleType(name)
        package.__path__ = list(spec.submodule_search_locations)
        package.__spec__ = spec
        sys.modules[name] = package

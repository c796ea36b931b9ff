"""Public names of a room that are loaded when they are first used: whoever asks for one pays for that one alone.

No name is known here; each room's ``__init__`` says which are its own and where they live.
"""

from __future__ import annotations

import importlib

TYPE_CHECKING = False  # its own, for loading typing takes longer than all else at the start of a command
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


def on_demand(room: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of the package `room`, which finds each name of `homes` in the module given there.

    A module must not have the name of something that another module of the room gives: Python would find the module.
    """

    def load(name: str) -> Any:  # noqa: ANN401 - a module's attribute can be anything
        if name not in homes:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{room}.{homes[name]}"), name)

    return load

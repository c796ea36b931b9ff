"""A JSON file that somebody else may have written: read with a limit and a sentence for what is wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from allegiance.errors import DataError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 2**30  # bytes; the certificate of a network of a million ties is far smaller


def read_json(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return what a JSON file holds.

    Raises:
        UsageError: there is no such file, or it can't be read.
        DataError: it is too large or no JSON; says at which line and column.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise DataError(f"{path.name} is larger than a gigabyte; that is none of our files.")
        return json.loads(path.read_text("utf-8"))
    except OSError as trouble:
        raise UsageError(f"{path} can't be read ({trouble.strerror}).") from trouble
    except json.JSONDecodeError as broken:
        raise DataError(
            f"{path.name} is no JSON: {broken.msg} in line {broken.lineno}, column {broken.colno}."
        ) from broken
    except RecursionError as broken:
        raise DataError(f"{path.name} holds lists in lists, too deep to be any file of ours.") from broken
    except UnicodeDecodeError as broken:
        raise DataError(f"{path.name} is no JSON text in UTF-8.") from broken
    except ValueError as broken:  # Python reads no number of more than some thousand digits
        raise DataError(
            f"{path.name} holds a number of thousands of digits; that is none of our files."
        ) from broken

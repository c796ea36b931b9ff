"""Networks of one's own are taken from a folder that the environment names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.coding.model import networks
from allegiance.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_that_lacks_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who names a folder of networks of his own is told what it lacks."""
    monkeypatch.setenv(networks.FOLDER_VARIABLE, str(tmp_path))
    with pytest.raises(UsageError, match=r"lacks reader\.onnx"):
        networks.load()


def test_a_whole_folder_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with all files is the one that is read from."""
    monkeypatch.setenv(networks.FOLDER_VARIABLE, str(networks.FILES))
    assert networks.load().folder == networks.FILES
    monkeypatch.delenv(networks.FOLDER_VARIABLE)
    assert networks.load().folder == networks.FILES

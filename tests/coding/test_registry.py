"""Readers by name, and what is said where something is missing."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from allegiance.coding import reader
from allegiance.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from allegiance.coding import Namer


def test_unknown_reader_is_named(namer: Namer) -> None:
    """A mistyped reader gets a suggestion."""
    with pytest.raises(UnknownNameError, match="rules"):
        reader("ruls", namer)


def test_unknown_pipeline_is_named(namer: Namer) -> None:
    """A pipeline that isn't installed is named in the error."""
    pytest.importorskip("spacy")
    with pytest.raises(UsageError, match="no_such_pipeline"):
        reader("rules", namer, pipeline="no_such_pipeline")


def test_import_stays_light() -> None:
    """Importing the room doesn't import spaCy: most commands never read a text."""
    code = "import sys, allegiance.coding; sys.exit('spacy' in sys.modules or 'yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_missing_spacy_says_what_to_install() -> None:
    """Without spaCy the sentence names the extra."""
    code = (
        "import sys; sys.modules['spacy'] = None\n"
        "from allegiance.coding import reader\n"
        "from allegiance.errors import MissingExtraError\n"
        "try: reader('rules', None)\n"
        "except MissingExtraError as missing: print(missing)"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert "allegiance[reading]" in said

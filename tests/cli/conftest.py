"""Running the command line inside the test's process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.cli import main
from running import Ran

if TYPE_CHECKING:
    from running import Run


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs `allegiance ARGUMENTS` and tells code, stdout and stderr."""

    def runner(*arguments: object) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        code = left.value.code
        assert isinstance(code, int)
        return Ran(code, captured.out, captured.err)

    return runner

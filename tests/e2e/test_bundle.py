from __future__ import annotations

import shutil
import subprocess
from importlib import resources
from pathlib import Path

import pytest

FRONTEND = Path(__file__).parents[2] / "frontend"
FILES = (
    "tsconfig.json",
    "tsconfig.test.json",
    "package.json",
    "package-lock.json",
    ".npmrc",
    "build.mjs",
    "test.mjs",
)


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the front end with its pinned packages installed, or skip."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("node and npm are not here; the bundle is tracked, so that only its makers need them")
    folder: Path = tmp_path_factory.mktemp("frontend")
    for name in ("src", "test"):
        shutil.copytree(FRONTEND / name, folder / name)
    for name in FILES:
        shutil.copy(FRONTEND / name, folder)
    installed = subprocess.run(["npm", "ci"], cwd=folder, capture_output=True, text=True, check=False)
    if installed.returncode:
        pytest.skip(f"npm could not install the pinned packages (no network?): {installed.stderr[-300:]}")
    return folder


def run(folder: Path, *command: str) -> None:
    """Run a command there and show what it said when it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_tracked_bundle_is_what_the_sources_build(workshop: Path, tmp_path: Path) -> None:
    """Building the front end anew gives the bytes that the package carries."""
    run(workshop, "npm", "run", "build", "--", str(tmp_path))
    tracked = resources.files("allegiance.report") / "bundle"
    assert {entry.name for entry in tmp_path.iterdir()} == {entry.name for entry in tracked.iterdir()}
    for built in tmp_path.iterdir():
        assert built.read_bytes() == (tracked / built.name).read_bytes(), (
            "run: npm --prefix frontend run build"
        )


def test_the_types_hold(workshop: Path) -> None:
    """The strict compiler finds nothing wrong in the sources and their tests."""
    run(workshop, "npm", "run", "types")


def test_the_modules_pass_their_own_tests(workshop: Path) -> None:
    """What needs no browser (letters of coalitions, marks in quotes, addresses, geometry, CSV) passes under Node."""
    run(workshop, "npm", "test")


def test_the_lock_names_no_host() -> None:
    """The lock file pins every package by hash and names no place to fetch it from."""
    lock = (FRONTEND / "package-lock.json").read_text("utf-8")
    assert "http" not in lock
    assert lock.count('"integrity"') == lock.count('"node_modules/')

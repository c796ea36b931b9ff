"""Every kind of file that the program reads: sound ones to begin with, and what is done with one."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest.mock import patch

import duckdb

from allegiance import coding, reading
from allegiance.analysis.certificates import asked, to_certificate, verify
from allegiance.analysis.coalitions import best_split, coalitions
from allegiance.case import Case, files_named, open_network
from allegiance.case.flows import open_flows
from allegiance.case.lakes import add_to_lake, lake_network, lake_rows, read_into_lake
from allegiance.case.readers import gazetteer, resolver
from allegiance.coding import known_pairs
from allegiance.evaluation import evaluate
from allegiance.evaluation.task import Task
from allegiance.events import formats, guess, load
from allegiance.exchange.issue_file import read_issue
from allegiance.exchange.json_file import read_json
from allegiance.exchange.routes import read_costs
from allegiance.exchange.scenario_file import read_scenarios, write_scenarios
from allegiance.model import Codebook, TextEvidence
from allegiance.naming.user_actors import read_actors
from allegiance.store import CaseFile, StatementFilter, check_case
from builders import statement
from reciting import Reciting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from allegiance.events import Resolve

FIXTURES = Path(__file__).parents[1] / "fixtures"
SHIPPED = Path(__file__).parents[2] / "src" / "allegiance"
EVENTS = FIXTURES / "events"

SCENARIOS = """
[[scenario]]
name = "Embargo"
note = "Two things happen."
[[scenario.step]]
kind = "incident"
between = ["France", "Germany"]
weight = -2.5
[[scenario.step]]
kind = "omission"
actor = "Iran"
"""
ROUTES = (
    "from,to,goods,capacity,unit,source,since,until,via\n"
    "Norway,Germany,gas,120.5,bcm,The Daily,2021,2023-04,Denmark\n"
    'Libya,Italy,oil,,,"The ""Wire""",,,\n'
)
PAYMENTS = "\n".join(
    json.dumps(one)
    for one in (
        {"id": "a", "schema": "Company", "properties": {"name": ["A Ltd"]}},
        {"id": "b", "schema": "Person", "properties": {"name": ["B"]}},
        {
            "id": "p",
            "schema": "Payment",
            "properties": {"payer": ["a"], "beneficiary": ["b"], "amount": ["100.5"], "currency": ["EUR"], "date": ["2031-04-09"]},
        },
    )
)  # fmt: skip
ACTORS = "name,kind,aliases\nVeldania,state,Veldanian;the Republic\nKesh Front,armed-group,KF\n"
COSTS = ("node,cost\nGermany,2\nIsrael,never\n", "from,to,cost\nFrance,Germany,2\nIran,Israel,never\n")
ARTICLE = (
    "Russia attacked Ukraine on Monday. “Poland supports Ukraine”, said Mr. Voss of the U.N. in Geneva.\n\n"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file.

    Attributes:
        file: the name under which one is written.
        seeds: makes sound ones.
        use: reads one to the end; an error of ours is a right answer.
        beside: files that must lie beside it.
    """

    file: str
    seeds: Callable[[], Sequence[bytes]]
    use: Callable[[Path], object]
    beside: tuple[Path, ...] = ()


# -- what is done with a file ----------------------------------------------------------------------


@cache
def _names() -> Resolve:
    return resolver(gazetteer(()))


def _rows(data_format: str) -> Callable[[Path], object]:
    def use(path: Path) -> None:
        guess(path)
        formats()[data_format].companions(path)
        for _ in load(path, data_format, _names()):
            pass

    return use


def _documents(path: Path) -> None:
    found = reading.documents(path)
    for doc in found.documents:
        assert doc.id
        assert doc.text.encode("utf-8", "surrogatepass") is not None


def _network(path: Path) -> None:
    net, _ = open_network(path, StatementFilter())
    if len(net.actors) <= 30:
        coalitions(net, time_limit=1.0)


def _flows(path: Path) -> None:
    open_flows(path, StatementFilter())


def _costs(path: Path) -> None:
    read_costs(path, nodes=b"node" in path.read_bytes()[:30])


def _scenarios(path: Path) -> None:
    write_scenarios(read_scenarios(path))


def _certificate(path: Path) -> None:
    net, _ = open_network(FIXTURES / "networks" / "petersen_enemies.csv", StatementFilter())
    verify(read_json(path), net, asked(net, None))


def _case(path: Path) -> None:
    """Ask everything, then change something."""
    for name in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + name).unlink(missing_ok=True)
    check_case(path)
    with Case(path) as case:
        case.history()
        for event in case.events():
            assert event.words
        for stmt in case.statements():
            case.explain(stmt.id)
        case.network()
        case.contributions()
        case.actors()
        case.quotes()
        case.undo()


def _archive(path: Path) -> None:
    with TemporaryDirectory() as folder:
        files_named([path], None)
        with Case(Path(folder, "a.case"), create=True) as case:
            case.add(path)


def _into_lake(path: Path) -> None:
    with TemporaryDirectory() as folder:
        for report in add_to_lake(Path(folder, "l"), [path]):
            if report.problem:
                raise report.problem


def _texts_into_lake(path: Path) -> None:
    with TemporaryDirectory() as folder:
        read_into_lake(Path(folder, "l"), path, _Make())  # type: ignore[arg-type] # as a reader is made


class _Make:
    """Makes a reader that tells nothing, so that only the reading of files is tried."""

    pipeline, tables = None, ()

    def __call__(self) -> Reciting:
        return Reciting({})


def _lake(part: str) -> Callable[[Path], object]:
    """Return what puts a file in the place of a lake's `part` and asks the lake."""

    def use(path: Path) -> None:
        with TemporaryDirectory() as folder:
            lake = Path(folder, "l")
            shutil.copytree(_sound_lake(), lake)
            (replaced,) = lake.glob(part)
            shutil.copy(path, replaced)
            lake_network(lake, StatementFilter())
            list(lake_rows(lake, "A1", StatementFilter()))

    return use


def _evaluate(data: str) -> Callable[[Path], object]:
    """Return what reads an annotated corpus, with a reader that tells nothing."""

    def use(path: Path) -> None:
        readers = {"silent": lambda *_, **__: Reciting({})}
        with (
            patch.object(coding, "READERS", readers),
            patch("allegiance.coding.registry.READERS", readers),
            patch(
                "allegiance.evaluation.pair.relate", lambda texts, *_, **__: [known_pairs._NONE] * len(texts)
            ),
        ):
            evaluate(data, Task(path, "silent", gazetteer(())))

    return use


def _evaluate_folder(data: str, file: str) -> Callable[[Path], object]:
    """Return what reads a corpus of several files, one of which is replaced."""
    read = _evaluate(data)

    def use(path: Path) -> None:
        with TemporaryDirectory() as folder:
            corpus = Path(folder, "c")
            shutil.copytree(FIXTURES / "annotated" / data, corpus)
            shutil.copy(path, corpus / file)
            read(corpus)

    return use


# -- sound files -----------------------------------------------------------------------------------


def _files(*paths: Path) -> Callable[[], Sequence[bytes]]:
    return lambda: [path.read_bytes() for path in paths]


def _texts(*texts: str) -> Callable[[], Sequence[bytes]]:
    return lambda: [text.encode() for text in texts]


@cache
def _cases() -> list[bytes]:
    made = []
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.case")
        with CaseFile(path, create=True) as file:
            with file.importing({"file": "a", "sha256": "1", "how": "x"}) as out:
                doc = next(iter(reading.documents(FIXTURES / "texts" / "articles.jsonl").documents))
                out.add_document(doc)
                out.add_statement(
                    statement(
                        "C", evidence=TextEvidence(doc.id, 0, 8, doc.text[:8]), qualifiers=(("a", "b"),)
                    )
                )
                for number in range(12):
                    out.add_statement(statement(f"N{number}"))
            file.add_actor_table("a.csv", ACTORS)
            file.review(next(file.statements()).id, "reject")
            file.undo()
        with closing(sqlite3.connect(path)) as raw:
            raw.execute("PRAGMA journal_mode = DELETE")
            made.append(path.read_bytes())
            raw.execute("PRAGMA journal_mode = WAL")
        made.append(path.read_bytes())
    return made


@cache
def _certificates() -> list[bytes]:
    net, _ = open_network(FIXTURES / "networks" / "petersen_enemies.csv", StatementFilter())
    return [json.dumps(to_certificate(net, k, best_split(net, k))).encode() for k in (None, 2)]


@cache
def _sound_lake() -> Path:
    lake = Path(_KEPT.name, "l")
    rows = Path(_KEPT.name, "edges.csv")
    rows.write_text("source,target,weight\n" + "".join(f"A{n % 5},B{n % 7},{n % 3 - 1}\n" for n in range(60)))
    list(add_to_lake(lake, [rows]))
    return lake


_KEPT = TemporaryDirectory(prefix="sound-")


def _part(pattern: str) -> Callable[[], Sequence[bytes]]:
    return lambda: [path.read_bytes() for path in _sound_lake().glob(pattern)]


def _zips() -> Sequence[bytes]:
    made = []
    for packed in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", packed) as archive:
            archive.writestr("in/edges.csv", "source,target,weight\nFrance,Germany,2\nIran,Israel,-3\n")
            archive.write(EVENTS / "gdelt1_mixed.tsv", "g.tsv")
        made.append(out.getvalue())
    return made


def _gzips() -> Sequence[bytes]:
    return [gzip.compress((EVENTS / "gdelt1_mixed.tsv").read_bytes(), mtime=0)]


@cache
def _parquets_of_texts() -> list[bytes]:
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.parquet")
        duckdb.execute(
            f"COPY (SELECT repeat('Veldania attacked Keshir on Monday. ', n) AS text, 'The Daily' AS outlet, "  # noqa: S608 - ours
            f"date '2031-04-09' + n::INT AS date FROM range(1, 30) AS r(n)) TO '{path}' (FORMAT parquet)"
        )
        return [path.read_bytes()]


_TABLES = {
    "acled": ("acled.csv",),
    "atop": ("atop_member.csv",),
    "cow-alliance": ("alliance_by_directed_yearly.csv", "alliance_by_dyad.csv", "alliance_by_member.csv"),
    "cow-mid": ("MIDB_small.csv",),
    "cow-wars": ("war_inter.csv", "war_intra.csv"),
    "dispute-years": ("dispute_years.csv",),
    "edges": ("edges_semicolon.csv", "edges_traps.csv", "edges_windows.csv"),
    "gdelt": ("gdelt1_mixed.tsv", "gdelt2_traps.CSV"),
    "gdelt-mentions": ("mentions/20180101001500.mentions.CSV",),
    "gkg": ("gkg10.csv", "gkg21.csv"),
    "gsdb": ("gsdb.csv",),
    "icews": ("icews_traps.tab",),
    "polecat": ("polecat.txt", "polecat_variant.txt"),
    "rivalries": ("rivalries_td.csv", "rivalries_tss.csv"),
    "ucdp-acd": ("ucdp_acd.csv",),
    "ucdp-ged": ("ucdp_ged.csv",),
    "unvotes": ("unvotes/un_votes.csv",),
}
_BESIDE = {
    "cow-mid": (EVENTS / "MIDA_small.csv", EVENTS / "MIDIP_small.csv"),
    "gdelt-mentions": (EVENTS / "mentions" / "20180101000000.export.CSV",),
    "unvotes": (EVENTS / "unvotes" / "un_roll_calls.csv",),
}
_CORPORA = {
    "dsa": "annotated/dsa_test.txt",
    "plover": "annotated/plover.json",
    "petrarch": "annotated/petrarch.xml",
    "gold": "gold/blind.jsonl",
    "passages": "passages/invented.jsonl",
}
_CORPUS_FOLDERS = {
    "re3d": ("Invented/documents.json", "Invented/entities.json", "Invented/relations.json"),
    "factuality": ("Invented/test.jsonl",),
}

KINDS: dict[str, Kind] = {
    **{
        f"data {name}": Kind(
            Path(files[0]).name, _files(*(EVENTS / file for file in files)), _rows(name), _BESIDE.get(name, ())
        )
        for name, files in _TABLES.items()
    },
    **{
        f"corpus {name}": Kind(Path(file).name, _files(FIXTURES / file), _evaluate(name))
        for name, file in _CORPORA.items()
    },
    **{
        f"corpus {name}/{file}": Kind(
            Path(file).name, _files(FIXTURES / "annotated" / name / file), _evaluate_folder(name, file)
        )
        for name, files in _CORPUS_FOLDERS.items()
        for file in files
    },
    "text": Kind("a.txt", _texts(ARTICLE * 3, "Title\n\n" + ARTICLE * 8), _documents),
    "html": Kind("a.html", _files(FIXTURES / "texts" / "page.html"), _documents),
    "json lines": Kind("a.jsonl", _files(FIXTURES / "texts" / "articles.jsonl"), _documents),
    "edge list": Kind("a.csv", _files(EVENTS / "edges_traps.csv", FIXTURES / "landscape" / "europe_1938.csv"), _network),
    "routes": Kind("a.csv", _texts(ROUTES), _flows),
    "payments": Kind("a.json", _texts(PAYMENTS), _flows),
    "costs": Kind("a.csv", _texts(*COSTS), _costs),
    "actors": Kind("a.csv", _files(SHIPPED / "sample" / "actors.csv", FIXTURES / "gold" / "actors.csv"), read_actors),
    "scenarios": Kind("a.toml", _texts(SCENARIOS), _scenarios),
    "issue": Kind("a.toml", _files(FIXTURES / "issues" / "emission_standards.toml"), read_issue),
    "code book": Kind("a.yaml", _files(SHIPPED / "model" / "acts.yaml"), Codebook.load),
    "certificate": Kind("a.json", _certificates, _certificate),
    "case": Kind("a.case", _cases, _case),
    "zip": Kind("a.zip", _zips, _archive),
    "gzip": Kind("a.gz", _gzips, _archive),
    "gdelt into a lake": Kind("a.CSV", _files(EVENTS / "gdelt1_mixed.tsv", EVENTS / "gdelt2_traps.CSV"), _into_lake),
    "texts into a lake": Kind("a.jsonl", _files(FIXTURES / "texts" / "articles.jsonl"), _texts_into_lake),
    "lake manifest": Kind("m.jsonl", _part("manifest.jsonl"), _lake("manifest.jsonl")),
    "lake part": Kind("a.parquet", _part("rows/*/*/*.parquet"), _lake("rows/*/*/*.parquet")),
    "parquet of texts": Kind("a.parquet", _parquets_of_texts, _texts_into_lake),
}  # fmt: skip

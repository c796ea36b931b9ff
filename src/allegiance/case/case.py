"""The case: what a user has collected, and every question that can be asked of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from allegiance.analysis.coalitions import coalitions
from allegiance.case import auditing, explaining, imports, judging
from allegiance.case.annotating import annotated
from allegiance.case.datafiles import DataSource
from allegiance.case.fingerprint import how_of
from allegiance.case.judging import known_names
from allegiance.case.memberships import counting_rows, dated_rows
from allegiance.case.panels import actor_uses, citations, frame, identifier
from allegiance.case.readers import TextReader, actor_table, resolver
from allegiance.errors import UnknownNameError
from allegiance.exchange.panel import panel
from allegiance.network import Contributions, SignedNetwork
from allegiance.store import CaseFile, StatementFilter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    import pandas as pd

    from allegiance.analysis.coalitions import CoalitionStructure
    from allegiance.case.explaining import Explanation
    from allegiance.case.imports import Provenance
    from allegiance.case.panels import ActorUse
    from allegiance.evaluation.output import Output
    from allegiance.exchange.panel import By, Panel
    from allegiance.model import Quote, Result, Statement
    from allegiance.network import CountingPolicy
    from allegiance.store import Event, History, ImportReport


class Case:
    """A case file and what can be done with it; use it as a context manager.

    Example::

        with Case(Path("gulf.case"), create=True) as case:
            case.read(Path("article.txt"), Provenance(outlet="The Daily"))
            print(case.coalitions(k=2).value.coalitions)
    """

    def __init__(self, path: Path | str, *, create: bool = False, author: str | None = None) -> None:
        """Open the case at `path`, or make it with `create`; `author` signs what is done.

        Raises:
            UsageError: there is no such case.
            CaseFileError: the file is no case, or comes from a newer version.
        """
        self.path = Path(path)
        self._file = CaseFile(self.path, create=create, author=author)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    # -- bringing in ------------------------------------------------------------------------------

    def read(
        self,
        path: Path,
        provenance: Provenance | None = None,
        *,
        reader: str = "taught",
        pipeline: str | None = None,
        progress: Callable[[int], None] = lambda _: None,
    ) -> ImportReport:
        """Read the texts in the file at `path` into statements; all of the file or nothing.

        Args:
            path: plain text, HTML, or JSON lines with one text each.
            provenance: what the file doesn't say of its origin.
            reader: name of the reader.
            pipeline: an installed spaCy pipeline to parse with instead of the usual one.
            progress: called with the number of texts done.

        Raises:
            UsageError: no such file or reader.
            DataError: no text of the file can be read.
            MissingExtraError: the reader needs a part that isn't installed.
        """
        provenance = provenance or imports.Provenance()
        history = self._file.history()
        texts = TextReader(reader, pipeline, known_names(history))
        how = how_of(
            reader=str(texts.tag),
            pipeline=pipeline,
            actors=list(history.actor_tables),
            **judging.taught(history),
            **imports.origin_of(provenance),
        )
        report = imports.import_texts(self._file, path, how, lambda: texts.read(path, provenance, progress))
        return report if report.repeated else replace(report, remarks=texts.remarks())

    def add(
        self,
        path: Path,
        data_format: str | None = None,
        *,
        codebook: Path | None = None,
        options: Mapping[str, str] | None = None,
        progress: Callable[[int], None] = lambda _: None,
    ) -> ImportReport:
        """Add the statements of a data file, or of all tables in a zip or gzip archive; all of it or nothing.

        Args:
            path: the file.
            data_format: a name of `allegiance formats`; None to look at the file.
            codebook: acts (and event codes) in the form of the shipped ``acts.yaml``, which count instead of the shipped
                ones of the same name.
            options: what to choose of the format's options, by name.
            progress: called with the number of statements done.

        Raises:
            UsageError: no such file, format or option.
            DataError: the file is not of that format, no row of it can be used, or it changed while it was read.
        """
        resolve = resolver(known_names(self._file.history()))
        source = DataSource(path, data_format, resolve, codebook, dict(options or {}))
        return imports.import_rows(self._file, path, source.how(), source.open, progress)

    def add_actors(self, path: Path) -> bool:
        """Remember a table of actors for all later reading; returns False where it was known already.

        Raises:
            DataError: the table can't be read.
        """
        return self._file.add_actor_table(path.name, actor_table(path))

    # -- changing ---------------------------------------------------------------------------------

    def review(self, stmt_id: str, verdict: str) -> Event:
        """Append a verdict (accept or reject) on a statement."""
        return self._file.review(stmt_id, verdict)

    def review_all(self, stmt_ids: Sequence[str], verdict: str) -> list[Event]:
        """Append a verdict on each of several statements, all or none.

        Raises:
            UsageError: the case has no statement of one of the ids.
        """
        return self._file.review_all(stmt_ids, verdict)

    def annotations(self, *, everything: bool = False) -> list[dict[str, Any]]:
        """Return what was reviewed as annotated passages; see `annotating.annotated`."""
        return list(annotated(self._file, everything=everything))

    def to_be_judged(self) -> tuple[list[Output], dict[str, str]]:
        """Return the statements read from texts as a human judges them, and all texts by id."""
        return auditing.outputs_of(self._file), self._file.all_texts()

    def merge_actors(self, a: str, b: str, name: str | None = None) -> Event:
        """Show two actors as one, under `name` (None: that of `a`); see `judging.merge` for errors."""
        return judging.merge(self._file, a, b, name)

    def split_actor(self, actor: str, words: str | None = None, name: str | None = None) -> Event:
        """Take a merge apart, or `words` away from an actor into one of their own; see `judging.split`."""
        return judging.split(self._file, actor, words, name)

    def alias_actor(self, actor: str, words: str) -> Event:
        """Let surface words mean an actor, here and in all later reading; see `judging.alias`."""
        return judging.alias(self._file, actor, words)

    def keep_scenario(self, name: str, toml: str) -> Event:
        """Keep a scenario as TOML, in the place of an older one of its name; an empty text takes it out."""
        return self._file.keep_scenario(name, toml)

    def undo(self) -> Event:
        """Take back the latest change and return it."""
        return self._file.undo()

    def redo(self) -> Event:
        """Bring back what was undone last and return it."""
        return self._file.redo()

    def history(self) -> History:
        """Return what is in force and what could be redone."""
        return self._file.history()

    def events(self) -> Sequence[Event]:
        """Return all that was ever done to the case, oldest first."""
        return self._file.events()

    # -- asking -----------------------------------------------------------------------------------

    def statements(self, wanted: StatementFilter | None = None) -> Iterator[Statement]:
        """Yield the statements in force that `wanted` asks for."""
        return self._file.statements(wanted)

    def sources(self) -> list[tuple[tuple[str, ...], int]]:
        """Return the source chains of statements in force with their counts, most first."""
        return self._file.sources()

    def outlets(self) -> list[str]:
        """Return the outlets and data sets whose statements are in force, sorted."""
        return sorted({chain[0] for chain, _ in self.sources()})

    def network(
        self, wanted: StatementFilter | None = None, policy: CountingPolicy | None = None
    ) -> SignedNetwork:
        """Add up the statements that `wanted` asks for."""
        wanted = wanted or StatementFilter()
        self.check_names(source=wanted.source)
        return SignedNetwork.from_counting_rows(counting_rows(self._file, wanted, policy), policy)

    def contributions(
        self, wanted: StatementFilter | None = None, policy: CountingPolicy | None = None
    ) -> Contributions:
        """Count the statements that `wanted` asks for one by one, for doubt and timelines."""
        wanted = wanted or StatementFilter()
        self.check_names(source=wanted.source)
        return Contributions.from_dated_rows(dated_rows(self._file, wanted, policy), policy)

    def actor_kinds(self) -> dict[str, str]:
        """Return the kind (state, bloc, armed-group, ...) of each actor that is known."""
        names = known_names(self._file.history())
        known = ((name, names.actor(name)) for name in self._file.actors())
        return {name: actor.kind for name, actor in known if actor}

    def actors(self) -> list[ActorUse]:
        """Return the actors of statements in force, with what is known of them, the heaviest first."""
        return actor_uses(self._file.actor_totals(), known_names(self._file.history()))

    def actor_names(self) -> list[str]:
        """Return the names of the actors of all statements in force, whether they are counted or not."""
        return self._file.actors()

    def panel(
        self,
        by: By = "year",
        *,
        all_dyads: bool = False,
        directed: bool = False,
        wanted: StatementFilter | None = None,
        policy: CountingPolicy | None = None,
    ) -> Panel:
        """Return the dyads by month or year; see `exchange.panel.panel` for what and for errors."""
        names = known_names(self._file.history())
        wanted = wanted or StatementFilter()
        counted = self.contributions(wanted, policy)
        days = wanted.since, wanted.until
        return panel(counted, by, identifier(names), days=days, all_dyads=all_dyads, directed=directed)

    def citations(self) -> list[str]:
        """Return how to cite the data sets that are in force, each once."""
        return citations(self.history())

    def to_frame(self, wanted: StatementFilter | None = None) -> pd.DataFrame:
        """Return the statements in force as a pandas frame, one row each; needs pandas."""
        return frame(self.statements(wanted))

    def quotes(self, wanted: StatementFilter | None = None) -> tuple[Quote, ...]:
        """Return the statements in force with the texts that they quote."""
        return explaining.quotes_of(self._file, self.statements(wanted))

    def quotes_of(self, stmt_ids: Iterable[str]) -> tuple[Quote, ...]:
        """Return the statements with these ids, with the texts that they quote; ids that the case doesn't have are left out."""
        found = (self._file.statement(stmt_id) for stmt_id in stmt_ids)
        return explaining.quotes_of(self._file, (stmt for stmt in found if stmt is not None))

    def coalitions(
        self,
        k: int | None = None,
        *,
        wanted: StatementFilter | None = None,
        policy: CountingPolicy | None = None,
        time_limit: float | None = None,
        seed: int = 0,
    ) -> Result[CoalitionStructure]:
        """Find the coalitions of the network of `wanted`; see `analysis.coalitions` for more."""
        return coalitions(self.network(wanted, policy), k, time_limit=time_limit, seed=seed)

    def explain(
        self,
        what: str,
        *,
        k: int | None = None,
        wanted: StatementFilter | None = None,
        policy: CountingPolicy | None = None,
        most: int | None = None,
    ) -> Explanation:
        """Show what stands behind a statement (its id), a tie ("A,B"), an actor, or a coalition ("C1"); see `explaining.explain`."""
        wanted = wanted or StatementFilter()
        return explaining.explain(self._file, what, k=k, wanted=wanted, policy=policy, most=most)

    def check_names(
        self, *, source: str | None = None, actors: Sequence[str] = (), known: Sequence[str] | None = None
    ) -> None:
        """Raise UnknownNameError, with the nearest names, for a source or actor that the case doesn't know."""
        if source is not None:
            chains = [chain for chain, _ in self.sources()]
            names = {name for chain in chains for name in chain} | {" > ".join(chain) for chain in chains}
            if source not in names:
                raise UnknownNameError("source", source, names, where=str(self.path))
        if actors:
            all_names = self._file.actors() if known is None else known
            for actor in actors:
                if actor not in all_names:
                    raise UnknownNameError("actor", actor, all_names, where=str(self.path))

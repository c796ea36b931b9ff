"""The sentences and tables that users see; no other file of the command line words an answer."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from allegiance.cli.options import joined
from allegiance.model import units

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from rich.table import Table
    from rich.text import Text

    from allegiance.analysis import CoalitionStructure
    from allegiance.analysis.certificates import NamedQuestion
    from allegiance.analysis.standing import Standing
    from allegiance.case.explaining import Explanation
    from allegiance.errors import DataError
    from allegiance.maths.certificate import Verdict
    from allegiance.model import Document, Quote, Result, Statement
    from allegiance.network import Tie
    from allegiance.store import ImportReport

SEARCHING = "searching for the best split"
MOST_PROBLEMS_SAID = 10
MOST_COALITIONS_SHOWN = 30
MOST_MEMBERS_SHOWN = 60
MOST_QUOTATIONS = 3
_STYLES = ("blue", "dark_orange", "green", "magenta", "cyan", "yellow", "red")
CLAIM_NOTE = "Each line says what a source said, not what is so."


def search_progress(value: int, bound: int) -> str:
    """Word how far a search has come."""
    return f"{SEARCHING}: violates {units(value)}, at least {units(bound)}"


def stopped(seconds: float) -> str:
    """Say that a search ended by the clock that nobody set."""
    return f"The search stopped after {seconds:g} seconds; --time-limit 600 searches longer, --time-limit inf to a proof."


def say_problems(problems: Sequence[DataError | str]) -> None:
    """Print a sentence for each of the first problems, and how many more there are."""
    from allegiance.cli.output import say  # noqa: PLC0415 - say needs no words of ours

    for problem in problems[:MOST_PROBLEMS_SAID]:
        say(f"allegiance: {problem}")
    if len(problems) > MOST_PROBLEMS_SAID:
        say(f"allegiance: ... and {len(problems) - MOST_PROBLEMS_SAID:,} more such rows.")


def left_out(count: int, file: str) -> str:
    """Word that bad rows were left out and the others used."""
    rows = "1 row" if count == 1 else f"{count:,} rows"
    return f"{rows} of {file} could not be used and {'was' if count == 1 else 'were'} left out; the others count."


def imported(report: ImportReport) -> str:
    """Word what an import did."""
    if report.repeated:
        return f"{report.file}: already in the case, read the same way; nothing was added."
    texts = f"{report.documents:,} new texts, " if report.documents else ""
    known = f" ({report.known:,} were known already)" if report.known else ""
    skipped = "".join(f"\n  left out: {count:,} {reason}" for reason, count in report.skipped)
    skipped += "".join(f"\n  {sentence}" for sentence in report.remarks)
    return f"{report.file}: {texts}{report.statements:,} new statements{known}.{skipped}"


def coalition_summary(result: Result[CoalitionStructure], stands: Standing) -> str:
    """Word value, proof and caveats of a split, and of what is read in texts for it."""
    split = result.value
    bound = int(result.lower_bound or 0)
    proof = (
        "proved: no split violates less"
        if result.proved
        else f"not proved: the least possible lies between {units(bound)} and {units(split.frustration)}"
    )
    lines = [f"Violated tie weight {units(split.frustration)} ({proof}). Method: {result.method}."]
    lines.append(stands.grounds.words)
    if split.undecided:
        lines.append(f"Another place would be as good for: {_listed(split.undecided)}.")
    if split.unaffiliated:
        lines.append(f"No tie speaks for any place of: {_listed(split.unaffiliated)}.")
    if stands.draws:
        lines.append(
            "How firmly: the lesser of what another place would violate more, and of staying there in "
            f"{stands.draws:,} draws of the {stands.by}s, each statement kept with its confidence."
        )
    if stands.thin:
        lines.append(f"Thin, on fewer than three statements or a single sentence: {_listed(stands.thin)}.")
    return "\n".join(lines)


def coalition_table(result: Result[CoalitionStructure], stands: Standing) -> Table:
    """Return the split as a table: coalition, actor, how firmly it belongs, what is said of it; who is told of thinly is pale."""
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    table = Table(title=None, header_style="bold")
    for column in ("Coalition", "Actor", "How firmly", "On what"):
        table.add_column(column, overflow="fold")
    groups = [members for members in result.value.coalitions if len(members) > 1]
    alone = [actor for members in result.value.coalitions if len(members) == 1 for actor in members]
    rows = [(f"C{number} ({len(members)})", members) for number, members in enumerate(groups, 1)]
    if alone:
        rows.append((f"alone ({len(alone)})", tuple(alone)))
    for number, (label, members) in enumerate(rows[:MOST_COALITIONS_SHOWN]):
        style = _STYLES[number % len(_STYLES)]
        for place, actor in enumerate(members[:MOST_MEMBERS_SHOWN]):
            first = Text(label if place == 0 else "", style=f"bold {style}")
            witness = stands.witnesses[actor]
            name = Text(actor, style=f"dim {style}" if witness.thin else style)
            table.add_row(first, name, _firmness(result.value, stands, actor), Text(witness.words))
        if len(members) > MOST_MEMBERS_SHOWN:
            table.add_row("", f"... and {len(members) - MOST_MEMBERS_SHOWN:,} more", "", "")
        table.add_section()
    if len(rows) > MOST_COALITIONS_SHOWN:
        table.add_row(f"... and {len(rows) - MOST_COALITIONS_SHOWN:,} more", "(--json lists all)", "", "")
    return table


def _firmness(split: CoalitionStructure, stands: Standing, actor: str) -> str:
    if actor in split.unaffiliated:
        return "no tie"
    share = stands.firmness[actor]
    bar = "█" * round(max(share, 0) * 10)
    return f"{bar:<10} {share:4.0%}"


def tie_table(ties: Iterable[Tie]) -> Table:
    """Return ties as a table."""
    rows = [
        (
            tie.a,
            "with" if tie.weight > 0 else "against" if tie.weight < 0 else "even",
            tie.b,
            f"{units(tie.weight)}",
            f"+{units(tie.positive)} -{units(tie.negative)}",
            "contested" if tie.contested else "",
            f"{tie.count:,}",
            ", ".join(tie.sources),
        )
        for tie in ties
    ]
    return _table(("A", "", "B", "weight", "parts", "", "statements", "sources"), rows)


def statement_table(quotes: Sequence[Quote]) -> Table:
    """Return statements as a table, what copies of a text tell in one row."""
    rows = [
        (
            quote.stmt.id,
            f"{quote.stmt.source} ({report})" if (report := report_in(quote)) else str(quote.stmt.source),
            quote.stmt.actor,
            _act(quote.stmt),
            quote.stmt.target,
            str(quote.stmt.date or ""),
        )
        for quote in told_once(quotes)
    ]
    return _table(("id", "source", "actor", "act", "target", "date"), rows)


def history_table(rows: Iterable[dict[str, Any]]) -> Table:
    """Return the history as a table."""
    return _table(
        ("", "when", "who", "what", "in force"),
        [
            (str(row["seq"]), row["time"], row["author"], row["words"], "yes" if row["in_force"] else "no")
            for row in rows
        ],
    )


def _act(stmt: Statement) -> str:
    sign = {1: "+", 0: "", -1: "-"}[stmt.polarity]
    return " ".join(
        filter(
            None,
            (
                sign,
                "not" if stmt.negated else "",
                stmt.act,
                "" if stmt.modality == "asserted" else f"({stmt.modality})",
            ),
        )
    )


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    from rich.table import Table  # noqa: PLC0415 - off the start-up path
    from rich.text import Text  # noqa: PLC0415

    table = Table(header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))  # Text: square brackets in names are no markup
    return table


def explanation(found: Explanation) -> Iterable[Text]:
    """Yield the lines that show an explanation."""
    from rich.text import Text  # noqa: PLC0415 - off the start-up path

    yield from facts(found.title, found.facts)
    for quote in told_once(found.quotes):
        yield from _quote(quote)
    if not found.quotes:
        yield Text("  No statement in force says anything of it.")
    if found.left_out:
        yield Text("")
        yield Text(f"  ... and {found.left_out:,} more statements; --limit N shows more, --json all of them.")


def told_once(quotes: Sequence[Quote]) -> list[Quote]:
    """Leave out what only repeats in a copy of a text what another of the quotes tells."""
    return [quote for quote in quotes if not quote.copy_of]


def report_in(quote: Quote) -> str:
    """Word in which outlets a report stands; empty where it stands in one."""
    count = len(quote.outlets)
    return f"one report in {count} outlets" if count > 1 else ""


def articles(docs: Iterable[Document]) -> Iterable[Text]:
    """Yield the lines that show what is kept of articles behind rows of data sets."""
    from rich.text import Text  # noqa: PLC0415 - off the start-up path

    for doc in docs:
        yield Text("")
        yield Text(f"context: {doc.url}", style="bold")
        yield Text(f"  {doc.title}", style="dim")
        quotations = doc.text.splitlines()
        yield from (Text(f'  "{words}"') for words in quotations[:MOST_QUOTATIONS])
        if len(quotations) > MOST_QUOTATIONS:
            yield Text(f"  and {len(quotations) - MOST_QUOTATIONS:,} more", style="dim")


def facts(title: str, found: Mapping[str, Any]) -> Iterable[Text]:
    """Yield the lines that show what is computed of something."""
    from rich.text import Text  # noqa: PLC0415 - off the start-up path

    yield Text(title, style="bold")
    for name, value in found.items():
        for line in _fact(name, value):
            yield Text(f"  {line}")


def _fact(name: str, value: Any) -> Iterable[str]:  # noqa: ANN401 - facts hold anything that JSON can
    if name == "tie" and value:
        yield f"all sources: {_tie_words(value)}"
    elif name == "by_source":
        yield from (f"{source}: {_tie_words(tie)}" for source, tie in value.items() if tie)
    elif name == "coalition":
        yield f"coalition: {', '.join(value)}"
    elif name in ("ties", "strains") and value:
        yield f"{name}:"
        yield from (f"  {tie['a']} - {tie['b']}: {_tie_words(tie)}" for tie in value)
    elif name == "firmness" and not isinstance(value, dict):
        yield f"how firmly: {value:.0%}"
    elif name == "witness":
        yield f"on what: {value['words']}"
    elif name == "place":
        yield f"violated there: {value['cost']}" + _elsewhere(value)
    elif name == "reasons" and value:
        yield "why ties are violated, if one believes the statements:"
        yield from (f"  {reason['words']}" for reason in value)
    elif name.startswith("weight_"):
        yield f"{name.replace('_', ' ')}: {value}"


def _elsewhere(place: dict[str, Any]) -> str:
    if place["other_cost"] is None:
        return ", and it has no other place"
    where = "alone" if place["other"] == "alone" else f"in {place['other']}"
    return f"; {where} it would be {place['other_cost']}"


def _tie_words(tie: dict[str, Any]) -> str:
    side = "with" if tie["weight"] > 0 else "against" if tie["weight"] < 0 else "even"
    contested = ", contested" if tie["contested"] else ""
    return f"{side} {tie['weight']} (+{tie['positive']} -{tie['negative']}, {tie['count']} statements{contested})"


def _quote(quote: Quote) -> Iterable[Text]:
    from rich.text import Text  # noqa: PLC0415 - off the start-up path

    stmt = quote.stmt
    verdict = f" [{quote.verdict}ed]" if quote.verdict else ""
    yield Text("")
    yield Text(f"{stmt.id}{verdict}  {stmt.source} ({stmt.date or 'no date'})", style="bold")
    cue = dict(stmt.qualifiers).get("cue", "")
    told = f"   by the word: {cue}" if cue else ""
    yield Text(f"  {stmt.actor} / {_act(stmt)} / {stmt.target}   weight {units(stmt.weight)}{told}")
    styles = {"actor": "bold blue underline", "target": "bold dark_orange underline"}
    marks = {
        "actor": "«{}»",
        "target": "→{}←",
    }  # marks in words too, for pipes and for those who see no colour
    line = Text('  "')
    for piece, role in quote.marked():
        line.append(marks[role].format(piece) if role else piece, style=styles.get(role, ""))
    line.append('"')
    yield line
    if told := report_in(quote):
        yield Text(f"  {told}: {', '.join(quote.outlets)}")
    where = f"; {quote.doc.url or quote.doc.title}" if quote.doc else ""
    yield Text(
        f"  read by {stmt.reader}, rule {stmt.reader.rule or '-'}, confidence {stmt.confidence:.2f}{where}",
        style="dim",
    )


def _listed(names: Sequence[str], most: int = 12) -> str:
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


IMPORTING = "reading"


def import_progress(file: str, done: int) -> str:
    """Word how far the import of a file has come."""
    return f"{file}: {done:,}"


def actors_kept(file: str) -> str:
    """Word that a table of actors is now part of the case."""
    return f"{file}: the actors are known to the case from now on."


def no_data(file: str) -> str:
    """Word that a file of a folder is no data."""
    return f"{file}: left out, it looks like none of the known formats."


def partly_imported(files: int, rows: int) -> str:
    """Word that not all could be used."""
    parts = [f"{files:,} file{'s' * (files != 1)}"] * (files > 0) + [f"{rows:,} row{'s' * (rows != 1)}"] * (
        rows > 0
    )
    return f"{' and '.join(parts)} could not be used (see above); all the rest is in the case."


def after_import(case: Path) -> str:
    """Hint at what to do with a filled case."""
    return f"Next: allegiance coalitions {case}, or allegiance report {case} -o report.html"


def viewing(source: str) -> str:
    """Word whose network is being looked at."""
    return f"{SEARCHING}: {source}"


def report_written(page: Path) -> str:
    """Say where the report is."""
    return f"Wrote {page}; open it in any browser, it needs no network."


def demo_read(statements: int, outlets: Sequence[str]) -> str:
    """Word what the demo read."""
    told = ", ".join(outlets)
    return f"An invented conflict, told in short articles by {told}: {statements} statements.\n{CLAIM_NOTE}\n"


def demo_done(case: Path, page: Path) -> str:
    """Name what the demo wrote and hint at what to try."""
    return "\n".join(
        (
            f"Wrote the case {case} and the report {page} (one file, opens offline in any browser).",
            "Try next:",
            f'  allegiance explain {case} "Veldania,Korvath"   the quotes behind a tie',
            f"  allegiance statements {case} --source 'Tarsk Lantern'",
            f"  allegiance coalitions {case} --k 2 --together Isquenia,Korvath",
            "  allegiance read my.case ARTICLE.txt --outlet 'The Daily'   your own material",
        )
    )


def heading(words: str) -> Text:
    """Return words as a heading."""
    from rich.text import Text  # noqa: PLC0415 - off the start-up path

    return Text(words, style="bold underline")


def plain(words: str) -> Text:
    """Return words as they are."""
    from rich.text import Text  # noqa: PLC0415 - off the start-up path

    return Text(words)


def format_table(rows: Iterable[dict[str, Any]]) -> Table:
    """Return the data formats as a table."""
    return _table(
        ("format", "data", "terms", "cite"),
        [(row["name"], row["title"], row["terms"], row["citation"]) for row in rows],
    )


def refused(file: str, reason: str) -> str:
    """Word that a certificate is refused."""
    return f"{file} is refused: {reason}"


def verified(verdict: Verdict, asked: NamedQuestion) -> str:
    """Word what a valid certificate shows, and of which splits."""
    least = (
        "no split violates less"
        if verdict.proved
        else f"every split violates at least {units(verdict.lower_bound)}"
    )
    return f"Valid: of the splits with {asked}, the one found violates {units(verdict.value)}, and {least}."


def certificate_written(path: Path, asked: NamedQuestion) -> str:
    """Say where the certificate is, and how to check it."""
    wishes = [("--together", pair) for pair in asked.together] + [("--apart", pair) for pair in asked.apart]
    options = "".join(f" {name} {shlex.quote(joined(pair))}" for name, pair in wishes)
    k = "" if asked.k is None else f" --k {asked.k}"
    return f"Wrote the certificate {path}; check it with: allegiance verify {path} NETWORK{k}{options}"


def sound(case: Path) -> str:
    """Word that nothing is wrong with a case."""
    return f"{case} is sound."


def unsound(case: Path, count: int) -> str:
    """Word that something is wrong with a case."""
    return f"{case} is not sound: {count:,} fault{'s' * (count != 1)}. Restore it from a copy, or add its files to a new case."

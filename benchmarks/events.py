"""Event data at scale: aggregation of a lake beside its peers, and raw GDELT text into a lake.

Prints one table. Each run is a process of its own, so that its CPU time and peak memory are its own::

    python benchmarks/events.py --events 10_000_000
    python benchmarks/events.py --events 100_000_000 --keep /big/disk
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from allegiance.lake import Lake, TieQuery
from allegiance.lake.engines import write_ties
from allegiance.lake.manifest import Commit, Input, Member, Part

ACTORS, OUTLETS, YEARS = 3_000, 20_000, 10
SEED_STEP = 1_000_003
PANDAS_MOST = 5_000_000
SUMS = (
    "sum(CASE WHEN tenths > 0 THEN tenths ELSE 0 END)::BIGINT positive, "
    "sum(CASE WHEN tenths < 0 THEN -tenths ELSE 0 END)::BIGINT negative, count(*) AS count"
)


# -- what is measured -----------------------------------------------------------------------------


def make_lake(folder: Path, events: int) -> None:
    """Make a lake of invented events in the shape of GDELT's: actors and outlets by Zipf's law, ten years, one file each.

    A name of rank r is drawn in proportion to 1/r: of 3,000 actors for either side, and of 20,000 outlets.
    """
    import duckdb

    folder.mkdir(parents=True)
    lake = Lake.open(folder / "lake", create=True)
    parts = []
    per_year = events // YEARS
    for year in range(2015, 2015 + YEARS):
        path = lake.path / "rows" / "dataset=gdelt" / f"year={year}" / "invented.parquet"
        path.parent.mkdir(parents=True)
        draws = ", ".join(
            f"hash(i * 8 + {salt} + {year * SEED_STEP}) / 18446744073709551616.0 AS u{salt}"
            for salt in range(5)
        )

        def zipf(draw: str, names: int) -> str:
            return f"floor(exp({draw} * {math.log(names)}))::INT"

        duckdb.execute(
            f"""COPY (
            SELECT 'gdelt' AS dataset, {year}::SMALLINT AS year, date_trunc('month', day)::DATE AS month, day AS date,
                day AS last, 'GDELT' AS source, 'outlet' || {zipf("u3", OUTLETS)} || '.example' AS outlet, '' AS speaker,
                'Invented actor ' || {zipf("u1", ACTORS)} AS actor, 'consult' AS act, '040' AS code,
                'Invented actor ' || ({zipf("u2", ACTORS)} + 1) AS target, 1::TINYINT AS polarity, 10::BIGINT AS weight,
                ((u4 * 20)::INT - 10)::BIGINT * 10 AS tenths, 'asserted' AS modality, false AS negated,
                1.0::DOUBLE AS confidence, 'invented.CSV' AS file, 'GLOBALEVENTID ' || i AS row, NULL::VARCHAR AS quote
            FROM (SELECT i, u1, u2, u3, u4, (DATE '{year}-01-01' + (u0 * 364)::INT)::DATE AS day
                FROM (SELECT i, {draws} FROM range({per_year}) t(i)))
            ) TO '{path}' (FORMAT parquet, COMPRESSION zstd)"""
        )
        parts.append(
            Part(path.relative_to(lake.path).as_posix(), per_year, f"{year}-01-01", f"{year}-12-31", 0)
        )
    rows = per_year * YEARS
    member = Member("invented.CSV", "gdelt", rows, rows, rows)
    lake.manifest.append(
        lake.path, Commit("invented", "", (Input("invented.CSV", "", 0, "", (member,)),), tuple(parts))
    )


def ours(lake: Path, out: Path, engine: str = "duckdb") -> None:
    """Add up with the program."""
    write_ties(Lake.open(lake), TieQuery(), out, engine=engine)


def raw_duckdb(lake: Path, out: Path) -> None:
    """Add up with the SQL that one would write by hand."""
    import duckdb

    with duckdb.connect(config={"memory_limit": "6GB", "temp_directory": str(out.parent)}) as db:
        db.execute("SET enable_progress_bar = false")
        db.execute(
            f"COPY (SELECT source, month, actor, target, {SUMS}, count(DISTINCT outlet) AS outlets "
            f"FROM '{lake}/rows/*/*/*.parquet' WHERE tenths <> 0 GROUP BY ALL) TO '{out}' (FORMAT parquet, COMPRESSION zstd)"
        )


def scan(lake: Path, out: Path) -> None:  # noqa: ARG001 - one signature for all
    """Read the columns that the aggregation needs, and no more."""
    import duckdb

    with duckdb.connect() as db:
        db.execute(
            "SELECT max(source), max(month), max(actor), max(target), max(outlet), sum(tenths) "
            f"FROM '{lake}/rows/*/*/*.parquet'"
        ).fetchall()


def raw_polars(lake: Path, out: Path) -> None:
    """Add up with Polars as its guide has it."""
    import polars as pl

    tenths = pl.col("tenths")
    (
        pl.scan_parquet(f"{lake}/rows/*/*/*.parquet", hive_partitioning=False)
        .filter(tenths != 0)
        .group_by("source", "month", "actor", "target")
        .agg(
            tenths.clip(lower_bound=0).sum().alias("positive"),
            (-tenths).clip(lower_bound=0).sum().alias("negative"),
            pl.len().alias("count"),
            pl.col("outlet").n_unique().alias("outlets"),
        )
        .collect(engine="streaming")
        .write_parquet(out)
    )


def raw_pandas(lake: Path, out: Path) -> None:
    """Add up with pandas as most users do."""
    import pandas as pd

    columns = ["source", "month", "actor", "target", "outlet", "tenths"]
    frame = pd.concat(
        pd.read_parquet(path, columns=columns) for path in sorted(lake.glob("rows/*/*/*.parquet"))
    )
    frame = frame[frame.tenths != 0]
    frame = frame.assign(positive=frame.tenths.clip(lower=0), negative=(-frame.tenths).clip(lower=0))
    (
        frame.groupby(["source", "month", "actor", "target"])
        .agg(
            positive=("positive", "sum"),
            negative=("negative", "sum"),
            count=("tenths", "size"),
            outlets=("outlet", "nunique"),
        )
        .reset_index()
        .to_parquet(out)
    )


def make_text(sample: Path, path: Path, rows: int) -> None:
    """Write a GDELT file of `rows` rows: those of a real file again and again, with their own keys, over 60 days."""
    lines = [line.split("\t") for line in sample.read_text("utf-8").splitlines()]
    first = dt.date(2018, 1, 1)
    with path.open("w", encoding="utf-8") as out:
        for number in range(rows):
            fields = lines[number % len(lines)]
            fields[0] = str(700_000_000 + number)
            fields[1] = f"{first + dt.timedelta(days=number // 20_000 % 60):%Y%m%d}"
            fields[59] = "20190101000000"
            out.write("\t".join(fields) + "\n")


def text(path: Path, out: Path) -> None:
    """Add a GDELT file to a new lake."""
    from allegiance.case.lakes import add_to_lake

    for report in add_to_lake(out, [path], data_format="gdelt"):
        assert report.problem is None, report.problem


JOBS = {
    "ours (Narwhals on DuckDB)": ours,
    "raw DuckDB SQL": raw_duckdb,
    "bare scan of the columns": scan,
    "Polars": raw_polars,
    "ours (Narwhals on Polars)": lambda lake, out: ours(lake, out, "polars"),
    "pandas": raw_pandas,
    "raw text to lake": text,
}


# -- measuring ------------------------------------------------------------------------------------


def measured(job: str, given: Path, out: Path) -> dict[str, float]:
    """Run a job in a process of its own; returns CPU seconds, seconds and peak memory in GB."""
    ran = subprocess.run(
        [sys.executable, __file__, "--job", job, str(given), str(out)],
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        print(f"{job}: {ran.stderr.strip()[-300:] or ran.returncode}", file=sys.stderr)
        return {"cpu": math.nan, "seconds": math.nan, "memory": math.nan}
    found: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return found


def run_job(job: str, given: Path, out: Path) -> None:
    """Run a job here and print what it took."""
    begun = time.perf_counter()
    JOBS[job](given, out)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "cpu": used.ru_utime + used.ru_stime,
                "seconds": time.perf_counter() - begun,
                "memory": _peak(),
            }
        )
    )


def _peak() -> float:
    """Return the most memory that this process ever held, in GB; what getrusage tells begins with the parent's."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1e6


def same(one: Path, two: Path) -> bool:
    """Return whether two files of ties hold the same rows."""
    import duckdb

    columns = "source, month, actor, target, positive, negative, count, outlets"
    left, right = (f"(SELECT {columns} FROM '{path}')" for path in (one, two))
    return duckdb.execute(f"SELECT count(*) FROM ({left} EXCEPT ALL {right})").fetchall() == [(0,)]


def main() -> None:
    """Make the data, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--rows", type=int, default=500_000, help="rows of raw text")
    parser.add_argument(
        "--sample", type=Path, help="a real GDELT 2.0 export file; without it no raw text is measured"
    )
    parser.add_argument("--keep", type=Path, help="a folder for the data, kept and used again")
    parser.add_argument("--skip", action="append", default=[], help="leave a job out (its name)")
    parser.add_argument("--job", nargs=3, metavar=("JOB", "IN", "OUT"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.job:
        run_job(given.job[0], Path(given.job[1]), Path(given.job[2]))
        return
    folder = given.keep or Path(tempfile.mkdtemp(prefix="allegiance-events-"))
    try:
        data = folder / f"{given.events}"
        if not data.exists():
            make_lake(data, given.events)
        print(f"{given.events:,} invented events, {os.cpu_count()} cores\n")
        print("| what | CPU s | s | peak GB | same answer |\n|---|---|---|---|---|")
        reference = data / "ours.parquet"
        for job in JOBS:
            if (
                job == "raw text to lake"
                or job in given.skip
                or (job == "pandas" and given.events > PANDAS_MOST)
            ):
                continue
            out = reference if job.startswith("ours (Narwhals on DuckDB") else data / "peer.parquet"
            took = measured(job, data / "lake", out)
            checked = (
                "" if out == reference or not out.exists() else ("yes" if same(reference, out) else "NO")
            )
            print(
                f"| {job} | {took['cpu']:.1f} | {took['seconds']:.1f} | {took['memory']:.2f} | {checked} |",
                flush=True,
            )
            if out != reference:
                out.unlink(missing_ok=True)
        if given.sample:
            path = folder / "text.CSV"
            make_text(given.sample, path, given.rows)
            shutil.rmtree(folder / "text-lake", ignore_errors=True)
            took = measured("raw text to lake", path, folder / "text-lake")
            rate = given.rows / took["cpu"] / 1e6
            print(f"| raw text to lake, {given.rows:,} rows: {rate:.2f} M rows/CPU s | {took['cpu']:.1f} | {took['seconds']:.1f} |"
                  f" {took['memory']:.2f} | |")  # fmt: skip
            shutil.rmtree(folder / "quarter", ignore_errors=True)
            took = measured("raw text to lake", given.sample, folder / "quarter")
            print(
                f"| one 15-minute file to lake | {took['cpu']:.1f} | {took['seconds']:.1f} | {took['memory']:.2f} | |"
            )
    finally:
        if given.keep is None:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()

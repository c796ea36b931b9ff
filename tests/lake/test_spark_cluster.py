"""A real Spark standalone cluster on loopback: a master and two workers, one of which is killed at work."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from allegiance.lake import Lake, TieQuery
from allegiance.lake.engines import write_ties
from allegiance.lake.row import NAMES
from allegiance.lake.texts import TextTask, code_here, code_on_spark
from lake.conftest import gdelt_file
from lake.test_texts import Parrot, article, plain_document
from lake.test_ties import read_ties

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from allegiance.lake import AddReport

    Add = Callable[..., list[AddReport]]

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]
_START = 90  # seconds until a daemon is given up on


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Cluster:
    """A master and its workers, each in a process group of its own, so that a kill takes the executors along."""

    home: Path
    folder: Path
    master: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        """Start all three and wait until they know each other."""
        port = _free_port()
        self.master = f"spark://127.0.0.1:{port}"
        master = self._daemon(
            "master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"
        )
        self._wait(master, "I have been elected leader")
        for _ in range(2):
            worker = self._daemon(
                *(
                    "worker.Worker",
                    "--host",
                    "127.0.0.1",
                    "--cores",
                    "1",
                    "--memory",
                    "768m",
                    "--webui-port",
                    "0",
                ),
                self.master,
            )
            self._wait(worker, "Successfully registered with master")

    def kill_worker(self) -> None:
        """Kill the first worker and its executors as a failing machine would."""
        os.killpg(self.processes[1].pid, signal.SIGKILL)
        self.processes[1].wait()

    def stop(self) -> None:
        """End what was started here, and nothing else."""
        for process in reversed(self.processes):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _log(self, number: int) -> Path:
        return self.folder / f"{number}.log"

    def _daemon(self, name: str, *arguments: str) -> int:
        number = len(self.processes)
        environment = os.environ | {
            "SPARK_HOME": str(self.home),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_WORKER_DIR": str(self.folder / f"work-{number}"),
            "PYSPARK_PYTHON": sys.executable,
        }
        with self._log(number).open("wb") as log:
            self.processes.append(
                subprocess.Popen(
                    [str(self.home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *arguments],
                    env=environment,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            )
        return number

    def _wait(self, number: int, words: str) -> None:
        end = time.monotonic() + _START
        while words not in self._log(number).read_text("utf-8", "replace"):
            if time.monotonic() > end or self.processes[number].poll() is not None:
                pytest.skip(f"a Spark daemon doesn't start here: {self._log(number).read_text()[-500:]}")
            time.sleep(0.1)


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """Give a running cluster, or skip where Java or PySpark is missing."""
    pyspark = pytest.importorskip("pyspark", reason="PySpark is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not here")
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv(
        "PYSPARK_SUBMIT_ARGS",
        "--conf spark.driver.host=127.0.0.1 --conf spark.driver.bindAddress=127.0.0.1 --conf spark.executor.memory=512m "
        "--conf spark.sql.files.openCostInBytes=67108864 --conf spark.sql.shuffle.partitions=4 "
        "--conf spark.executorEnv.SPARK_LOCAL_IP=127.0.0.1 --driver-memory 512m pyspark-shell",
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    folder = tmp_path / "spark"
    folder.mkdir()
    running = Cluster(Path(pyspark.__file__).parent, folder)
    try:
        running.start()
        yield running
    finally:
        running.stop()


def _kill_at_work(cluster: Cluster, done: threading.Event) -> list[int]:
    """Kill a worker as soon as tasks of a job have been finished and others have not; returns what was seen then."""
    from pyspark import SparkContext  # noqa: PLC0415 - may be missing

    while not done.is_set():
        context = SparkContext._active_spark_context
        # The context is announced before its Java half stands.
        tracker = context.statusTracker() if context is not None and hasattr(context, "_jsc") else None
        for stage in () if tracker is None else tracker.getActiveStageIds():
            info = tracker.getStageInfo(stage) if tracker is not None else None
            if info is not None and 0 < info.numCompletedTasks < info.numTasks:
                cluster.kill_worker()
                return [info.numCompletedTasks, info.numTasks]
        time.sleep(0.005)
    return []


def test_a_cluster_that_loses_a_worker_gives_the_same_integers(
    tmp_path: Path, add: Add, cluster: Cluster
) -> None:
    """While one of two workers is killed in the middle of the aggregation, the answer is that of DuckDB, to the last digit."""
    lake = tmp_path / "lake"
    for number in range(24):
        add(lake, [gdelt_file(tmp_path / f"{number}.CSV", 400, first=400 * number)])
    opened = Lake.open(lake)
    write_ties(opened, TieQuery(), tmp_path / "one.parquet")
    done = threading.Event()
    seen: list[int] = []
    killer = threading.Thread(target=lambda: seen.extend(_kill_at_work(cluster, done)))
    killer.start()
    try:
        write_ties(opened, TieQuery(), tmp_path / "two.parquet", engine="spark", master=cluster.master)
    finally:
        done.set()
        killer.join()
    assert seen, "the job ended before a worker could be killed"
    assert read_ties(tmp_path / "one.parquet") == read_ties(tmp_path / "two.parquet")


def test_texts_are_coded_alike_here_and_on_a_cluster(tmp_path: Path, cluster: Cluster) -> None:
    """The same function gives the same rows in this process and in `mapInPandas` on the cluster."""
    pytest.importorskip("pandas", reason="mapInPandas needs pandas")
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(article(number) for number in range(150)) + "\nno json\n")
    task = TextTask(path.name, Parrot, plain_document)

    def rows(batches: Iterator[dict[str, list[object]]]) -> list[tuple[str, ...]]:
        return sorted(
            tuple(str(value) for value in row)
            for batch in batches
            for row in zip(*(batch[name] for name in ("problem", *NAMES)), strict=True)
        )

    assert rows(code_here(path, task, 1)) == rows(code_on_spark(path, task, cluster.master))

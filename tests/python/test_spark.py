"""Spark on two executor processes gives what one process gives, to the last bit, also where an executor is lost."""

import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

import sayso

pyspark = pytest.importorskip("pyspark")
import sayso.spark  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

#: Claims of the large case; ten on a question, from 2,000 sources.
CLAIMS = int(os.environ.get("SAYSO_SPARK_CLAIMS", "1000000"))


def world(claims: int) -> pa.Table:
    """Claims of a made-up world, in no order: bounds mixed, a fifth with a chain, dates, figures revised."""
    random = np.random.default_rng(7)
    questions, sources = claims // 10, max(20, min(2000, claims // 50))
    question = random.integers(0, questions, claims)
    source = random.integers(0, sources, claims)
    truth = np.exp(random.normal(7, 2, questions))
    error = random.normal(0, 0.05 + 0.4 * (np.arange(sources) % 10) / 10)
    meant = truth[question] * np.exp(error[source] + random.normal(0, 0.2, claims))
    figure = np.maximum(1, np.round(meant, -1)).astype(np.int64).astype(str)
    form = random.choice(["", "about ", "at least ", "more than ", "up to "], claims, p=[0.6, 0.15, 0.1, 0.1, 0.05])
    estimate = np.char.add(form, figure)
    estimate[random.random(claims) < 0.02] = "unknown"
    via = np.where(random.random(claims) < 0.2, np.char.add("Agency ", (source % 37).astype(str)), "")
    via[random.random(claims) < 0.02] = "anonymous: officials"
    day = random.integers(0, 300, claims).astype("timedelta64[D]") + np.datetime64("2024-01-01")
    return pa.table({
        "claim": np.char.add("c", np.arange(claims).astype(str)),
        "question": np.char.add("event ", question.astype(str)),
        "publisher": np.char.add("Outlet ", source.astype(str)),
        "estimate": estimate,
        "via": via,
        "published": pa.array(day),
    })


def one_process(claims: pa.Table) -> tuple[pa.Table, pa.Table]:
    case = sayso.Case.from_frame(claims)
    return case.consensus().to_pyarrow(), case.sources().to_pyarrow()


def equal(found: pa.Table, expected: pa.Table) -> None:
    """Every value, in the same order, to the last bit."""
    assert found.column_names == expected.column_names
    assert found.num_rows == expected.num_rows
    for name in expected.column_names:
        left, right = found[name].combine_chunks(), expected[name].combine_chunks()
        if pa.types.is_floating(right.type):
            bits = [column.fill_null(0.0).to_numpy(zero_copy_only=False).view(np.int64) for column in (left, right)]
            assert left.is_null().equals(right.is_null()) and (bits[0] == bits[1]).all(), name
        else:
            assert left.cast(right.type).equals(right), name


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory):
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    work = tmp_path_factory.mktemp("spark")
    os.environ["SPARK_WORKER_DIR"] = str(work)
    session = (
        SparkSession.builder.master("local-cluster[2,1,1536]")
        .appName("sayso")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.memory", "1g")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.local.dir", str(work))
        .config("spark.sql.warehouse.dir", str(work / "warehouse"))
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "5000")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def executors() -> list[int]:
    """The processes of the executors of this session."""
    found = subprocess.run(["pgrep", "-f", "CoarseGrainedExecutorBackend"], capture_output=True, text=True)
    return [int(line) for line in found.stdout.split()]


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, pa.Table, pa.Table]:
    claims = world(CLAIMS)
    path = tmp_path_factory.mktemp("large") / "claims.parquet"
    # In groups, so that Spark reads them in parts of its own.
    pq.write_table(claims, path, row_group_size=max(1, CLAIMS // 7))
    return str(path), *one_process(claims)


def test_every_value_is_that_of_one_process(spark: SparkSession, large) -> None:
    path, consensus, sources = large
    learned = sayso.spark.learn(spark.read.parquet(path))
    equal(learned.consensus().toArrow(), consensus)
    equal(learned.sources().toArrow(), sources)
    assert consensus.num_rows > CLAIMS // 11 and pc.sum(consensus["q50"].is_valid()).as_py() > CLAIMS // 20
    learned.unpersist()


def test_a_job_that_loses_an_executor_in_an_iteration_ends_with_the_same_result(
    spark: SparkSession, large, tmp_path: pathlib.Path
) -> None:
    path, consensus, _ = large
    before = executors()
    assert len(before) == 2
    killed = []

    def kill() -> None:
        time.sleep(0.15)
        os.kill(before[0], signal.SIGKILL)
        killed.append(before[0])

    def on_sweep(number: int) -> None:
        # The next sweep begins at once; the executor goes in the middle of it.
        if number == 2:
            threading.Thread(target=kill).start()

    found = sayso.spark.learn(spark.read.parquet(path), checkpoint=str(tmp_path), on_sweep=on_sweep).consensus()
    equal(found.toArrow(), consensus)
    assert killed and killed[0] not in executors()


# Of more than sixteen parts the evidence is thinned out on its way.
@pytest.mark.parametrize("partitions", [1, 5, 18])
def test_parts_and_kinds_of_columns_leave_no_trace(spark: SparkSession, partitions: int) -> None:
    claims = world(3000)
    claims = claims.set_column(3, "estimate", pc.replace_substring_regex(claims["estimate"], "^(about|up to) ", ""))
    expected, sources = one_process(claims)
    frame = spark.createDataFrame(claims.to_pandas()).repartition(3)
    learned = sayso.spark.learn(frame, partitions=partitions)
    equal(learned.consensus().toArrow(), expected)
    equal(learned.sources().toArrow(), sources)
    dated = sayso.spark.consensus(frame, as_of="2024-03", partitions=partitions).toArrow()
    equal(dated, sayso.Case.from_frame(claims).consensus(as_of="2024-03").to_pyarrow())


def test_claims_without_ids_get_some(spark: SparkSession) -> None:
    rows = [("q2", "A", 5.0), ("q10", "B", 7.0), ("q2", "B", 6.0)]
    found = sayso.spark.consensus(spark.createDataFrame(rows, ["question", "publisher", "estimate"])).toArrow()
    assert found["question"].to_pylist() == ["q2", "q10"] and found["origins"].to_pylist() == [2, 1]


def test_errors_of_all_parts_come_together(spark: SparkSession) -> None:
    rows = [(f"k{n}", f"q{n}", "A", "12 of what" if n % 2 else "5") for n in range(8)]
    frame = spark.createDataFrame(rows, ["claim", "question", "publisher", "estimate"])
    with pytest.raises(sayso.CaseError) as raised:
        sayso.spark.consensus(frame, partitions=3)
    told = str(raised.value)
    assert all(f"claim k{n}:" in told for n in (1, 3, 5, 7)) and "claim k2" not in told
    with pytest.raises(ValueError, match="no column publisher"):
        sayso.spark.consensus(frame.drop("publisher"))
    with pytest.raises(ValueError, match="partitions"):
        sayso.spark.learn(frame, partitions=0)

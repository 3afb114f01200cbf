"""Ranges for claims that one machine cannot hold, on Apache Spark.

>>> ranges = sayso.spark.consensus(claims)      # a DataFrame of claims in, one of ranges out  # doctest: +SKIP

Rows are put into the order of their questions once. Then the steps of the library run over them (`sayso::parts`, the
same code that one process runs), and between steps only small blocks travel:

1. survey: which sources each part names, its latest date, how many questions it has;
2. evidence: of the questions that sources may be learned on, a bounded number for each source;
3. sweeps, until nothing changes: each part judges its sources by the table of sources, which is broadcast, and the sums
   of all parts make the next table;
4. answers: each part gives the ranges of its questions.

Questions never stand in two parts, and one that goes on in the next batch waits for it. Every value is the one that
`Case.consensus` gives in one process, to the last bit. A share of another question ("half of q1") has to stand in the
same piece of a part as that question, which nothing here sees to: it is an error where it does not. Tables of sources,
questions and settled values are not read.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from os import PathLike

import pyarrow as pa
from pyspark import StorageLevel
from pyspark.broadcast import Broadcast
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T
from pyspark.sql.pandas.types import from_arrow_schema

from . import _sayso

__all__ = ["Learned", "consensus", "learn", "sources"]

_log = logging.getLogger(__name__)

_KEY = _sayso.KEY
#: The part that a row stands in. A task may run over several parts, so its own number does not tell.
_PART = "__sayso_part"
#: Parts whose evidence comes to the driver as it is; of more it is thinned out on the way.
_FAN_IN = 16


def consensus(
    claims: DataFrame,
    *,
    as_of: str | None = None,
    settings: str | PathLike[str] | None = None,
    partitions: int | None = None,
    checkpoint: str | None = None,
) -> DataFrame:
    """The range of every question.

    Parameters
    ----------
    claims : DataFrame
        The columns of claims.csv; `question`, `publisher` and `estimate` are required. Where there is no column `claim`,
        claims are told by a number that grows in the order of rows. Ids are compared within a piece of a part only.
    as_of, settings, partitions, checkpoint
        As for `learn`.

    Returns
    -------
    DataFrame
        A row for each question, in their order, with the columns of consensus.csv; quantiles are in the unit of the
        question. Sources are learned at once. Ranges are computed each time they are asked for, so cache them where that
        is more than once. The ordered claims stay with the executors; `learn` gives something that lets them go.

    Raises
    ------
    CaseError
        Where the claims have errors; `problems` has those of all parts, by the ids of claims.
    ValueError
        Where a required column is missing.
    """
    return learn(claims, as_of=as_of, settings=settings, partitions=partitions, checkpoint=checkpoint).consensus()


def sources(
    claims: DataFrame,
    *,
    as_of: str | None = None,
    settings: str | PathLike[str] | None = None,
    partitions: int | None = None,
    checkpoint: str | None = None,
) -> DataFrame:
    """What is learned of every source: the columns of sources.csv. Parameters and errors as for `consensus`."""
    learned = learn(claims, as_of=as_of, settings=settings, partitions=partitions, checkpoint=checkpoint)
    learned.unpersist()
    return learned.sources()


def learn(
    claims: DataFrame,
    *,
    as_of: str | None = None,
    settings: str | PathLike[str] | None = None,
    partitions: int | None = None,
    checkpoint: str | None = None,
    on_sweep: Callable[[int], None] | None = None,
) -> Learned:
    """Learns of the sources; what is learned answers as often as it is asked.

    Parameters
    ----------
    claims : DataFrame
        As for `consensus`.
    as_of : str, optional
        Only claims published by that date.
    settings : path, optional
        A TOML file of constants on the driver.
    partitions : int, optional
        Parts of questions; by default three for each core that Spark has.
    checkpoint : str, optional
        A folder that all executors reach, which becomes that of the context. The ordered rows and the evidence are kept
        there, so that what a lost executor held is read again instead of computed again.
    on_sweep : callable, optional
        Told the number of each sweep when it is done.

    Raises
    ------
    CaseError, ValueError
        As for `consensus`; ValueError too where `partitions` is less than 1.

    Notes
    -----
    The logger `sayso.spark` tells at level INFO how long each step took.
    """
    context = claims.sparkSession.sparkContext
    names = {name.strip().lower() for name in claims.columns}
    if missing := [name for name in ("question", "publisher", "estimate") if name not in names]:
        raise ValueError(f"the claims have no column {' and no column '.join(missing)}")
    if partitions is not None and partitions < 1:
        raise ValueError("partitions must be 1 at least")
    if checkpoint is not None:
        context.setCheckpointDir(checkpoint)
    with _timed("ordering"):
        rows = _kept(_ordered(claims, partitions or max(2, 3 * context.defaultParallelism)), checkpoint)
        rows.count()
    with _timed("survey"):
        surveys = rows.mapInArrow(_survey, "part int, survey binary").collect()
    surveys.sort(key=lambda row: row.part)
    try:
        whole, questions, problems = _sayso.gather([bytes(row.survey) for row in surveys], as_of, settings)
    except ValueError:
        rows.unpersist()
        raise
    before = {row.part: count for row, count in zip(surveys, questions, strict=True)}

    sent = context.broadcast(bytes(whole))
    with _timed("evidence"):
        evidence = rows.mapInArrow(_evidence(sent, before), "position long, evidence binary")
        evidence = _kept(_thinned(evidence), checkpoint)
        learning = _sayso.Learning(whole, evidence.toArrow().to_batches())
    while not learning.is_over:
        with _timed(f"sweep {learning.sweeps + 1}"):
            table = context.broadcast(bytes(learning.to_bytes()))
            sums = evidence.mapInArrow(_sweep(table), "sums binary").collect()
            learning.take([bytes(row.sums) for row in sums])
            table.destroy()
        if on_sweep is not None:
            on_sweep(learning.sweeps)
    evidence.unpersist()
    return Learned(rows, learning, before, problems)


class Learned:
    """What was learned of the sources, and the claims that it was learned from.

    Attributes
    ----------
    problems : list of dict
        Warnings of all parts, as in `CaseError.problems`.
    """

    def __init__(self, rows: DataFrame, learning: _sayso.Learning, before: dict[int, int], problems: list[dict]) -> None:
        self._rows, self._learning, self._before, self.problems = rows, learning, before, problems

    def consensus(self) -> DataFrame:
        """The range of every question, computed when it is asked for."""
        sent = self._rows.sparkSession.sparkContext.broadcast(bytes(self._learning.to_bytes()))
        columns = from_arrow_schema(pa.table(_sayso.consensus_columns()).schema)
        return self._rows.mapInArrow(_answers(sent, self._before), columns)

    def sources(self) -> DataFrame:
        """What is learned of every source."""
        return self._rows.sparkSession.createDataFrame(pa.table(self._learning.sources()))

    def unpersist(self) -> None:
        """Lets the ordered rows go; ranges that are asked for afterwards order them again."""
        self._rows.unpersist()


@contextmanager
def _timed(step: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    _log.info("%s: %.1f s", step, time.perf_counter() - start)


def _ordered(claims: DataFrame, partitions: int) -> DataFrame:
    """The rows in the order of their questions, in parts that hold whole questions."""
    names = {name.strip().lower() for name in claims.columns}
    if "claim" not in names:
        claims = claims.withColumn("claim", F.monotonically_increasing_id().cast("string"))
    for field in claims.schema.fields:
        # A day, in the time zone of the session.
        if isinstance(field.dataType, (T.TimestampType, T.TimestampNTZType)):
            claims = claims.withColumn(field.name, F.to_date(F.col(f"`{field.name}`")))
    schema = T.StructType([*claims.schema.fields, T.StructField(_KEY, T.BinaryType(), False)])
    keyed = claims.mapInArrow(_with_keys, schema)
    ordered = keyed.repartitionByRange(partitions, _KEY).sortWithinPartitions(_KEY)
    return ordered.withColumn(_PART, F.spark_partition_id())


def _kept(frame: DataFrame, checkpoint: str | None) -> DataFrame:
    """The frame, kept on the executors, or in the folder of checkpoints."""
    frame = frame.persist(StorageLevel.MEMORY_AND_DISK)
    if checkpoint is None:
        return frame
    kept = frame.checkpoint()
    frame.unpersist()
    return kept


def _thinned(evidence: DataFrame) -> DataFrame:
    """The evidence that may be learned on of all parts, where there are many of them."""
    parts = evidence.rdd.getNumPartitions()
    while parts > _FAN_IN:
        parts = math.ceil(parts / _FAN_IN)
        evidence = evidence.coalesce(parts).mapInArrow(_thin, evidence.schema)
    return evidence


def _with_keys(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        [keys] = pa.table(_sayso.question_keys(batch)).to_batches() or [None]
        if keys is not None:
            yield batch.append_column(keys.schema.field(0), keys.column(0))


def _run(make: Callable[[int], object], batches: Iterator[pa.RecordBatch]) -> Iterator[tuple[int, object]]:
    """The answers of a step over one part: to each batch and at the end, where there is one."""
    step, part = None, 0
    for batch in batches:
        if step is None:
            part = batch.column(_PART)[0].as_py()
            step = make(part)
        if (answer := step.push(batch.drop_columns([_PART]))) is not None:
            yield part, answer
    if step is not None and (answer := step.finish()) is not None:
        yield part, answer


def _survey(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for part, survey in _run(lambda _: _sayso.Surveyor(), batches):
        yield pa.record_batch([pa.array([part], pa.int32()), pa.array([survey], pa.binary())], ["part", "survey"])


def _evidence(whole: Broadcast[bytes], before: dict[int, int]) -> Callable:
    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for _, evidence in _run(lambda part: _sayso.Evidence(whole.value, before[part]), batches):
            yield from pa.table(evidence).to_batches()

    return run


def _answers(learning: Broadcast[bytes], before: dict[int, int]) -> Callable:
    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for _, answers in _run(lambda part: _sayso.Answers(learning.value, before[part]), batches):
            yield from pa.table(answers).to_batches()

    return run


def _thin(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    step = _sayso.Thinner()
    for batch in batches:
        step.push(batch)
    yield from pa.table(step.finish()).to_batches()


def _sweep(learning: Broadcast[bytes]) -> Callable:
    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        step = _sayso.Sweep(learning.value)
        for batch in batches:
            step.push(batch)
        yield pa.record_batch([pa.array([step.finish()], pa.binary())], ["sums"])

    return run

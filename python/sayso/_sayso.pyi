import datetime
from collections.abc import Sequence
from os import PathLike
from typing import Literal, Protocol, TypedDict, final, type_check_only

import pandas
import polars
import pyarrow

__all__ = [
    "Answers",
    "Case",
    "CaseError",
    "Consensus",
    "Evidence",
    "KEY",
    "Learning",
    "Picture",
    "Surveyor",
    "Sweep",
    "Table",
    "Thinner",
    "__version__",
    "consensus_columns",
    "extract",
    "gather",
    "progress",
    "question_keys",
    "simulate",
]
__version__: str
KEY: str

@type_check_only
class _Frame(Protocol):
    """Anything with Arrow's PyCapsule interface: a pandas, polars or pyarrow table, a `Table`."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@type_check_only
class Problem(TypedDict):
    severity: Literal["error", "warning", "assumed", "proposed"]
    file: str
    line: int
    column: int
    what: str
    remedy: str

class CaseError(ValueError):
    problems: list[Problem]

class Table:
    @property
    def columns(self) -> list[str]: ...
    def to_pandas(self) -> pandas.DataFrame: ...
    def to_polars(self) -> polars.DataFrame: ...
    def to_pyarrow(self) -> pyarrow.Table: ...
    def __len__(self) -> int: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...
    def _repr_html_(self) -> str: ...

@final
class Consensus(Table): ...

@final
class Picture:
    @property
    def svg(self) -> str: ...
    def _repr_html_(self) -> str: ...

_Path = str | PathLike[str]
_Names = str | Sequence[str] | None
_Date = str | datetime.date | None

@final
class Case:
    @staticmethod
    def read(path: _Path) -> Case: ...
    @staticmethod
    def from_frame(
        claims: _Frame,
        *,
        sources: _Frame | None = None,
        questions: _Frame | None = None,
        resolutions: _Frame | None = None,
    ) -> Case: ...
    def __len__(self) -> int: ...
    @property
    def questions(self) -> list[str]: ...
    @property
    def problems(self) -> list[Problem]: ...
    def consensus(
        self,
        question: _Names = None,
        *,
        as_of: _Date = None,
        method: str | None = None,
        rule: str | None = None,
        order: _Names = None,
        settings: _Path | None = None,
    ) -> Consensus: ...
    def trace(
        self,
        question: _Names = None,
        *,
        claim: str | None = None,
        source: str | None = None,
        anonymous: bool = False,
        urls: bool = False,
        as_of: _Date = None,
    ) -> Table: ...
    def sources(self, *, as_of: _Date = None, settings: _Path | None = None) -> Table: ...
    def backtest(
        self,
        *,
        by: Literal["question", "group", "time"] | None = None,
        question: _Names = None,
        settings: _Path | None = None,
    ) -> Table: ...
    def compare(
        self,
        question: _Names = None,
        *,
        as_of: _Date = None,
        order: _Names = None,
        settings: _Path | None = None,
    ) -> Table: ...
    def timeline(self, question: _Names = None, *, settings: _Path | None = None) -> Table: ...
    def table(
        self, name: str, question: _Names = None, *, as_of: _Date = None, settings: _Path | None = None
    ) -> Table: ...
    def report(
        self, folder: _Path, question: _Names = None, *, as_of: _Date = None, settings: _Path | None = None
    ) -> None: ...
    def plot(
        self,
        kind: Literal["forest", "graph", "timeline", "influence", "calibration"],
        question: str | None = None,
        *,
        as_of: _Date = None,
        settings: _Path | None = None,
    ) -> Picture: ...

def extract(
    text: str,
    *,
    publisher: str = "",
    published: str | None = None,
    url: str = "",
    id: str = "text",
    markup: Literal["plain", "html", "markdown"] | None = None,
) -> Table: ...
def simulate(
    world: str, *, seed: int = 1, questions: int = 240, sources: int = 36, resolved: int = 60
) -> dict[str, str]: ...
def progress() -> tuple[str, int, int] | None: ...

# What follows are the steps of sayso.spark.

def question_keys(batch: pyarrow.RecordBatch) -> Table: ...
def consensus_columns() -> Table: ...
def gather(
    surveys: list[bytes], as_of: str | None = None, settings: _Path | None = None
) -> tuple[bytes, list[int], list[Problem]]: ...

@final
class Surveyor:
    def push(self, batch: pyarrow.RecordBatch) -> None: ...
    def finish(self) -> bytes: ...

@final
class Evidence:
    def __new__(cls, whole: bytes, before: int) -> Evidence: ...
    def push(self, batch: pyarrow.RecordBatch) -> None: ...
    def finish(self) -> Table: ...

@final
class Thinner:
    def push(self, batch: pyarrow.RecordBatch) -> None: ...
    def finish(self) -> Table: ...

@final
class Learning:
    def __new__(cls, whole: bytes, evidence: list[pyarrow.RecordBatch]) -> Learning: ...
    @property
    def is_over(self) -> bool: ...
    @property
    def sweeps(self) -> int: ...
    def to_bytes(self) -> bytes: ...
    def take(self, sums: list[bytes]) -> None: ...
    def sources(self) -> Table: ...

@final
class Sweep:
    def __new__(cls, learning: bytes) -> Sweep: ...
    def push(self, batch: pyarrow.RecordBatch) -> None: ...
    def finish(self) -> bytes: ...

@final
class Answers:
    def __new__(cls, learning: bytes, before: int) -> Answers: ...
    def push(self, batch: pyarrow.RecordBatch) -> Table | None: ...
    def finish(self) -> Table | None: ...

"""Conflicting numbers, followed to their origins and combined into calibrated ranges.

>>> import sayso
>>> case = sayso.Case.read("data/kursk-2025")
>>> ranges = case.consensus()
>>> ranges.to_pandas()[["question", "q05", "q50", "q95"]]  # doctest: +SKIP

What the package computes, the library computes in Rust; this is the door to it. `sayso.spark` has the same for data
that one machine cannot hold.
"""

from ._progress import progress
from ._sayso import Case, CaseError, Consensus, Picture, Table, __version__, extract, simulate

__all__ = ["Case", "CaseError", "Consensus", "Picture", "Table", "__version__", "extract", "progress", "simulate"]

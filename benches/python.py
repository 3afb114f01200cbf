#!/usr/bin/env python3
"""python.py [CLAIMS]: what Python adds to the binary, and whether a frame goes in and out without a copy of its numbers.

Needs the package (`pip install .`), the binary (`cargo build --release`; SAYSO names another) and pandas. Each job is a
process of its own; jobs take turns, so that a noisy machine is noisy for all of them; the median of five is printed.
Claims: ten on a question, from 2,000 sources, bounds mixed, a fifth with a chain (tests/python/test_spark.py makes them).
"""
import importlib.metadata
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).parents[1]
SAYSO = os.environ.get("SAYSO", str(ROOT / "target/release/sayso"))
ROUNDS = int(os.environ.get("ROUNDS", "5"))

#: The binary writes its ranges as CSV; Python has them as an Arrow table, or as a pandas frame made from a pandas frame.
READ = "import sys, sayso; print(len(sayso.Case.read(sys.argv[1]).consensus(method=sys.argv[3])))"
FRAME = (
    "import sys, sayso, pandas; frame = pandas.read_csv(sys.argv[1], dtype=str, keep_default_na=False);"
    "print(len(sayso.Case.from_frame(frame).consensus(method=sys.argv[3]).to_pandas()))"
)
JOBS = {
    f"{name}, {method}": code
    for method in ("median", "origins")
    for name, code in {"binary": None, "Case.read": READ, "pandas to pandas": FRAME}.items()
}


def run(name: str, claims: str, out: str) -> tuple[float, float]:
    """Seconds and megabytes of a job."""
    code = JOBS[name]
    method = name.split(", ")[1]
    binary = [SAYSO, "consensus", claims, "--method", method, "--format", "csv", "-o", out, "--quiet"]
    python = [sys.executable, "-c", code or "", claims, out, method]
    start = time.perf_counter()
    child = subprocess.Popen(binary if code is None else python, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{name} failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


#: How much the process grows while a frame becomes a case and ranges become a frame again, beside what each holds.
COPIES = """
import sys, numpy as np, pandas as pd, pyarrow as pa, pyarrow.parquet as pq, sayso
def status(name): return int(next(line for line in open("/proc/self/status") if line.startswith(name)).split()[1]) / 1024
def now(): return status("VmRSS")
def peak(): return status("VmHWM")
def forget(): open("/proc/self/clear_refs", "w").write("5")  # the peak so far
n = int(sys.argv[1])
frame = pd.DataFrame({
    "question": pd.array(np.char.add("q", (np.arange(n) // 10).astype(str)), dtype="string[pyarrow]"),
    "publisher": pd.array(np.char.add("s", (np.arange(n) % 2000).astype(str)), dtype="string[pyarrow]"),
    "estimate": np.exp(np.random.default_rng(1).normal(7, 1, n)).round(),
    "low": np.full(n, np.nan), "high": np.full(n, np.nan), "level": np.full(n, np.nan),
})
small = sayso.Case.from_frame(frame.head(1000)).consensus().to_pandas()
numbers = frame[["estimate", "low", "high", "level"]].to_numpy().nbytes / 2**20
before = now()
forget()
case = sayso.Case.from_frame(frame)
print(f"in: {n} rows with {numbers:.0f} MB of numbers; the case takes {now() - before:.0f} MB, and {peak() - now():.0f} MB more at its peak")
ranges = case.consensus(method="median")
table = ranges.to_pyarrow()
before = now()
forget()
frame = ranges.to_pandas()
print(f"out: {table.nbytes / 2**20:.0f} MB of ranges; as a pandas frame they take {peak() - before:.0f} MB more at its peak")
shared = table["q50"].chunk(0).buffers()[1].address == ranges.to_pyarrow()["q50"].chunk(0).buffers()[1].address
print(f"out: the numbers are {'where they were' if shared else 'copied'}")
"""


def main() -> None:
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    versions = [f"{name} {importlib.metadata.version(name)}" for name in ("sayso", "pandas", "pyarrow", "numpy")]
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {', '.join(versions)}")
    with tempfile.TemporaryDirectory() as folder:
        path, out = f"{folder}/claims.csv", f"{folder}/ranges.csv"
        # In a process of its own: the memory of a job is never less than that of the process that starts it.
        make = "import sys; sys.path.insert(0, sys.argv[1]); from test_spark import world; world(int(sys.argv[2])).to_pandas().to_csv(sys.argv[3], index=False)"
        subprocess.run([sys.executable, "-c", make, str(ROOT / "tests/python"), str(claims), path], check=True)
        found = {name: [] for name in JOBS}
        for _ in range(ROUNDS):
            for name in JOBS:
                found[name].append(run(name, path, out))
        for name, runs in found.items():
            seconds = statistics.median(seconds for seconds, _ in runs)
            print(f"{name:20} {seconds:7.2f} s  {max(size for _, size in runs):6.0f} MB")
        for method in ("median", "origins"):
            pairs = zip(found[f"Case.read, {method}"], found[f"binary, {method}"], strict=True)
            print(f"{method}: Case.read over binary {statistics.median(a[0] / b[0] for a, b in pairs):.3f}")
    subprocess.run([sys.executable, "-c", COPIES, str(claims)], check=True)


if __name__ == "__main__":
    main()

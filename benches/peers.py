"""Whole processes side by side on one made-up case: sayso, DuckDB, polars, pandas and truth discovery in numpy.

    cargo build --release
    python3 benches/peers.py --claims 1000000

Where the peers are not here, they are installed from the Python registry into target/peers, once.

The data: ten claims a question, 2,000 sources, bounds mixed, no chains; made from a seed. Every program reads the
same CSV. Times are the least of three runs of a whole process, memory is its peak. Prints a table in Markdown,
ratios to sayso first, with the machine and the versions.
"""

import argparse
import os
import pathlib
import platform
import resource
import subprocess
import sys
import tempfile
import time
import venv

PACKAGES = ["numpy", "pandas", "polars", "duckdb"]
HERE = pathlib.Path(__file__).resolve().parent
SAYSO = pathlib.Path(os.environ.get("SAYSO", HERE.parent / "target/release/sayso"))

NUMBER = r"regexp_extract(estimate, '(\d+)', 1)::DOUBLE"
PEERS = {
    "DuckDB, grouped median and quantiles": f"""
import duckdb, sys
duckdb.sql(f"COPY (SELECT question, median(v), quantile_cont(v, 0.05), quantile_cont(v, 0.95) FROM (SELECT question, "
    f"{NUMBER} AS v FROM read_csv('{{sys.argv[1]}}')) GROUP BY question) TO '{{sys.argv[2]}}'")
""",
    "polars, grouped median and quantiles": r"""
import polars as pl, sys
v = pl.col("estimate").cast(pl.String).str.extract(r"(\d+)").cast(pl.Float64)
frame = pl.scan_csv(sys.argv[1]).select("question", v=v).group_by("question")
frame.agg(pl.col("v").median(), low=pl.col("v").quantile(0.05), high=pl.col("v").quantile(0.95)).collect().write_csv(sys.argv[2])
""",
    "pandas, weighted median by hand": r"""
import numpy as np, pandas as pd, sys
frame = pd.read_csv(sys.argv[1], usecols=["question", "publisher", "estimate"], dtype=str)
frame["v"] = frame.estimate.str.extract(r"(\d+)", expand=False).astype(float)
frame["w"] = 1.0
frame = frame.sort_values(["question", "v"])
below = frame.groupby("question").w.cumsum()
half = frame.groupby("question").w.transform("sum") / 2
frame[below >= half].groupby("question").v.first().to_csv(sys.argv[2])
""",
}


def install():
    """Goes on in an environment that has the peers."""
    try:
        import duckdb, numpy, pandas, polars  # noqa: F401
    except ImportError:
        folder = HERE.parent / "target/peers"
        python = folder / "bin/python"
        if pathlib.Path(sys.executable) == python:
            sys.exit(f"{python} does not have the peers; remove {folder} and try again")
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        os.execv(python, [python, *sys.argv])


def machine():
    """The processor, as Linux names it."""
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


def make(path, claims, seed=7):
    """Writes the case."""
    import numpy as np

    random = np.random.default_rng(seed)
    sigma = np.exp(random.normal(-1.5, 0.6, 2000))
    with open(path, "w") as out:
        out.write("claim,question,publisher,published,estimate\n")
        for first in range(0, claims // 10, 10_000):
            count = min(10_000, claims // 10 - first)
            truth = random.normal(6, 1.5, (count, 1))
            source = random.integers(0, 2000, (count, 10))
            value = np.exp(truth + random.normal(0, 1, (count, 10)) * sigma[source])
            form = random.choice(6, (count, 10), p=[0.6, 0.1, 0.1, 0.1, 0.05, 0.05])
            day = random.integers(1, 29, (count, 10))
            forms = ["{}", "more than {}", "at least {}", "up to {}", "{}-{}", "about {}"]
            rows = []
            for q in range(count):
                for i in range(10):
                    number = max(1, round(float(f"{value[q, i]:.3g}")))
                    said = forms[form[q, i]].format(number, 2 * number)
                    at = (first + q) * 10 + i
                    rows.append(f"c{at},q{first + q},s{source[q, i]},2025-03-{day[q, i]:02d},{said}\n")
            out.write("".join(rows))


def measured(command, runs):
    """Least wall time in seconds and peak memory in bytes of a command; an error ends the bench."""
    best, peak = float("inf"), 0
    for _ in range(runs):
        start = time.perf_counter()
        with tempfile.TemporaryFile() as told:
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=told)
            _, status, usage = os.wait4(process.pid, 0)
            if status:
                told.seek(0)
                sys.exit(f"{' '.join(map(str, command))}: {told.read().decode()}")
        best, peak = min(best, time.perf_counter() - start), max(peak, usage.ru_maxrss * 1024)
    return best, peak


def versions():
    """The versions of everything that is timed."""
    import duckdb
    import numpy
    import pandas
    import polars

    own = subprocess.run([SAYSO, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    peers = ", ".join(f"{m.__name__} {m.__version__}" for m in (duckdb, polars, pandas, numpy))
    return f"{own}, {peers}, Python {platform.python_version()}"


def main():
    install()
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--claims", type=int, default=1_000_000)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--folder", type=pathlib.Path, default=HERE.parent / "target/peers-data")
    arguments = arguments.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    case, out = arguments.folder / f"{arguments.claims}.csv", arguments.folder / "out.csv"
    if not case.exists():
        make(case, arguments.claims)
    own = ["--quiet", "--format", "csv", "-o", out]
    commands = {
        "sayso, median": [SAYSO, "consensus", case, "--method", "median", *own],
        "sayso, CRH": [SAYSO, "consensus", case, "--method", "crh-absolute", *own],
        "sayso, CATD": [SAYSO, "consensus", case, "--method", "catd", *own],
        "sayso, GTM": [SAYSO, "consensus", case, "--method", "gtm", *own],
        "sayso, origins": [SAYSO, "consensus", case, *own],
        **{name: [sys.executable, "-c", script, case, out] for name, script in PEERS.items()},
    }
    truth = HERE / "truth_numpy.py"
    for method in ("crh", "catd", "gtm"):
        commands[f"numpy, {method.upper()}, reading by pandas"] = [sys.executable, truth, method, case, out]
    found = {}
    for name, command in commands.items():
        found[name] = measured(command, 1 if name == "sayso, origins" else arguments.runs)
        print(f"{name}: {found[name][0]:.2f} s", file=sys.stderr)
    base = found["sayso, median"][0]
    print(f"{arguments.claims:,} claims, {case.stat().st_size / 1e6:.0f} MB of CSV; {os.cpu_count()} cores, {machine()}; {versions()}\n")
    print("| | of sayso's median | seconds | peak memory |\n|---|---|---|---|")
    for name, (seconds, peak) in found.items():
        print(f"| {name} | {seconds / base:.2f} | {seconds:.2f} | {peak / 1e6:,.0f} MB |")


if __name__ == "__main__":
    main()

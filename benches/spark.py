#!/usr/bin/env python3
"""spark.py [CLAIMS]: Spark on two executor processes of one core each beside one process on the same machine.

Needs the package with its extra `spark` and Java 17. Prints where the time goes, step by step. Claims: ten on a question,
from 2,000 sources, bounds mixed, a fifth with a chain (tests/python/test_spark.py makes them), as Parquet.
"""
import importlib.metadata
import logging
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).parents[1]

MAKE = """
import sys; sys.path.insert(0, sys.argv[1])
import pyarrow.parquet as pq
from test_spark import world
pq.write_table(world(int(sys.argv[2])), sys.argv[3], row_group_size=500_000)
"""

ONE = """
import resource, sys, time, pyarrow.parquet as pq, sayso
start = time.perf_counter()
ranges = sayso.Case.from_frame(pq.read_table(sys.argv[1])).consensus()
took = time.perf_counter() - start
print(f"one process: {took:.1f} s, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GB, {len(ranges)} ranges")
"""


def main() -> None:
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    logging.basicConfig(format="%(message)s", stream=sys.stdout)
    logging.getLogger("sayso.spark").setLevel(logging.INFO)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    versions = [f"{name} {importlib.metadata.version(name)}" for name in ("sayso", "pyspark", "pyarrow")]
    print(f"{claims} claims, {os.cpu_count()} cores, {', '.join(versions)}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/claims.parquet"
        subprocess.run([sys.executable, "-c", MAKE, str(ROOT / "tests/python"), str(claims), path], check=True)
        subprocess.run([sys.executable, "-c", ONE, path], check=True)
        os.environ["SPARK_WORKER_DIR"] = folder
        import sayso.spark
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master("local-cluster[2,1,3072]").config("spark.executor.memory", "2g")
        builder = builder.config("spark.driver.memory", "2g").config("spark.ui.enabled", "false")
        builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
        spark = builder.config("spark.local.dir", folder).config("spark.ui.showConsoleProgress", "false").getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
        start = time.perf_counter()
        learned = sayso.spark.learn(spark.read.parquet(path))
        between = time.perf_counter()
        ranges = learned.consensus()
        ranges.write.parquet(f"{folder}/ranges.parquet")
        print(f"answers: {time.perf_counter() - between:.1f} s")
        print(f"Spark in all: {time.perf_counter() - start:.1f} s, {spark.read.parquet(f'{folder}/ranges.parquet').count()} ranges")
        spark.stop()


if __name__ == "__main__":
    main()

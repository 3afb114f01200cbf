#!/usr/bin/env python3
"""Executes notebooks from top to bottom and compares what they print with what is stored in them.

    run.py [--write] [--out FOLDER] NOTEBOOK...

Each notebook runs in a fresh kernel of this Python, with its own folder as working directory. Compared are
the streams and the plain text of results; pictures and HTML are not. The executed copies go to FOLDER, by
default to a new temporary one. Nothing else is written, but with --write, which stores the outputs in the
notebook instead of comparing them. The exit status is 1 where an output differs or a cell fails.

Needs nbclient, ipykernel, and what the notebooks import.
"""

import argparse
import difflib
import os
import pathlib
import re
import sys
import tempfile
import time

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

# Seconds that a cell may take, also on a machine with other work on it.
CELL_SECONDS = 1800
# Bytes up to which the HTML of a result is stored; its plain text always is.
STORED_HTML = 100_000
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
# What a result says of itself beside the picture: the size of the picture, which is not compared.
PICTURE = re.compile(r"<sayso\.Picture of \d+ bytes>")


def read(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


def execute(notebook, folder):
    """Runs the cells of a notebook in a fresh kernel; returns what went wrong, if something did."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        startup_timeout=300,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],
        coalesce_streams=True,
        resources={"metadata": {"path": str(folder)}},
    )
    try:
        client.execute()
    except CellExecutionError as error:
        return str(error)
    return None


def texts(cell):
    """The text outputs of a code cell: what it wrote to each stream, then the plain text of its results."""
    streams, results = {"stdout": "", "stderr": ""}, []
    for output in cell.outputs:
        if output.output_type == "stream":
            streams[output.name] += output.text
        elif output.output_type == "error":
            results.append(f"{output.ename}: {output.evalue}")
        elif "text/plain" in output.data:
            results.append(PICTURE.sub("<sayso.Picture>", output.data["text/plain"]))
    return [text for text in [*streams.values(), *results] if text]


def differences(stored, executed):
    """What differs in the text outputs of two versions of a notebook, as lines for a person."""
    for number, (before, after) in enumerate(zip(stored.cells, executed.cells, strict=True)):
        if before.cell_type != "code" or texts(before) == texts(after):
            continue
        left, right = ("\n".join(texts(cell)).splitlines() for cell in (before, after))
        yield f"cell {number}, which begins: {before.source.strip().splitlines()[0] if before.source.strip() else ''}"
        yield from difflib.unified_diff(left, right, "stored", "printed now", lineterm="")


def tidy(notebook):
    """Leaves what is the same each time: no times, no versions, no HTML that is large."""
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            if len(output.get("data", {}).get("text/html", "")) > STORED_HTML:
                del output.data["text/html"]
    return notebook


def run(path, out, write):
    """Executes one notebook; returns whether it does as it should."""
    stored, executed = read(path), read(path)
    start = time.perf_counter()
    failure = execute(executed, path.parent)
    took = time.perf_counter() - start
    nbformat.write(tidy(executed), out / path.name)
    if failure is not None:
        print(f"{path.name}: a cell fails\n{failure}")
        return False
    cells = sum(cell.cell_type == "code" for cell in executed.cells)
    if write:
        nbformat.write(executed, path)
        print(f"{path.name}: {cells} cells stored, {took:.0f} s")
        return True
    found = list(differences(stored, executed))
    print(f"{path.name}: {cells} cells, {'as stored' if not found else 'not as stored'}, {took:.0f} s")
    print("".join(f"{line}\n" for line in found), end="")
    return not found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="store the outputs instead of comparing them")
    parser.add_argument("--out", type=pathlib.Path, metavar="FOLDER", help="where the executed copies go")
    parser.add_argument("notebooks", type=pathlib.Path, nargs="+", metavar="NOTEBOOK")
    arguments = parser.parse_args()
    out = arguments.out or pathlib.Path(tempfile.mkdtemp(prefix="sayso-notebooks-"))
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        # Neither the settings of whoever runs this take part, nor is their history added to.
        os.environ |= {"IPYTHONDIR": scratch, "JUPYTER_RUNTIME_DIR": scratch, "PYTHONDONTWRITEBYTECODE": "1"}
        done = [run(path.resolve(), out.resolve(), arguments.write) for path in arguments.notebooks]
    print(f"executed copies in {out}")
    sys.exit(0 if all(done) else 1)


if __name__ == "__main__":
    main()

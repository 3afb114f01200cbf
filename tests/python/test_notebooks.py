"""The runner of notebooks tells an output that differs from one that is as stored."""

import os
import pathlib
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

pytest.importorskip("nbclient")

RUNNER = pathlib.Path(__file__).parents[1] / "notebooks" / "run.py"


def notebook(path: pathlib.Path, printed: str) -> pathlib.Path:
    """A notebook in which `printed` is stored where its cell prints the name of its folder and gives 3."""
    stored = [
        new_output("stream", name="stdout", text=printed),
        new_output("execute_result", data={"text/plain": "3", "text/html": "<b>not compared</b>"}, execution_count=1),
    ]
    cell = new_code_cell("import os\nprint(os.path.basename(os.getcwd()))\n1 + 2", id="cell-0", outputs=stored)
    nbformat.write(new_notebook(cells=[cell]), path)
    return path


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, str(RUNNER), *map(str, arguments)]
    return subprocess.run(words, capture_output=True, text=True, env=os.environ, check=False)


def test_a_notebook_that_prints_what_is_stored_passes_and_is_left_alone(tmp_path: pathlib.Path) -> None:
    (tmp_path / "here").mkdir()
    path = notebook(tmp_path / "here" / "right.ipynb", "here\n")
    before = path.read_bytes()
    done = run("--out", tmp_path / "out", path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "as stored" in done.stdout and path.read_bytes() == before
    assert [file.name for file in (tmp_path / "here").iterdir()] == ["right.ipynb"]
    assert nbformat.read(tmp_path / "out" / "right.ipynb", as_version=4).cells[0].outputs[0].text == "here\n"


def test_a_notebook_whose_stored_output_differs_fails_and_the_difference_is_shown(tmp_path: pathlib.Path) -> None:
    (tmp_path / "here").mkdir()
    path = notebook(tmp_path / "here" / "wrong.ipynb", "there\n")
    done = run("--out", tmp_path / "out", path)
    assert done.returncode == 1
    assert "not as stored" in done.stdout and "-there" in done.stdout and "+here" in done.stdout


def test_written_twice_a_notebook_is_the_same_bytes_and_then_passes(tmp_path: pathlib.Path) -> None:
    (tmp_path / "here").mkdir()
    path = notebook(tmp_path / "here" / "new.ipynb", "there\n")
    assert run("--write", "--out", tmp_path / "out", path).returncode == 0
    first = path.read_bytes()
    assert run("--write", "--out", tmp_path / "out", path).returncode == 0
    assert path.read_bytes() == first and b"here" in first
    assert run("--out", tmp_path / "out", path).returncode == 0


def test_a_cell_that_fails_fails_the_notebook(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "fails.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("1 / 0", id="cell-0")]), path)
    done = run("--out", tmp_path / "out", path)
    assert done.returncode == 1 and "ZeroDivisionError" in done.stdout

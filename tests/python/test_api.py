"""The Python package, as a user of notebooks meets it."""

import datetime
import io
import os
import pathlib
import subprocess
import sys
import threading
import time

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pytest

import sayso

ROOT = pathlib.Path(__file__).parents[2]
KURSK = ROOT / "data" / "kursk-2025"
SAYSO = os.environ.get("SAYSO", "sayso")


MIXED = pd.DataFrame({
    "question": ["q", "q"], "publisher": ["A", "B"], "estimate": pd.Series([5, "about 6"], dtype=object),
})


def texts(path: pathlib.Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def command(*arguments: str) -> str:
    run = subprocess.run([SAYSO, *arguments], capture_output=True, text=True, check=True, cwd=ROOT)
    return run.stdout


def csv(text: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)


def as_text(table: sayso.Table) -> pd.DataFrame:
    """A table with its cells as the CSV files have them."""

    def cell(value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        return str(value)

    rows = [[cell(value) for value in row.values()] for row in table.to_pyarrow().to_pylist()]
    return pd.DataFrame(rows, columns=table.columns, dtype=str)


def same_cells(left: pd.DataFrame, right: pd.DataFrame) -> None:
    assert list(left.columns) == list(right.columns)
    assert len(left) == len(right)
    for name in left.columns:
        for a, b in zip(left[name], right[name], strict=True):
            # Numbers to the last bit, whatever digits they are written with.
            assert a == b or float(a) == float(b), (name, a, b)


@pytest.fixture(scope="module")
def kursk() -> sayso.Case:
    return sayso.Case.read(KURSK)


@pytest.mark.parametrize("arguments", [{}, {"method": "median"}, {"rule": "ucdp"}, {"as_of": "2025-02-28"}])
def test_ranges_are_those_of_the_command(kursk: sayso.Case, arguments: dict[str, str]) -> None:
    flags = [word for name, text in arguments.items() for word in (f"--{name.replace('_', '-')}", text)]
    printed = command("consensus", str(KURSK), "--format", "csv", "--quiet", *flags)
    same_cells(as_text(kursk.consensus(**arguments)), csv(printed))


@pytest.mark.parametrize("name", ["sources", "timeline", "compare"])
def test_other_tables_are_those_of_the_commands(kursk: sayso.Case, name: str) -> None:
    same_cells(as_text(getattr(kursk, name)()), csv(command(name, str(KURSK), "--format", "csv", "--quiet")))


def test_tables_of_the_report_are_those_of_the_folder(kursk: sayso.Case, tmp_path: pathlib.Path) -> None:
    kursk.report(tmp_path / "report")
    assert command("verify", str(tmp_path / "report")).count("agree") == 1
    for name in ["consensus", "origins", "claims", "attributions", "drifts", "circles", "camps", "statements"]:
        written = texts(tmp_path / "report" / f"{name}.csv").map(lambda cell: cell.removeprefix("'"))
        same_cells(as_text(kursk.table(name)).map(lambda cell: cell.removeprefix("'")), written)


def test_printed_it_is_what_the_command_prints(kursk: sayso.Case) -> None:
    assert str(kursk.consensus()) == command("consensus", str(KURSK), "--quiet")
    traced = kursk.trace("kursk_reinforcement")
    assert str(traced) == command("trace", str(KURSK), "--question", "kursk_reinforcement", "--quiet")
    assert "NIS" in traced.to_pandas()["to"].to_list()
    assert str(kursk.trace(claim="K10")) == command("trace", str(KURSK), "--claim", "K10", "--quiet")
    assert str(kursk.trace(anonymous=True)) == command("trace", str(KURSK), "--anonymous", "--quiet")


def test_backtest_predicts_every_settled_question_by_every_method() -> None:
    bank = ROOT / "data" / "resolved" / "bank"
    case = sayso.Case.read(bank)
    found = case.backtest(by="question")
    same_cells(as_text(found), csv(command("backtest", str(bank), "--by", "question", "--format", "csv", "--quiet")))
    assert "coverage" in str(found) or "90 %" in str(found)


def test_frames_of_all_three_libraries_give_the_case_of_the_files(kursk: sayso.Case) -> None:
    tables = {name: texts(KURSK / f"{name}.csv") for name in ["claims", "sources", "questions"]}
    expected = kursk.consensus().to_pyarrow()
    for make in [lambda table: table, pl.from_pandas, pa.Table.from_pandas]:
        frames = {name: make(table) for name, table in tables.items()}
        case = sayso.Case.from_frame(frames["claims"], sources=frames["sources"], questions=frames["questions"])
        assert case.consensus().to_pyarrow().equals(expected)


def test_numbers_and_dates_of_a_frame_need_no_text() -> None:
    frame = pd.DataFrame({
        "question": pd.Categorical(["q", "q", "q"]),
        "publisher": ["A", "B", "C"],
        "estimate": [12000.0, 11000.0, None],
        "low": [None, None, 10000],
        "published": pd.to_datetime(["2025-02-27 13:00", None, "2025-02-28 00:00"]),
    })
    case = sayso.Case.from_frame(frame)
    assert len(case) == 3 and case.questions == ["q"]
    assert case.consensus().to_pandas()["q50"].between(9_000, 14_000).all()
    claims = case.table("claims").to_pandas()
    assert claims["estimate"].to_list()[:2] == ["12000", "11000"]
    assert claims["bound"].to_list() == ["exact", "exact", "at least"]
    assert claims["published"].to_list()[0] == "2025-02-27"


def test_columns_that_are_no_cells_are_told_and_others_left_out() -> None:
    frame = pd.DataFrame({"question": ["q", "q"], "publisher": ["A", "B"], "estimate": [5, 6]})
    case = sayso.Case.from_frame(frame.assign(tags=[["x"], []]))
    assert [problem["what"] for problem in case.problems if problem["severity"] == "warning"][0].startswith("column `tags`")
    times = pd.to_datetime(["2025-01-01", "2025-01-02"]).tz_localize("Europe/Berlin")
    with pytest.raises(sayso.CaseError, match="column `published` cannot be read"):
        sayso.Case.from_frame(frame.assign(published=times))
    with pytest.raises(sayso.CaseError, match="pandas.period"):
        sayso.Case.from_frame(frame.assign(published=pd.period_range("2025-01", periods=2, freq="W")))


def test_a_date_may_be_a_date(kursk: sayso.Case) -> None:
    by_text = kursk.consensus(as_of="2025-02-28").to_pyarrow()
    for day in [datetime.date(2025, 2, 28), pd.Timestamp("2025-02-28 13:00")]:
        assert kursk.consensus(as_of=day).to_pyarrow().equals(by_text)
    assert repr(kursk.consensus()) == "<sayso.Consensus of 5 questions>"


def test_the_text_of_an_error_stays_short() -> None:
    many = pd.DataFrame({"question": ["q"] * 3000, "publisher": ["A"] * 3000, "estimate": ["12 of what"] * 3000})
    with pytest.raises(sayso.CaseError) as raised:
        sayso.Case.from_frame(many)
    assert str(raised.value).count("\n") == 20 and "2980 more" in str(raised.value)
    assert len([problem for problem in raised.value.problems if problem["severity"] == "error"]) == 1000


def test_results_go_out_without_a_copy_of_their_numbers(kursk: sayso.Case) -> None:
    table = kursk.consensus()
    chunk = table.to_pyarrow()["q50"].chunk(0)
    again = table.to_pyarrow()["q50"].chunk(0)
    address = chunk.buffers()[1].address
    assert again.buffers()[1].address == address
    assert pl.DataFrame(table)["q50"].to_arrow().buffers()[1].address == address
    assert chunk.to_numpy(zero_copy_only=True).__array_interface__["data"][0] == address


def test_errors_carry_every_problem_with_its_place(tmp_path: pathlib.Path) -> None:
    (tmp_path / "claims.csv").write_text("question,publisher,estimate\nq,,5\nq,B,12 of what\n")
    with pytest.raises(sayso.CaseError) as raised:
        sayso.Case.read(tmp_path)
    errors = [problem for problem in raised.value.problems if problem["severity"] == "error"]
    assert [(problem["line"], problem["column"]) for problem in errors] == [(2, 3), (3, 8)]
    assert str(raised.value).count("\n") == 1 and isinstance(raised.value, ValueError)
    with pytest.raises(sayso.CaseError, match="claims:2:1"):
        sayso.Case.from_frame(pd.DataFrame({"question": ["q", ""], "publisher": ["A", "B"], "estimate": ["5", "6"]}))


@pytest.mark.parametrize(("call", "error", "says"), [
    (lambda case: case.consensus("kursk_casualtys"), ValueError, "did you mean `kursk_casualties`"),
    (lambda case: case.consensus(method="medain"), ValueError, "did you mean `median`"),
    (lambda case: case.consensus(rule="hierarchy"), ValueError, "needs an order"),
    (lambda case: case.consensus(as_of="soon"), ValueError, "soon"),
    (lambda case: case.trace(claim="K999999"), ValueError, "no claim"),
    (lambda case: case.trace(claim="K10", anonymous=True), ValueError, "one of"),
    (lambda case: case.backtest(), ValueError, "nothing is settled"),
    (lambda case: case.table("consenus"), ValueError, "there is no table"),
    (lambda case: case.plot("pie", "kursk_casualties"), ValueError, "no picture"),
    (lambda case: case.plot("forest"), ValueError, "name one question"),
    (lambda case: case.consensus(settings="nowhere.toml"), OSError, "nowhere|No such file"),
    (lambda _: sayso.Case.read("nowhere"), FileNotFoundError, "nowhere"),
    (lambda case: case.consensus(method="median", rule="ucdp"), ValueError, "a method or a rule"),
    (lambda case: case.consensus(order=["agency"]), ValueError, "hierarchy"),
    (lambda case: case.consensus([]), ValueError, "empty list"),
    (lambda case: case.consensus(5), TypeError, "not int"),
    (lambda case: case.consensus(as_of=5), TypeError, "not int"),
    (lambda case: case.consensus(rule="uc"), ValueError, "`uc`.*ucdp"),
    (lambda _: sayso.Case.from_frame(7), TypeError, "claims is a int"),
    (lambda _: sayso.Case.from_frame(pl.LazyFrame({"question": ["q"]})), TypeError, "collect it first"),
    (lambda _: sayso.Case.from_frame(MIXED), TypeError, "frame.column..map.str."),
    (lambda _: sayso.extract(" "), ValueError, "empty"),
    (lambda _: sayso.extract("x", markup="pdf"), ValueError, "pdf"),
    (lambda _: sayso.extract("x", published="soon"), ValueError, "soon"),
])
def test_what_is_wrong_is_said(kursk: sayso.Case, call, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        call(kursk)


def test_an_article_becomes_a_case() -> None:
    article = (ROOT / "data" / "flood-article" / "article.txt").read_text()
    claims = sayso.extract(article, publisher="Osterland Today", published="2025-03-02", id="article.txt")
    assert len(claims) == 5 and claims.to_pandas()["publisher"].unique().tolist() == ["Osterland Today"]
    case = sayso.Case.from_frame(claims)
    printed = command("consensus", str(ROOT / "data" / "flood-article"), "--format", "csv", "--quiet") if (
        ROOT / "data" / "flood-article" / "claims.csv"
    ).exists() else None
    assert "destroyed_home" in case.questions
    if printed is not None:
        same_cells(as_text(case.consensus()), csv(printed))


def test_a_notebook_shows_pictures_and_runs_nothing(kursk: sayso.Case) -> None:
    shown = kursk.consensus()._repr_html_()
    assert shown.count("<figure") == 5 and shown.count("data:image/svg+xml;base64,") == 5
    assert "<script" not in shown and "<table>" in shown
    assert kursk.plot("forest", "kursk_casualties").svg.startswith("<svg")
    traced = kursk.trace("kursk_casualties")
    assert traced._repr_html_().startswith("<pre>") and traced._repr_html_().count("\n") == str(traced).count("\n") - 1
    evil = sayso.Case.from_frame(pd.DataFrame({
        "question": ["<script>alert(1)</script>"] * 2, "publisher": ["<b>A</b>", "B"], "estimate": ["5", "6"],
    }))
    for table in [evil.consensus(), evil.trace(), evil.sources(), evil.table("claims")]:
        assert "<script" not in table._repr_html_() and "<b>A" not in table._repr_html_()


def test_the_lock_of_the_interpreter_is_released_while_it_computes(kursk: sayso.Case) -> None:
    ticks, done = 0, threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.wait(0.001):
            ticks += 1

    bank = sayso.Case.read(ROOT / "data" / "resolved" / "bank")
    thread = threading.Thread(target=tick)
    thread.start()
    start = time.perf_counter()
    bank.backtest(by="question")
    took = time.perf_counter() - start
    done.set()
    thread.join()
    # Held, the other thread would not run between the beginning and the end.
    assert ticks >= min(20, took / 0.1), (ticks, took)


def test_progress_tells_of_long_work_and_says_nothing_of_short(kursk: sayso.Case) -> None:
    quiet, loud = io.StringIO(), io.StringIO()
    with sayso.progress(out=quiet):
        kursk.consensus()
    assert quiet.getvalue() == ""
    with sayso.progress(after=0.0, every=0.001, out=loud):
        kursk.consensus()
        time.sleep(0.05)
    assert "\r" in loud.getvalue() and " of " in loud.getvalue()
    assert loud.getvalue().endswith("\r")


def test_a_made_up_world_is_that_of_the_command(tmp_path: pathlib.Path) -> None:
    files = sayso.simulate("cabal", seed=7, questions=40)
    command("simulate", "cabal", "--seed", "7", "--questions", "40", "-o", str(tmp_path / "world"), "--quiet")
    assert files == {path.name: path.read_text() for path in (tmp_path / "world").iterdir()}
    with pytest.raises(ValueError, match="did you mean `honest`"):
        sayso.simulate("honset")


def test_the_package_says_what_it_is() -> None:
    assert sayso.__version__ == "0.1.0"
    for thing in [sayso.Case, *(getattr(sayso.Case, name) for name in dir(sayso.Case) if not name.startswith("_"))]:
        assert thing.__doc__, thing
    python = subprocess.run(
        [sys.executable, "-m", "mypy.stubtest", "sayso._sayso", "--ignore-disjoint-bases", "--mypy-config-file", str(ROOT / "pyproject.toml")],
        capture_output=True, text=True, cwd=ROOT / "tests",
    )
    assert python.returncode == 0, python.stdout + python.stderr

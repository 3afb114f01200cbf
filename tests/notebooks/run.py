#!/usr/bin/env python3
"""run.py [--write] NOTEBOOK...: executes the code cells of notebooks from top to bottom, each notebook in
one namespace and its own folder as working directory, and compares what they print with the outputs that
are stored. With --write the outputs are stored instead. Needs nothing beyond Python 3."""
import contextlib, io, json, os, pathlib, sys


def execute(path, write):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    names, differ, count = {"__name__": "__main__"}, 0, 0
    os.chdir(path.parent)
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] != "code":
            continue
        count += 1
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile("".join(cell["source"]), f"{path.name}, cell {number}", "exec"), names)
        lines = printed.getvalue().splitlines(True)
        stored = [line for output in cell["outputs"] for line in output.get("text", [])]
        if write:
            cell["execution_count"] = count
            cell["outputs"] = [{"name": "stdout", "output_type": "stream", "text": lines}] if lines else []
        elif lines != stored:
            differ += 1
            print(f"{path.name}, cell {number} prints\n{''.join(lines)}where this is stored\n{''.join(stored)}")
    if write:
        path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{path.name}: {count} cells")
    return differ


if __name__ == "__main__":
    arguments = sys.argv[1:]
    write = "--write" in arguments
    paths = [pathlib.Path(argument).resolve() for argument in arguments if argument != "--write"]
    sys.exit(1 if sum(execute(path, write) for path in paths) else 0)

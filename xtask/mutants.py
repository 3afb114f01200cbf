"""Builds the drawn mutants into one program and runs the tests on each: `cargo xtask mutants` starts it.

A rebuild for each mutant costs more than its tests. So every function with drawn mutants gets its body once for each of
them beside the one it has, and an environment variable, read once, says which of them is run. A mutant that the
compiler refuses is found from the place of its error, and tried again alone before it is called unviable. What cannot
be chosen at run time (a `const fn`, a function that returns `impl Trait`) is built alone.

The folder of outcomes holds drawn.txt, the names in the order in which they are tried, and all.json, what cargo-mutants
says of them. results.tsv gets a line for each that is done; what stands there is not done again.
"""

import argparse
import collections
import json
import math
import os
import pathlib
import re
import resource
import signal
import subprocess
import sys
import threading
import time

VARIABLE = "SAYSO_MUTANT"
# No information for debuggers: it takes as long as the code.
BUILD = "test --locked --profile mutants --config profile.mutants.inherits='dev' --config profile.mutants.debug=0"
SWITCH = f"""
/// Whether a mutant is the one that runs.
#[doc(hidden)]
pub fn mutant_runs(number: u32) -> bool {{
    static CHOSEN: std::sync::LazyLock<u32> =
        std::sync::LazyLock::new(|| std::env::var("{VARIABLE}").ok().and_then(|text| text.parse().ok()).unwrap_or(0));
    *CHOSEN == number
}}
"""
# Address space of a test binary: a mutant that fills memory must not fill that of the machine.
SPACE = 8 << 30
# A mutant may take this many times the processor time that the tests take without one, and no less than so many
# seconds; and so many times that on the clock, which runs faster on a machine that does other things too.
TIMES, AT_LEAST, CLOCK = 4, 20, 15


def offset(lines, place):
    """Where a line and column, both from one and in characters, lie in a text."""
    return lines[place["line"] - 1] + place["column"] - 1


def starts(text):
    """Where the lines of a text start."""
    found = [0]
    for match in re.finditer("\n", text):
        found.append(match.end())
    return found


SKIPPED = re.compile(r"""//[^\n]*|/\*.*?\*/|b?r(#*)".*?"\1|b?"(?:\\.|[^"\\])*"|b?'(?:\\.[^']*|[^\\'])'""", re.DOTALL)


def body(text, start, end):
    """The braces of a function's body, and what stands before them."""
    depth, at = 0, start
    head = []
    while at < end:
        skipped = SKIPPED.match(text, at)
        if skipped:
            at = skipped.end()
            continue
        sign = text[at]
        head.append(sign)
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
        elif sign == "{" and depth == 0:
            return at, "".join(head)
        at += 1
    raise ValueError("no body")


class Mutant:
    """One mutant: what is put in place of what."""

    def __init__(self, number, record, text):
        lines = starts(text)
        self.number, self.name, self.file = number, record["name"], record["file"]
        self.start, self.end = offset(lines, record["span"]["start"]), offset(lines, record["span"]["end"])
        self.replacement = record["replacement"]
        self.genre = record["genre"]
        function = record["function"]
        self.alone = function is None
        self.open = self.close = 0
        if function:
            begin, self.close = offset(lines, function["span"]["start"]), offset(lines, function["span"]["end"]) - 1
            self.open, head = body(text, begin, self.close)
            self.alone = bool(re.search(r"\bconst\s+fn\b", head)) or "impl" in function["return_type"].split()

    def mutated(self, text, start, end):
        """A part of a text with the mutant in it."""
        if self.genre == "StructField":
            stop = self.end + (text[self.end] == ",")
        else:
            stop = self.end
        return text[start : self.start] + self.replacement + text[stop:end]


def combined(text, mutants):
    """A file with all mutants in it, and the lines that each takes."""
    functions = collections.defaultdict(list)
    for mutant in mutants:
        functions[(mutant.open, mutant.close)].append(mutant)
    out, at, places = [], 0, []
    line = 1

    def write(piece):
        nonlocal line
        out.append(piece)
        line += piece.count("\n")

    for (begin, end), group in sorted(functions.items()):
        if begin < at:
            for mutant in group:
                mutant.alone = True
            continue
        write(text[at : begin + 1])
        for mutant in group:
            write(f"\nif crate::mutant_runs({mutant.number}) {{\n")
            first = line
            write(mutant.mutated(text, begin + 1, end))
            places.append((first, line, mutant))
            write("\n} else ")
        write("{" + text[begin + 1 : end] + "}\n")
        at = end
    write(text[at:])
    return "".join(out), places


class Tree:
    """A clone of the repository that mutants are written into."""

    def __init__(self, root, target):
        self.root, self.target = root, target
        self.environment = os.environ | {"CARGO_TARGET_DIR": str(target)}
        self.environment |= {"INSTA_UPDATE": "no", "CI": "1", "RUST_BACKTRACE": "0"}
        self.environment |= {"PROPTEST_MAX_SHRINK_ITERS": "0", "PROPTEST_DISABLE_FAILURE_PERSISTENCE": "true"}
        self.environment |= {"PROPTEST_RNG_SEED": "1", "CARGO_INCREMENTAL": "1"}
        self.environment.pop("CARGO_MANIFEST_DIR", None)

    def cargo(self, arguments, **more):
        command = ["cargo", *arguments.split(" ")]
        return subprocess.run(command, cwd=self.root, env=self.environment, stdin=subprocess.DEVNULL, check=False, **more)

    def errors(self, arguments):
        """Files and lines of what the compiler refuses; None where it refuses nothing."""
        done = self.cargo(arguments, capture_output=True, text=True)
        if done.returncode == 0:
            return None
        found = []
        for text in done.stdout.splitlines():
            message = json.loads(text).get("message") if text.startswith("{") else None
            if message and message["level"] == "error":
                for span in message["spans"]:
                    while span:
                        if span["is_primary"]:
                            found.append((span["file_name"], span["line_start"], message["message"]))
                        span = (span["expansion"] or {}).get("span")
        return found or [("", 0, done.stderr[-2000:])]

    def binaries(self):
        """The test binaries, by name."""
        done = self.cargo(f"{BUILD} --no-run --lib --tests --message-format=json", stdout=subprocess.PIPE, text=True)
        if done.returncode:
            return None
        found = {}
        for text in done.stdout.splitlines():
            record = json.loads(text) if text.startswith("{") else {}
            if record.get("executable") and record["profile"]["test"]:
                kind = record["target"]["kind"][0]
                found["lib" if kind == "lib" else record["target"]["name"]] = record["executable"]
        return found

    def test(self, binary, number, limit):
        """Runs one test binary on one mutant: `passed`, `failed` or `timeout`, and the first test that failed."""

        def limits():
            resource.setrlimit(resource.RLIMIT_AS, (SPACE, SPACE))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))

        environment = self.environment | {VARIABLE: str(number), "CARGO_MANIFEST_DIR": str(self.root)}
        child = subprocess.Popen(
            [binary, "--test-threads", "2"], cwd=self.root, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=limits, start_new_session=True,
        )
        lines, failed = [], threading.Event()

        def read():
            for line in child.stdout:
                lines.append(line.decode(errors="replace"))
                if lines[-1].startswith("test ") and lines[-1].rstrip().endswith("FAILED"):
                    failed.set()

        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        end = time.monotonic() + CLOCK * limit
        outcome = None
        while outcome is None:
            if failed.is_set():
                outcome = "failed"
            elif child.poll() is not None:
                is_over = child.returncode in (-signal.SIGXCPU, -signal.SIGKILL)
                outcome = "timeout" if is_over else "failed" if child.returncode else "passed"
            elif time.monotonic() > end:
                outcome = "timeout"
            else:
                failed.wait(0.05)
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        child.wait()
        reader.join(2)
        culprit = next((l.split()[1] for l in lines if l.startswith("test ") and l.rstrip().endswith("FAILED")), "")
        return outcome, culprit


class Run:
    """The outcomes so far, written down as they come."""

    def __init__(self, path):
        self.path, self.lock = path, threading.Lock()
        self.done = {}
        if path.exists():
            for line in path.read_text().splitlines()[1:]:
                name, *rest = line.split("\t")
                self.done[name] = rest
        else:
            path.write_text("mutant\toutcome\tby\tseconds\n")

    def note(self, mutant, outcome, by, seconds):
        with self.lock, self.path.open("a") as file:
            file.write(f"{mutant.name}\t{outcome}\t{by}\t{seconds:.1f}\n")
            self.done[mutant.name] = [outcome, by, f"{seconds:.1f}"]
            print(f"{len(self.done):4} {outcome:9} {mutant.name}  {by}", flush=True)


def tried(tree, mutant, order, baseline, run):
    """Runs the tests on a mutant until one fails."""
    began = time.monotonic()
    for name, binary in order:
        outcome, culprit = tree.test(binary, mutant.number, max(AT_LEAST, math.ceil(TIMES * baseline[name])))
        if outcome != "passed":
            run.note(mutant, "caught" if outcome == "failed" else "timeout", f"{name} {culprit}".strip(), time.monotonic() - began)
            return
    run.note(mutant, "missed", "", time.monotonic() - began)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tree", type=pathlib.Path, required=True, help="clone that mutants are written into")
    parser.add_argument("--target", type=pathlib.Path, required=True, help="target folder of cargo")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="folder of outcomes")
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    run = Run(arguments.out / "results.tsv")
    tree = Tree(arguments.tree, arguments.target)
    records = {record["name"]: record for record in json.loads((arguments.out / "all.json").read_text())}
    sources = {}
    mutants = []
    for number, name in enumerate((arguments.out / "drawn.txt").read_text().splitlines(), 1):
        record = records[name]
        if record["file"] not in sources:
            sources[record["file"]] = tree.root.joinpath(record["file"]).read_text()
        mutants.append(Mutant(number, record, sources[record["file"]]))
    root = tree.root / "src/lib.rs"
    sources.setdefault("src/lib.rs", root.read_text())
    try:
        baseline = {}
        together(tree, mutants, sources, run, baseline, arguments.jobs)
        alone(tree, mutants, sources, run, baseline)
    finally:
        for file, text in sources.items():
            tree.root.joinpath(file).write_text(text)
    counts = collections.Counter(outcome for outcome, *_ in run.done.values())
    print(dict(counts))
    sys.exit(1 if counts["missed"] else 0)


def together(tree, mutants, sources, run, baseline, jobs):
    """Builds all that can be built together, and runs them."""
    left = [mutant for mutant in mutants if not mutant.alone]
    while True:
        places = {}
        for file, text in sources.items():
            new, places[file] = combined(text, [mutant for mutant in left if mutant.file == file])
            if file == "src/lib.rs":
                new += SWITCH
            if tree.root.joinpath(file).read_text() != new:
                tree.root.joinpath(file).write_text(new)
        left = [mutant for mutant in left if not mutant.alone]
        began = time.monotonic()
        errors = tree.errors(f"{BUILD} --no-run --lib --message-format=json")
        print(f"{len(left)} together, built in {time.monotonic() - began:.0f} s", flush=True)
        if errors is None:
            break
        refused = set()
        for file, line, message in errors:
            found = [mutant for first, last, mutant in places.get(file, []) if first <= line <= last]
            print(f"  {file}:{line} {message} {[mutant.name for mutant in found]}", flush=True)
            refused.update(mutant.number for mutant in found)
        if not refused:
            raise SystemExit("errors outside of mutants")
        for mutant in left:
            mutant.alone = mutant.number in refused
        left = [mutant for mutant in left if not mutant.alone]
    began = time.monotonic()
    binaries = tree.binaries()
    print(f"tests built in {time.monotonic() - began:.0f} s", flush=True)
    order = ordered(tree, binaries, baseline)
    todo = iter([mutant for mutant in left if mutant.name not in run.done])
    lock = threading.Lock()

    def work():
        while True:
            with lock:
                mutant = next(todo, None)
            if mutant is None:
                return
            tried(tree, mutant, order, baseline, run)

    workers = [threading.Thread(target=work) for _ in range(jobs)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def ordered(tree, binaries, baseline):
    """The test binaries, the quickest first; `baseline` gets what each takes without a mutant. One that fails without a
    mutant (tests/examples.rs, where the examples are not built) says nothing and is left out."""
    order = []
    for name, binary in sorted(binaries.items()):
        if name not in baseline:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            outcome, culprit = tree.test(binary, 0, 600)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            seconds = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
            baseline[name] = seconds if outcome == "passed" else None
            print(f"{seconds:6.1f} s {outcome} {name} {culprit}", flush=True)
        if baseline[name] is not None:
            order.append((name, binary))
    return sorted(order, key=lambda entry: baseline[entry[0]])


def alone(tree, mutants, sources, run, baseline):
    """Builds each of the others by itself."""
    for file, text in sources.items():
        tree.root.joinpath(file).write_text(text)
    for mutant in mutants:
        if not mutant.alone or mutant.name in run.done:
            continue
        text = sources[mutant.file]
        path = tree.root / mutant.file
        path.write_text(mutant.mutated(text, 0, len(text)))
        began = time.monotonic()
        if tree.errors(f"{BUILD} --no-run --lib --message-format=json") is not None:
            run.note(mutant, "unviable", "", time.monotonic() - began)
        else:
            order = ordered(tree, tree.binaries(), baseline)
            tried(tree, mutant, order, baseline, run)
        path.write_text(text)


if __name__ == "__main__":
    main()

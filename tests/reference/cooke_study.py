"""A made-up elicitation study by anduryl 1.2.2 (PyPI), to check Cooke's classical model beyond calibration.

usage: python cooke_study.py   writes cooke_study.json beside itself
Needs anduryl 1.2.2, numpy, pydantic; PyQt5, which anduryl imports for its windows, is stubbed.
Six experts, 5/50/95 % quantiles, twelve seeds and four targets, half of the items on a log scale; two experts leave items out.
Numbers come from a linear congruential generator, so that the study is the same everywhere."""
import json, math, os, sys, types, warnings
from unittest.mock import MagicMock
warnings.filterwarnings("ignore")
for name in ("PyQt5", "PyQt5.QtCore", "PyQt5.QtGui", "PyQt5.QtWidgets", "PyQt5.QtTest", "matplotlib", "matplotlib.pyplot"):
    sys.modules.setdefault(name, MagicMock())
dialogs = types.ModuleType("anduryl.ui.dialogs"); dialogs.NotificationDialog = None
sys.modules["anduryl.ui"] = types.ModuleType("anduryl.ui"); sys.modules["anduryl.ui.dialogs"] = dialogs
import numpy as np
from anduryl.core import calculate
from anduryl.core.assessments import Assessment
from anduryl.core.experts import Experts
from anduryl.core.items import Items

class Project:
    pass

state = 12345
def uniform():
    global state
    state = (1103515245 * state + 12345) % 2**31
    return (state + 0.5) / 2**31
def normal():
    return math.sqrt(-2 * math.log(uniform())) * math.cos(2 * math.pi * uniform())

EXPERTS, SEEDS, TARGETS = 6, 12, 4
SHARP = [0.9, 0.5, 1.4, 0.25, 1.0, 0.7]   # stated width over the expert's own error
N = SEEDS + TARGETS
log = [at % 2 == 0 for at in range(N)]
truth = [round(4 + normal(), 3) for _ in range(N)]
answers = np.full((EXPERTS, 3, N), np.nan)
for e in range(EXPERTS):
    for at in range(N):
        if (e, at % 5) in ((2, 3), (4, 1)):
            continue
        error = 0.4 + 0.5 * uniform()
        middle = truth[at] + error * normal() + (0.3 if e == 5 else 0.0)
        width = 1.645 * error * SHARP[e]
        z = [middle - width * (0.7 + 0.6 * uniform()), middle, middle + width * (0.7 + 0.6 * uniform())]
        answers[e, :, at] = [float("%.6g" % (math.exp(x) if log[at] else x)) for x in z]
value = [float("%.6g" % (math.exp(t) if l else t)) for t, l in zip(truth, log)]

project = Project()
project.experts, project.items, project.assessments = Experts(project), Items(project), Assessment(project)
items = project.items
project.assessments.array = np.zeros((0, 3, N))
project.experts.info_per_var = np.zeros((0, N))
items.ids = [f"i{at}" for at in range(N)]
items.scales = ["log" if l else "uni" for l in log]
items.realizations = np.array([value[at] if at < SEEDS else np.nan for at in range(N)])
items.bounds = np.full((N, 2), np.nan); items.overshoots = np.full((N, 2), np.nan)
items.use_quantiles = np.ones((N, 3), dtype=bool)
for e in range(EXPERTS):
    project.experts.add_expert(f"e{e}", f"e{e}", answers[e].T.copy(), "actual")

out = {"versions": {"python": sys.version.split()[0], "numpy": np.__version__, "anduryl": "1.2.2"}, "command": "python cooke_study.py",
       "probabilities": [0.05, 0.5, 0.95], "seeds": SEEDS, "log": log, "realisations": value[:SEEDS],
       "assessments": [[None if np.isnan(answers[e, 0, at]) else answers[e, :, at].tolist() for at in range(N)] for e in range(EXPERTS)]}
X = project.experts
for name, kind, alpha in (("equal", "equal", 0.0), ("global", "global", 0.0), ("item", "item", 0.0), ("optimised", "global", None)):
    dm, _, cutoff = calculate.decision_maker(X, items, project.assessments, kind, 0.1, alpha, 1.0)
    out[name] = {"quantiles": dm[:, 1:-1].tolist()}
    if alpha is None:
        out[name]["cutoff"] = float(cutoff)
    else:
        out["experts"] = [{"counts": X.M[f"e{e}"].tolist(), "calibration": float(X.calibration[e]), "info_seed": float(X.info_real[e]), "info_total": float(X.info_total[e])} for e in range(EXPERTS)]
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cooke_study.json")
json.dump(out, open(path, "w"), indent=1)
print([round(x["calibration"], 4) for x in out["experts"]], out["optimised"]["cutoff"])

"""Posterior quantiles of constructed questions, by brute force on an even grid.

Written from METHODS.md, not from the Rust code. Slow on purpose: no mesh, no tables, no tricks.
Run it to write posterior.json beside it (numpy 2.4, scipy 1.17; about a minute).
"""
import json
import os

import numpy as np
from scipy.special import log_ndtr, ndtri

STEP = 0.0005          # of the grid, on the question's scale
REACH = 50.0           # the grid goes this far beyond the outermost figure
SIGMA = 0.02 * 2 ** (np.arange(14) / 2)
DIFFICULTY = 2.0 ** ((np.arange(9) - 4) / 2)
LEVELS = [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975]
CLASS = {"named": (0.25, 0.05), "anonymous": (0.40, 0.15)}
GRADE = {"A": -1.0, "B": -0.5, "C": 0.0, "D": 0.5, "E": 1.0, "F": 0.0, None: 0.0}  # log2 of the factor
MU, TAU, RHO, RHO_TIED, EPS = 0.0, 0.02, 0.35, 0.5, 0.40
GROSS, FAR, FAR_WEIGHT = 1.5, 0.005 * 2 ** 10.5, 0.1


def log_normal(x, s):
    return -0.5 * (x / s) ** 2 - np.log(s) - 0.5 * np.log(2 * np.pi)


def log_understated(x, s, g):
    return -np.log(g) + x / g + s * s / (2 * g * g) + log_ndtr(-x / s - s / g)


def log_floor(x, s, g):
    return np.logaddexp(np.log(0.75) + log_understated(x, s, g), np.log(0.25) + log_understated(x, s, 1.0))


def scale_of(question, figures):
    """(forward, back, unit): forward maps values to the scale."""
    ends = [v for f in figures for v in (f["lo"], f["hi"], *([f["interval"][0], f["interval"][1]] if f["interval"] else []))]
    kind = question["scale"]
    if kind == "log" and min(ends) <= 0:
        kind = "asinh"
    if kind == "log":
        return kind, np.log, np.exp, None
    outer = []
    for f in figures:
        lo = min([f["lo"]] + (f["interval"][:2] if f["interval"] else []))
        hi = max([f["hi"]] + (f["interval"][:2] if f["interval"] else []))
        outer.append((lo, hi, max((hi - lo) / 2, f["granularity"] / np.sqrt(12))))
    size = [max(abs(lo), abs(hi)) for lo, hi, _ in outer]
    if kind == "asinh":
        unit = np.median([s for s in size if s > 0]) * (1.0 if min(ends) < 0 else 0.1)
        if min(ends) >= 0:
            # a zero that was claimed is off by its own step
            unit = min([unit] + [np.sqrt(12) * h for lo, hi, h in outer if lo == 0 and hi == 0 and h > 0])
        return kind, lambda x: np.arcsinh(x / unit), lambda z: unit * np.sinh(z), unit
    middle = np.array([(lo + hi) / 2 for lo, hi, _ in outer])
    centre = np.median(middle)
    n = len(outer)
    both = question.get("min") is not None and question.get("max") is not None
    relative = (question["max"] - question["min"]) / 8 if both else 0.25 * np.median(size)
    stated = max(1.4826 * np.median(abs(middle - centre)), np.median([h for _, _, h in outer]))
    spread = relative ** (1 / n) * stated ** ((n - 1) / n)
    unit = spread / 0.25
    return kind, lambda x: (x - centre) / unit, lambda z: centre + unit * z, unit


def slope(kind, x, unit):
    return {"log": 1 / abs(x) if x else np.inf, "linear": 1 / unit if unit else 0, "asinh": 1 / np.hypot(x, unit) if unit else 0}[kind]


def likelihood(f, theta, noise, kind, forward, unit, bias, gross=False):
    """ln f(z | theta) of one figure at one noise sigma*d."""
    lo, hi = f["lo"], f["hi"]
    zlo, zhi = forward(lo), forward(hi)
    z = (zlo + zhi) / 2
    size = max(abs(lo), abs(hi))
    rounding = min(f["granularity"] * slope(kind, size, unit) / np.sqrt(12), 1.5) if f["granularity"] else 0.0
    w = max(0.01, rounding)
    bound = f["bound"]
    if bound == "about":
        w = max(w, 0.08)
    if bound in ("range", "vague"):
        w = max(w, (zhi - zlo) / 2)
    below = above = w
    if f["interval"]:
        a, b, level = f["interval"]
        q = ndtri(0.5 + level / 2)
        below, above = max(0.01, (z - forward(a)) / q), max(0.01, (forward(b) - z) / q)
    extra = f["hops"] * 0.04 ** 2
    growth = 0.0 if kind == "linear" else 0.4 * f["age"] / (f["age"] + 3.0)
    if bound in ("at most", "less than"):
        extra += (0.3 * growth) ** 2
    if f.get("share"):
        q10, q90 = f["share"]
        extra += ((forward(size * q90) - forward(size * q10)) / (2 * ndtri(0.9))) ** 2
    sb, sa = np.sqrt(noise**2 + below**2 + extra), np.sqrt(noise**2 + above**2 + extra)
    slack = min(max(forward(size + f["granularity"]) - forward(size), 0.01), 1.0) if f["granularity"] else 0.12
    x = z - theta - bias
    if bound in ("at least", "more than"):
        return log_floor(x, sb, slack + 0.3 * growth)
    if bound in ("at most", "less than"):
        return log_floor(-x, sa, slack)
    if growth > 0:
        return np.logaddexp(np.log(0.7) + log_normal(x, sb), np.log(0.3) + log_understated(x, sb, growth))
    if f["interval"]:
        return np.where(x > 0, log_normal(x, sb), log_normal(x, sa))
    return log_normal(x, sb)


def p_sigma(cls, grade):
    median = CLASS[cls][0] * 2 ** GRADE[grade]
    p = np.exp(-0.5 * (np.log(SIGMA / median) / 0.8) ** 2)
    return p / p.sum()


def gross_rate(cls, grade, hops):
    pi = CLASS[cls][1]
    odds = pi / (1 - pi) * 2 ** GRADE[grade]
    return 1 - (1 - odds / (1 + odds)) * 0.97**hops


def solve(question, solved):
    figures = []
    for o in question["origins"]:
        f = dict(bound=o["bound"], lo=o["low"], hi=o["high"], granularity=o.get("granularity", 0.0),
                 interval=o.get("interval"), hops=o.get("hops", 0), age=o.get("age", 0))
        if "of" in o:
            base = solved[o["of"]]
            m = base[LEVELS.index(0.5)]
            f["lo"], f["hi"], f["granularity"] = f["lo"] * m, f["hi"] * m, f["granularity"] * m
            f["share"] = (base[LEVELS.index(0.1)] / m, base[LEVELS.index(0.9)] / m)
        figures.append(f)
    kind, forward, back, unit = scale_of(question, figures)
    zs = [(forward(f["lo"]) + forward(f["hi"])) / 2 for f in figures]
    wide = max(abs(forward(f["hi"]) - forward(f["lo"])) for f in figures)
    low, high = min(zs) - REACH - 4 * wide, max(zs) + REACH + 4 * wide
    slow, shigh = -np.inf, np.inf
    if kind == "asinh" and question.get("min") is None and min(min(f["lo"], *(f["interval"][:2] if f["interval"] else [])) if f["interval"] else f["lo"] for f in figures) >= 0:
        slow = forward(0.0)  # a count is not negative unless somebody says so
    if question.get("min") is not None and not (kind == "log" and question["min"] <= 0):
        slow = forward(question["min"])
    if question.get("max") is not None:
        shigh = forward(question["max"])
    low, high = max(low, slow), min(high, shigh)
    n = int(np.ceil((high - low) / STEP))
    step = (high - low) / n
    theta = low + step * (np.arange(n) + 0.5)
    ties = [o.get("tie") for o in question["origins"]]
    eta = [1 / (1 + sum((RHO_TIED if t is not None and t == u else RHO) for j, u in enumerate(ties) if j != i))
           for i, t in enumerate(ties)]
    pd = np.exp(-0.5 * (np.log(DIFFICULTY) / 0.6) ** 2)
    pd /= pd.sum()
    prior_sd = max(2.5, (max(zs) - min(zs)) / 2)
    joint = np.log(pd)[:, None] - 0.5 * ((theta - np.median(zs)) / prior_sd) ** 2
    pools, shares = [], []
    for o, f, e in zip(question["origins"], figures, eta):
        ps = np.array(o["p_sigma"]) if "p_sigma" in o else p_sigma(o["class"], o.get("grade"))
        bias = o.get("bias", 0.0)
        pi = gross_rate(o["class"], o.get("grade"), f["hops"])
        bad = np.logaddexp(np.log1p(-FAR_WEIGHT) + likelihood(f, theta, GROSS, kind, forward, unit, 0.0),
                           np.log(FAR_WEIGHT) + likelihood(f, theta, FAR, kind, forward, unit, bias))
        logs = {}
        pool = np.zeros_like(theta)
        for i, d in enumerate(DIFFICULTY):
            parts = []
            for j, s in enumerate(SIGMA):
                if i + j not in logs:
                    logs[i + j] = likelihood(f, theta, s * d, kind, forward, unit, bias)
                parts.append(np.log(ps[j]) + logs[i + j])
            parts = np.logaddexp.reduce(parts, axis=0)
            star = np.logaddexp(np.log1p(-pi) + parts, np.log(pi) + bad)
            joint[i] += e * star
            pool += pd[i] * np.exp(star)
        pools.append(pool / (pool.sum() * step))
        shares.append(1 - pi)
    p = np.exp(joint - joint.max()).sum(axis=0)
    p /= p.sum() * step
    p = (1 - EPS) * p + EPS * np.average(pools, axis=0, weights=shares)
    # Convolution with N(mu, tau^2), padded so that nothing wraps round.
    m = int(np.ceil(9 * TAU / step))
    k = np.exp(-0.5 * (np.arange(-m, m + 1) * step / TAU) ** 2)
    smooth = np.convolve(p, k / k.sum())
    edges = low + step * np.arange(-m, n + m + 1) + MU
    cdf = np.concatenate([[0], np.cumsum(smooth)])
    cdf /= cdf[-1]
    z = np.clip(np.interp(LEVELS, cdf, edges), slow, shigh)
    return [float(v) for v in back(z)], kind


def single(bound, value, granularity=0.0, **more):
    return dict(dict(bound=bound, low=value, high=value, granularity=granularity) | {"class": "named"}, **more)


def ranged(bound, low, high, granularity=0.0, **more):
    return dict(dict(bound=bound, low=low, high=high, granularity=granularity) | {"class": "named"}, **more)


def questions():
    def log(name, origins, **more):
        return dict(name=name, scale="log", origins=origins, **more)

    yield log("one exact figure", [single("exact", 1234.0, 1.0)])
    yield log("one round figure", [single("exact", 12000.0, 1000.0)])
    yield log("one about", [single("about", 1200.0, 100.0)])
    yield log("one floor", [single("more than", 11000.0, 1000.0)])
    yield log("one floor without rounding", [single("at least", 11000.0)])
    yield log("one precise floor", [single("at least", 8175133.0, 1.0)])
    yield log("one ceiling", [single("at most", 4000.0, 1000.0)])
    yield log("one range", [ranged("range", 1000.0, 3000.0, 1000.0)])
    yield log("one vague word", [ranged("vague", 24.0, 99.0)])
    yield log("a stated interval, skewed", [single("exact", 100.0, 0.0, interval=[60.0, 300.0, 0.9])])
    yield log("two stated intervals", [single("exact", 100.0, 0.0, interval=[60.0, 300.0, 0.9]),
                                       single("exact", 150.0, 0.0, interval=[140.0, 165.0, 0.5])])
    yield log("every bound at once", [
        single("exact", 1000.0, 1.0), single("more than", 1100.0, 100.0), ranged("range", 900.0, 2000.0, 100.0),
        single("at most", 4000.0, 1000.0, **{"class": "anonymous"}), single("about", 1200.0, 100.0)])
    yield log("relays", [single("exact", 500.0, 1.0, hops=3), single("about", 650.0, 10.0, hops=1),
                         single("at least", 700.0, 100.0, hops=2, **{"class": "anonymous"})])
    yield log("anonymous against named", [single("exact", 300.0, 1.0, **{"class": "anonymous"}), single("exact", 600.0, 1.0)])
    yield log("graded sources", [single("exact", 300.0, 1.0, grade="A"), single("exact", 450.0, 1.0, grade="E"),
                                 single("exact", 380.0, 1.0, grade="F"), single("about", 350.0, 10.0, grade="D")])
    yield log("a gross outlier", [single("exact", v, 1.0) for v in (1000.0, 1100.0, 900.0, 1020.0, 100000.0)])
    yield log("two camps", [single("exact", v, 1.0) for v in (1000.0, 1050.0, 5000.0, 5200.0)])
    yield log("floors only", [single("more than", v, 100.0) for v in (1000.0, 3000.0, 2000.0)])
    yield log("tied origins", [single("exact", 200.0, 1.0, tie=3), single("exact", 210.0, 1.0, tie=3), single("exact", 320.0, 1.0)])
    yield log("limits", [single("exact", 90.0, 1.0), single("about", 97.0, 1.0)], min=0.0, max=100.0)
    yield log("a figure beyond the limit", [single("exact", 120.0, 1.0), single("exact", 80.0, 1.0)], min=1.0, max=100.0)
    yield log("old figures of a growing count", [single("exact", 100.0, 1.0, age=60), single("at least", 130.0, 10.0, age=20),
                                                 single("at most", 300.0, 100.0, age=400)])
    yield log("a source with a record", [single("exact", 1000.0, 1.0, bias=0.3, p_sigma=[0.3, 0.4, 0.2, 0.1] + [1e-12] * 10),
                                         single("more than", 900.0, 10.0, bias=-0.2), single("exact", 1500.0, 1.0)])
    yield log("one, and a share of it", [single("about", 11000.0, 1000.0), single("exact", 12500.0, 100.0)])
    yield log("the share", [single("about", 0.5, 0.1, of="one, and a share of it"), single("exact", 4000.0, 1000.0)])
    yield dict(name="linear", scale="linear", origins=[single("exact", v, 1.0) for v in (3.0, -1.0, 5.0, 2.0)])
    yield dict(name="linear with limits", scale="linear", min=0.0, max=100.0,
               origins=[single("exact", v, 1.0) for v in (25.0, 80.0, 5.0)] + [single("at least", 30.0, 10.0)])
    yield dict(name="zero among counts", scale="log", origins=[single("exact", 0.0, 1.0), single("exact", 12.0, 1.0), single("about", 10.0, 10.0)])
    yield dict(name="profits and losses", scale="asinh", origins=[single("exact", v, 1.0) for v in (-5.0, 3.0, 8.0)])


if __name__ == "__main__":
    solved, out = {}, []
    for question in questions():
        quantiles, kind = solve(question, solved)
        solved[question["name"]] = quantiles
        out.append(dict(question, in_force=kind, quantiles=quantiles))
        print(question["name"], [f"{q:.6g}" for q in quantiles], flush=True)
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "posterior.json"), "w") as file:
        json.dump(dict(command="python posterior.py", step=STEP, levels=LEVELS, questions=out), file, indent=1)
        file.write("\n")

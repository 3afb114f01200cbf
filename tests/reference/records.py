"""What questions show of their sources, by brute force on an even grid, in plain Python: `python records.py` writes
records.json (half a minute).

Written from sections 1 to 3 and 12 of METHODS.md. Log scale, figures without relays, age or limits.
"""

import json
import math
import pathlib

STEP, REACH = 0.004, 14.0
SIGMA = [0.02 * 2 ** (j / 2) for j in range(14)]
DIFFICULTY = [2 ** ((d - 4) / 2) for d in range(9)]
GROSS, FAR, FAR_WEIGHT = 1.5, 0.005 * 2**10.5, 0.1
RHO = 0.35
WORDINGS = ["exact", "about", "at least", "at most"]
LN_SQRT_2PI = 0.5 * math.log(2 * math.pi)


def normal(x, s):
    return math.exp(-0.5 * (x / s) ** 2) / (s * math.sqrt(2 * math.pi))


def understated(x, s, g):
    """N(0, s²) less an exponential of mean g."""
    u = -x / s - s / g
    if u > -30:
        log = math.log(0.5 * math.erfc(-u / math.sqrt(2)))
    else:
        log = -0.5 * u * u - math.log(-u) - LN_SQRT_2PI + math.log1p(-1 / u**2 + 3 / u**4 - 15 / u**6)
    return math.exp(x / g + s * s / (2 * g * g) + log) / g


def density(figure, theta, noise, bias):
    """f(z | θ) of a figure at one noise σ·d."""
    z, g = math.log(figure["value"]), figure["granularity"]
    w = max(0.01, g / figure["value"] / math.sqrt(12))
    if figure["bound"] == "about":
        w = max(w, 0.08)
    s, x = math.hypot(noise, w), z - theta - bias
    if figure["bound"] in ("exact", "about"):
        return normal(x, s)
    slack = min(max(math.log1p(g / figure["value"]), 0.01), 1.0)
    x = x if figure["bound"] == "at least" else -x
    return 0.75 * understated(x, s, slack) + 0.25 * understated(x, s, 1.0)


def gross(figure, theta, bias):
    return (1 - FAR_WEIGHT) * density(figure, theta, GROSS, 0.0) + FAR_WEIGHT * density(figure, theta, FAR, bias)


def p_sigma(median):
    p = [math.exp(-0.5 * (math.log(s / median) / 0.8) ** 2) for s in SIGMA]
    return [v / sum(p) for v in p]


def records(question):
    figures = question["figures"]
    n = len(figures)
    z = [math.log(f["value"]) for f in figures]
    middle = sorted(z)[n // 2] if n % 2 else sum(sorted(z)[n // 2 - 1 : n // 2 + 1]) / 2
    nodes = [middle - REACH + STEP * i for i in range(round(2 * REACH / STEP) + 1)]
    eta = 1 / (1 + RHO * (n - 1))
    p_d = [math.exp(-0.5 * (math.log(d) / 0.6) ** 2) for d in DIFFICULTY]
    p_d = [p / sum(p_d) for p in p_d]
    prior_sd = max(2.5, (max(z) - min(z)) / 2)
    prior = [math.exp(-0.5 * ((t - middle) / prior_sd) ** 2) for t in nodes]

    def star(figure, theta):
        """L*(θ, d) of a figure at each difficulty."""
        f = [density(figure, theta, 0.005 * 2 ** (k / 2), figure["bias"]) for k in range(22)]
        ps, bad = figure["p_sigma"], figure["pi"] * gross(figure, theta, figure["bias"])
        return [(1 - figure["pi"]) * sum(p * f[d + j] for j, p in enumerate(ps)) + bad for d in range(9)]

    stars = [[star(f, t) for t in nodes] for f in figures]
    pools = []
    for rows in stars:
        pool = [sum(p * v for p, v in zip(p_d, row)) for row in rows]
        mass = sum(pool) * STEP
        pools.append(lambda theta, f=figures[len(pools)], mass=mass: sum(
            p * v for p, v in zip(p_d, star(f, theta))) / mass)

    def others(at, theta):
        """p₋ₒ(θ, d) at each difficulty, not normalised, at any place."""
        found = [p * math.exp(-0.5 * ((theta - middle) / prior_sd) ** 2) for p in p_d]
        for other, f in enumerate(figures):
            if other != at:
                found = [p * v**eta for p, v in zip(found, star(f, theta))]
        return found

    def view_of_others(at):
        figure = figures[at]
        joint = [[p * h for p in p_d] for h in prior]
        for other in range(n):
            if other != at:
                for row, likelihood in zip(joint, stars[other]):
                    for d in range(9):
                        row[d] *= likelihood[d] ** eta
        mass = sum(map(sum, joint)) * STEP
        # What the others say exactly may be the true value.
        atoms = {}
        for other, f in enumerate(figures):
            if other != at and f["kappa"] > 0:
                atoms.setdefault(f["value"], []).append(other)
        odds = {}
        for value, speakers in atoms.items():
            theta = math.log(value)
            speakers.sort(key=lambda o: -figures[o]["kappa"])
            first = figures[speakers[0]]["kappa"]
            w = first / (1 - first) * sum(others(at, theta)) / mass / pools[speakers[0]](theta)
            for o in speakers[1:]:
                kappa, gamma = figures[o]["kappa"], figures[o]["repeat"]
                lattice = figures[o]["granularity"] / value
                c = gamma + (1 - gamma) * min(pools[o](theta) * lattice, 0.25)
                w *= (kappa + (1 - kappa) * c) / ((1 - kappa) * c)
            odds[value] = w
        total = 1 + sum(odds.values())
        chance = {value: w / total for value, w in odds.items()}
        free = 1 / total
        mean = free * sum(t * sum(row) for t, row in zip(nodes, joint)) * STEP / mass
        square = free * sum(t * t * sum(row) for t, row in zip(nodes, joint)) * STEP / mass
        predictive = [0.0] * 14
        bad = 0.0
        near = [i for i, row in enumerate(joint) if sum(row) > 1e-14 * mass]
        for i in near:
            f = [density(figure, nodes[i], 0.005 * 2 ** (k / 2), figure["bias"]) for k in range(22)]
            for j in range(14):
                predictive[j] += free * STEP / mass * sum(joint[i][d] * f[d + j] for d in range(9))
            bad += free * STEP / mass * sum(joint[i]) * gross(figure, nodes[i], figure["bias"])
        for value, p in chance.items():
            theta = math.log(value)
            mean += p * theta
            square += p * theta * theta
            here = others(at, theta)
            f = [density(figure, theta, 0.005 * 2 ** (k / 2), figure["bias"]) for k in range(22)]
            for j in range(14):
                predictive[j] += p * sum(here[d] * f[d + j] for d in range(9)) / sum(here)
            bad += p * gross(figure, theta, figure["bias"])
        agreed = chance.get(figure["value"], 0.0)
        exact = agreed / (figure["granularity"] / figure["value"]) + free * sum(others(at, z[at])) / mass
        return predictive, bad, mean, square - mean * mean, exact, agreed

    def view_of_settled(at, value):
        figure, theta = figures[at], math.log(value)
        here = others(at, theta)
        f = [density(figure, theta, 0.005 * 2 ** (k / 2), figure["bias"]) for k in range(22)]
        predictive = [sum(here[d] * f[d + j] for d in range(9)) / sum(here) for j in range(14)]
        exact = figure["value"] / figure["granularity"] if figure["value"] == value else 0.0
        return predictive, gross(figure, theta, 0.0), theta, 0.0, exact, 0.0

    found = []
    settled = question["resolution"]
    for at, figure in enumerate(figures):
        view = view_of_others(at) if settled is None else view_of_settled(at, settled)
        predictive, bad, mean, variance, exact, agreed = view
        is_hit = settled == figure["value"]
        is_repeated = not is_hit and any(f["value"] == figure["value"] for o, f in enumerate(figures) if o != at)
        weight = 0.7 if settled is None else 1.0
        pi, kappa, lattice = figure["pi"], figure["kappa"], figure["granularity"] / figure["value"]
        each = [(1 - pi) * p + pi * bad for p in predictive]
        wrong = pi * bad / sum(p * e for p, e in zip(figure["p_sigma"], each))
        coarse = [(p, e) for p, e, s in zip(figure["p_sigma"], each, SIGMA) if s >= lattice]
        chance = sum(p * e for p, e in coarse) / sum(p for p, _ in coarse)
        if is_repeated:
            chance += figure["repeat"] * (1 - agreed) / lattice
        record = kappa * exact / (kappa * exact + (1 - kappa) * chance)
        rest = weight * (1 - record)
        width = max(0.01, lattice / math.sqrt(12), 0.08 if figure["bound"] == "about" else 0.0)
        error = sum(p * s * s for p, s in zip(figure["p_sigma"], SIGMA))
        inverse = rest * (1 - wrong) / (variance + error + width**2)
        if figure["bound"] not in ("exact", "about"):
            inverse = 0.0
        found.append(
            dict(
                inexact=rest, gross=rest * wrong, eligible=weight, exact=weight * record,
                wording=WORDINGS.index(figure["bound"]), repeated=rest if is_repeated else 0.0,
                bias=inverse * (z[at] - mean), bias_weight=inverse,
                log_predictive=[rest * (math.log(e) + LN_SQRT_2PI) for e in each],
            )
        )
    return found


def said(bound, value, granularity, median, **more):
    figure = dict(bound=bound, value=value, granularity=granularity, p_sigma=p_sigma(median))
    return figure | dict(bias=0.0, pi=0.05, kappa=0.0, repeat=0.2) | more


def questions():
    plain = [
        said("exact", 1000.0, 1.0, 0.1, bias=0.05), said("exact", 1100.0, 100.0, 0.25, pi=0.15),
        said("about", 1500.0, 100.0, 0.4, bias=-0.2), said("at least", 900.0, 100.0, 0.25),
    ]
    yield dict(name="errors alone", resolution=None, figures=plain)
    yield dict(name="errors alone, settled", resolution=1250.0, figures=[f | dict(bias=0.0) for f in plain])
    register = [
        said("exact", 1000.0, 1.0, 0.1, kappa=0.5), said("exact", 1000.0, 1.0, 0.25, kappa=0.3),
        said("exact", 1200.0, 100.0, 0.2, kappa=0.2, repeat=0.1), said("about", 1300.0, 100.0, 0.3, kappa=0.1),
        said("exact", 1200.0, 100.0, 0.3, kappa=0.1, repeat=0.3),
    ]
    yield dict(name="records", resolution=None, figures=register)
    yield dict(name="records, one of them right", resolution=1200.0, figures=register)


def main():
    out = [dict(question, records=records(question)) for question in questions()]
    pathlib.Path(__file__).with_name("records.json").write_text(json.dumps(dict(questions=out), indent=1) + "\n")


if __name__ == "__main__":
    main()

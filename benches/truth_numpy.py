"""CRH, CATD and GTM in numpy, on the same CSV as sayso reads: the versions to be faster than.

    python benches/truth_numpy.py crh|catd|gtm CASE.csv OUT.csv

Li et al. 2014 (CRH, absolute loss), Li et al. 2014 (CATD), Zhao and Han 2012 (GTM), on log figures scaled by the spread of
their question, until no truth moves by 1e-6 or for 100 rounds. The number of a bound is taken as it stands.
"""

import sys

import numpy as np
import pandas as pd

ROUNDS, SETTLED = 100, 1e-6


def read(path):
    """Question and source of each claim as numbers from 0, its value, and the names of the questions."""
    frame = pd.read_csv(path, usecols=["question", "publisher", "estimate"], dtype=str)
    value = np.log(frame.estimate.str.extract(r"(\d+)", expand=False).astype(float).to_numpy())
    question, names = pd.factorize(frame.question)
    return question, pd.factorize(frame.publisher)[0], value, names


def weighted_mean(question, value, weight):
    return np.bincount(question, weight * value) / np.bincount(question, weight)


def weighted_median(question, value, weight):
    order = np.lexsort((value, question))
    q, v, w = question[order], value[order], weight[order]
    starts = np.searchsorted(q, np.arange(q[-1] + 1))
    total = np.cumsum(w)
    before = np.concatenate(([0.0], total))[starts]
    half = before + 0.5 * (np.concatenate((total[starts[1:] - 1], total[-1:])) - before)
    return v[np.minimum(np.searchsorted(total, half), len(v) - 1)]


def crh(question, source, value):
    scale = np.sqrt(np.bincount(question, (value - weighted_mean(question, value, np.ones_like(value))[question]) ** 2))
    scale = np.where(scale > 0, scale, 1.0)[question]
    weight = np.ones(source.max() + 1)
    truth = weighted_median(question, value, weight[source])
    for _ in range(ROUNDS):
        loss = np.bincount(source, np.abs(value - truth[question]) / scale) + 1e-12
        weight = np.log(loss.sum() / loss)
        old, truth = truth, weighted_median(question, value, weight[source])
        if np.abs(truth - old).max() < SETTLED:
            break
    return truth


def catd(question, source, value):
    from statistics import NormalDist

    count = np.bincount(source).astype(float)
    z = NormalDist().inv_cdf(0.025)
    # Wilson and Hilferty's approximation of the chi-squared quantile.
    quantile = count * (1 - 2 / (9 * count) + z * np.sqrt(2 / (9 * count))) ** 3
    truth = weighted_mean(question, value, np.ones_like(value))
    for _ in range(ROUNDS):
        weight = quantile / (np.bincount(source, (value - truth[question]) ** 2) + 1e-12)
        old, truth = truth, weighted_mean(question, value, weight[source])
        if np.abs(truth - old).max() < SETTLED:
            break
    return truth


def gtm(question, source, value, alpha=10.0, beta=10.0):
    mean = weighted_mean(question, value, np.ones_like(value))
    spread = np.sqrt(weighted_mean(question, (value - mean[question]) ** 2, np.ones_like(value)))
    scaled = (value - mean[question]) / np.where(spread > 0, spread, 1.0)[question]
    variance = np.ones(source.max() + 1)
    truth = np.zeros(len(mean))
    for _ in range(ROUNDS):
        weight = 1.0 / variance[source]
        old, truth = truth, np.bincount(question, weight * scaled) / (1.0 + np.bincount(question, weight))
        left = 1.0 / (1.0 + np.bincount(question, weight))
        squares = np.bincount(source, (scaled - truth[question]) ** 2 + left[question])
        variance = (2 * beta + squares) / (2 * (alpha + 1) + np.bincount(source))
        if np.abs(truth - old).max() < SETTLED:
            break
    return mean + truth * spread


if __name__ == "__main__":
    method, path, out = sys.argv[1:]
    question, source, value, names = read(path)
    truth = {"crh": crh, "catd": catd, "gtm": gtm}[method](question, source, value)
    pd.DataFrame({"question": names, "value": np.exp(truth)}).to_csv(out, index=False)

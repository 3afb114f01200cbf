"""Truth discovery by the formulae of the papers, in plain Python: `python truth.py` writes truth.json.

Written from the papers and METHODS.md, question by question and pair by pair, without the columns of the program. Facts
are the distinct numbers of a question, rising; what a method says of them is listed in that order.
"""

import json
import math
import pathlib
from statistics import fmean, median, pstdev

# (source, number) of each question. Source 4 repeats what 3 says, right or wrong; 5 speaks once; the sixth question has
# one voice, the last figures that are all alike.
QUESTIONS = [
    [(0, 1.0), (1, 1.0), (2, 1.2), (3, 7.0), (4, 7.0)],
    [(0, 4.0), (1, 4.1), (2, 4.1), (3, 2.0), (4, 2.0), (5, 4.0)],
    [(0, 0.5), (1, 0.9), (3, 0.5), (4, 0.5)],
    [(0, 10.0), (1, 10.0), (2, 10.4), (3, 13.0), (4, 13.0)],
    [(1, 3.0), (2, 3.0), (3, 3.3), (4, 3.3), (0, 2.6)],
    [(2, 8.0)],
    [(0, 6.0), (1, 6.2), (2, 6.2), (3, 6.9)],
    [(0, 5.0), (2, 5.0), (4, 5.0)],
]
SOURCES = range(6)

FACTS = [(q, z) for q, said in enumerate(QUESTIONS) for z in sorted({z for _, z in said})]
VOTERS = {fact: [s for s, z in QUESTIONS[fact[0]] if z == fact[1]] for fact in FACTS}
CLAIMS = {s: [fact for fact in FACTS if s in VOTERS[fact]] for s in SOURCES}
OF = {q: [fact for fact in FACTS if fact[0] == q] for q in range(len(QUESTIONS))}


def by_largest(values):
    most = max(values.values())
    return {key: value / most for key, value in values.items()} if most > 0 else values


def sums(worth):
    """Pasternack and Roth (2010): belief and trust in turn, each divided by the largest."""
    belief = dict.fromkeys(FACTS, 0.5)
    for _ in range(20):
        trust = by_largest({s: worth([belief[fact] for fact in CLAIMS[s]]) for s in SOURCES})
        belief = by_largest({fact: sum(trust[s] for s in VOTERS[fact]) for fact in FACTS})
    return belief


def investment(start, grow):
    """Pasternack and Roth (2010): a source gets back its part of what it has put into a fact."""
    belief, trust = start, dict.fromkeys(SOURCES, 1.0)

    def put(trust):
        return {fact: sum(trust[s] / len(CLAIMS[s]) for s in VOTERS[fact]) for fact in FACTS}

    for _ in range(20):
        pot = put(trust)
        back = {s: sum(belief[f] * trust[s] / len(CLAIMS[s]) / pot[f] for f in CLAIMS[s]) for s in SOURCES}
        trust = by_largest(back)
        belief = grow(put(trust))
    return belief


def pooled(pot):
    return {
        (q, z): pot[(q, z)] * pot[(q, z)] ** 1.4 / sum(pot[other] ** 1.4 for other in OF[q]) for q, z in FACTS
    }


def truthfinder():
    """Yin, Han and Yu (2008)."""

    def width(q):
        z = [z for _, z in QUESTIONS[q]]
        away = [abs(x - median(z)) for x in z]
        return median(away) or fmean(away)

    trust = dict.fromkeys(SOURCES, 0.9)
    for _ in range(20):
        own = {f: sum(-math.log(1 - min(trust[s], 1 - 1e-10)) for s in VOTERS[f]) for f in FACTS}
        confidence = {}
        for q, z in FACTS:
            others = 0.0
            for other in OF[q]:
                if other != (q, z):
                    others += own[other] * (math.exp(-abs(other[1] - z) / width(q)) - 0.5)
            confidence[(q, z)] = 1 / (1 + math.exp(-0.3 * (own[(q, z)] + 0.5 * others)))
        new = {s: fmean(confidence[f] for f in CLAIMS[s]) for s in SOURCES}
        dot = sum(trust[s] * new[s] for s in SOURCES)
        sizes = math.hypot(*trust.values()) * math.hypot(*new.values())
        trust = new
        if 1 - dot / sizes < 1e-5:
            break
    return confidence


WRONG = 10


def score(accuracy):
    return math.log(WRONG * accuracy / (1 - accuracy))


def chances(votes):
    """A question has one true and ten wrong values; those that nobody claims have no vote."""
    found = {}
    for facts in OF.values():
        total = sum(math.exp(votes[f]) for f in facts) + WRONG + 1 - len(facts)
        found.update({f: math.exp(votes[f]) / total for f in facts})
    return found


def accuracies(chance):
    return {s: min(max(fmean(chance[f] for f in CLAIMS[s]), 0.01), 0.99) for s in SOURCES}


def accu():
    """Dong, Berti-Equille and Srivastava (2009), without copying."""
    accuracy = dict.fromkeys(SOURCES, 0.8)
    for _ in range(20):
        chance = chances({f: sum(score(accuracy[s]) for s in VOTERS[f]) for f in FACTS})
        new = accuracies(chance)
        change = max(abs(new[s] - accuracy[s]) for s in SOURCES)
        accuracy = new
        if change < 1e-9:
            break
    return chance


def accucopy():
    """Dong, Berti-Equille and Srivastava (2009)."""
    accuracy, dependence, before = dict.fromkeys(SOURCES, 0.8), {}, None
    for _ in range(20):
        votes = {}
        for fact in FACTS:
            order = sorted(VOTERS[fact], key=lambda s: (-accuracy[s], s))
            votes[fact] = 0.0
            for at, s in enumerate(order):
                free = math.prod(1 - 0.8 * dependence.get(frozenset((s, r)), 0.0) for r in order[:at])
                votes[fact] += score(accuracy[s]) * free
        chance = chances(votes)

        def rank(fact):
            z = [z for _, z in QUESTIONS[fact[0]]]
            return votes[fact], -round(abs(fact[1] - median(z)), 9), -fact[1]

        best = [max(OF[q], key=rank) for q in OF]
        accuracy = accuracies(chance)
        if best == before:
            break
        before = best
        for a in SOURCES:
            for b in range(a):
                pair = dependent(a, b, best, accuracy)
                if pair is not None:
                    dependence[frozenset((a, b))] = pair
    return chance


def dependent(a, b, best, accuracy):
    """P(one copies the other | what they have in common), with 0.2 beforehand and 0.8 of the values copied."""
    right = wrong = different = 0
    for q, said in enumerate(QUESTIONS):
        said = dict(said)
        if a in said and b in said:
            right += said[a] == said[b] == best[q][1]
            wrong += said[a] == said[b] != best[q][1]
            different += said[a] != said[b]
    if right + wrong + different == 0:
        return None
    pa, pb = accuracy[a], accuracy[b]
    true, false = pa * pb, (1 - pa) * (1 - pb) / WRONG
    alone = true**right * false**wrong * (1 - true - false) ** different
    weight = 0.0
    for origin in (pa, pb):
        copied = (0.8 * origin + 0.2 * true) ** right * (0.8 * (1 - origin) + 0.2 * false) ** wrong
        weight += 0.1 * copied * (0.2 * (1 - true - false)) ** different
    return weight / (weight + 0.8 * alone)


def kdem():
    """Wan and others (2016): the weight of each source."""
    weight, before = dict.fromkeys(SOURCES, 1.0), math.nan
    for _ in range(50):
        loss = dict.fromkeys(SOURCES, 0.0)
        for said in QUESTIONS:
            z = [z for _, z in said]
            width = median(abs(x - median(z)) for x in z) + 1e-10 * pstdev(z)
            total = sum(weight[s] for s, _ in said)
            w = [weight[s] / total if total > 0 else 1 / len(said) for s, _ in said]

            def kernel(x, y, width=width):
                return 1.0 if x == y or width <= 0 else math.exp(-(((x - y) / width) ** 2))

            f = [sum(v * kernel(x, y) for v, y in zip(w, z)) for x in z]
            norm = sum(v * x for v, x in zip(w, f))
            for (s, _), x in zip(said, f):
                loss[s] += max(1 - 2 * x + norm, 0) / len(said)
        total = sum(loss.values())
        weight = {s: max(-math.log(max(loss[s] / len(CLAIMS[s]) / total, 1e-9)), 0) for s in SOURCES}
        if abs(total - before) <= 1e-5 * total:
            break
        before = total
    return weight


def ltm():
    """Zhao and others (2012): ln of the odds of each fact."""
    speakers = {q: sorted({s for s, _ in QUESTIONS[q]}) for q in OF}
    p = {f: len(VOTERS[f]) / len(speakers[f[0]]) for f in FACTS}
    for _ in range(50):
        sensitivity, false_positive = {}, {}
        for s in SOURCES:
            seen = [f for f in FACTS if s in speakers[f[0]]]
            made = CLAIMS[s]
            sensitivity[s] = (sum(p[f] for f in made) + 50) / (sum(p[f] for f in seen) + 100)
            false_positive[s] = (sum(1 - p[f] for f in made) + 10) / (sum(1 - p[f] for f in seen) + 1010)
        odds = {}
        for f in FACTS:
            odds[f] = math.log(10 / 10)
            for s in speakers[f[0]]:
                if s in VOTERS[f]:
                    odds[f] += math.log(sensitivity[s] / false_positive[s])
                else:
                    odds[f] += math.log((1 - sensitivity[s]) / (1 - false_positive[s]))
        new = {f: 1 / (1 + math.exp(-odds[f])) for f in FACTS}
        change = max(abs(new[f] - p[f]) for f in FACTS)
        p = new
        if change < 1e-9:
            break
    return odds


def gtm():
    """Zhao and Han (2012): the variance of each source."""
    normed = []
    for said in QUESTIONS:
        z = [z for _, z in said]
        spread = pstdev(z)
        normed.append([(s, (x - fmean(z)) / spread if spread > 0 else 0.0) for s, x in said])
    variance = dict.fromkeys(SOURCES, 10 / 11)
    for _ in range(20):
        off = {s: [] for s in SOURCES}
        for said in normed:
            truth = sum(x / variance[s] for s, x in said) / (1 + sum(1 / variance[s] for s, _ in said))
            for s, x in said:
                off[s].append((x - truth) ** 2)
        variance = {s: (2 * 10 + sum(off[s])) / (2 * (10 + 1) + len(off[s])) for s in SOURCES}
    return variance


def main():
    equal = {f: 1 / len(OF[f[0]]) for f in FACTS}
    votes = {f: len(VOTERS[f]) / len(QUESTIONS[f[0]]) for f in FACTS}
    found = {
        "sums": sums(sum),
        "average_log": sums(lambda b: math.log(len(b)) * fmean(b)),
        "investment": investment(votes, lambda pot: {f: pot[f] ** 1.2 for f in FACTS}),
        "pooled_investment": investment(equal, pooled),
        "truthfinder": truthfinder(),
        "accu": accu(),
        "accucopy": accucopy(),
        "ltm": ltm(),
        "kdem": kdem(),
        "gtm": gtm(),
    }
    data = {"questions": QUESTIONS} | {name: list(values.values()) for name, values in found.items()}
    pathlib.Path(__file__).with_name("truth.json").write_text(json.dumps(data, indent=1) + "\n")


if __name__ == "__main__":
    main()

"""Writes the oracle table of BetaBinomial and ExpectedShare. Needs numpy, scipy and mpmath; run in this folder: python3 beta_binomial.py
With the argument calm it simulates windows without any change instead, and prints how often p is below 0.001."""
import pathlib
import sys
import mpmath
import numpy
import scipy
from scipy import stats

OUT = pathlib.Path(__file__).parent / "../resources/io/plumbline/stats/proportion"


def unseen(counts, kept):
    """Beta parameters of the share of draws of categories beyond the first `kept` of `counts`, which descend."""
    n, f, left = sum(counts), {0: 1}, {0: 1}
    for i, c in enumerate(counts):
        f[c] = f.get(c, 0) + 1
        if i >= kept: left[c] = left.get(c, 0) + 1
    c = v = 0.0
    for r, k in left.items():
        share = k / f[r]
        c += max(share * (r + 1) * f.get(r + 1, 0), r * k)
        v += share * ((r + 1) * r * f.get(r + 1, 0) + (r + 1) * (r + 2) * f.get(r + 2, 0))
    mean = (min(c, n) + 1) / (n + 2)
    variance = mean * (1 - mean) / (n + 3) + v / (n + 2) ** 2
    size = max(mean * (1 - mean) / variance - 1, 1 / (n + 2))
    return mean * size, (1 - mean) * size


def tail(found, draws, alpha, beta):
    """In 60 digits, by the ratio of neighbouring terms: the sum over the shorter side, unless too few digits are left of one minus it."""
    mpmath.mp.dps = 60
    a, b = mpmath.mpf(alpha), mpmath.mpf(beta)

    def total(first, last):
        term = mpmath.binomial(draws, first) * mpmath.beta(first + a, draws - first + b) / mpmath.beta(a, b)
        sum = mpmath.mpf(0)
        for j in range(first, last):
            sum += term
            if j < draws: term *= (draws - j) * (j + a) / ((j + 1) * (draws - j - 1 + b))
        return sum

    p = 1 - total(0, found) if found <= draws - found else total(found, draws + 1)
    if p > 1e-30: return float(p)
    return float(total(found, draws + 1)) if draws - found <= 100_000 else 0.0


def calm():
    rng, worst = numpy.random.default_rng(7), 0.0
    zipf = lambda k, s: (lambda p: p / p.sum())(1 / numpy.arange(1, k + 1) ** s)
    geometric = lambda q: (lambda p: p / p.sum())(q * (1 - q) ** numpy.arange(0, int(60 / q)))
    shapes = {**{f"{k} alike": numpy.full(k, 1 / k) for k in (3, 30, 100, 1000, 10000)}, "zipf 1.0": zipf(1000, 1.0), "zipf 1.5": zipf(100000, 1.5),
              "zipf 2.0": zipf(100000, 2.0), "geometric 0.5": geometric(.5), "geometric 0.01": geometric(.01)}
    for name, p in shapes.items():
        for n in (40, 100, 1000, 5000):
            for kept in ((20, 10**9) if len(p) > 100 else (10**9,)):
                for draws in (n // 10, n, 10 * n):
                    fired = plain = 0
                    for _ in range(1500):
                        reference, current = rng.multinomial(n, p), rng.multinomial(draws, p)
                        order = numpy.argsort(-reference, kind="stable")
                        known = order[:kept][reference[order[:kept]] > 0]
                        found = draws - current[known].sum()
                        if found:
                            counts = [int(c) for c in reference[order] if c]
                            fired += stats.betabinom.sf(found - 1, draws, *unseen(counts, kept)) < 1e-3
                            plain += stats.binom.sf(found - 1, draws, ((reference == 1).sum() + reference[order[kept:]].sum()) / n) < 1e-3
                    worst = max(worst, fired / 1500)
                    print(f"{name:>14} n {n:5} draws {draws:6} kept {kept:10}: {fired / 1500:.4f}, plain share {plain / 1500:.4f}", flush=True)
    print("worst", worst)


def tables():
    OUT.mkdir(exist_ok=True)
    with open(OUT / "beta_binomial.csv", "w") as f:
        f.write("# mpmath %s, 60 digits; written by src/test/oracle/beta_binomial.py; scipy.stats.betabinom.sf %s agrees to 1e-6 where p is above 1e-4 and draws are at most 1000\nfound,draws,alpha,beta,upper tail\n" % (mpmath.__version__, scipy.__version__))
        for alpha, beta in ((2, 1), (2, 9), (2, 999), (2, 10**6), (1, 1), (0.07, 12.0), (1, 1000), (34.5, 2.5), (3.25, 10**9), (1e-3, 1)):
            for draws in (1, 2, 30, 1000, 100_000, 10**9):
                mean = draws * alpha / (alpha + beta)
                for found in sorted({0, 1, 2, 5, draws // 2, draws, *(int(mean * z) for z in (.5, 1, 2, 5, 20))}):
                    if 0 <= found <= draws and min(found, draws - found) <= 100_000:
                        p = tail(found, draws, alpha, beta)
                        # Below 1e-290 doubles lose digits.
                        if p < 1e-290: continue
                        if 1e-4 < p and draws <= 1000:
                            # Its logarithms of gamma lose digits where a parameter is large.
                            assert abs(float(stats.betabinom.sf(found - 1, draws, alpha, beta)) / p - 1) < (1e-6 if beta < 10**6 else 1e-3), (found, draws, alpha, beta, p)
                        f.write(f"{found},{draws},{alpha!r},{beta!r},{p!r}\n")
    with open(OUT / "unseen.csv", "w") as f:
        f.write("# Python; written by src/test/oracle/beta_binomial.py\ncategories of count 1,2,3,4,100,kept,alpha,beta\n")
        for few in ((0, 0, 0, 0, 5), (1, 0, 0, 0, 5), (0, 4, 0, 0, 0), (50, 0, 0, 0, 0), (33, 84, 140, 175, 0), (1000, 400, 100, 20, 9), (0, 0, 0, 0, 0)):
            counts = sorted((c for c, k in zip((1, 2, 3, 4, 100), few) for _ in range(k)), reverse=True)
            for kept in (10**6, 200, 5):
                alpha, beta = unseen(counts, kept)
                f.write(f"{','.join(map(str, few))},{kept},{alpha!r},{beta!r}\n")


calm() if sys.argv[1:] == ["calm"] else tables()

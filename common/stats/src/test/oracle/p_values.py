"""Writes the oracle tables of io.plumbline.stats.drift. Needs mpmath, numpy and scipy; run in this folder: python3 p_values.py"""
import math, pathlib, warnings
import mpmath, numpy as np, scipy
from scipy import stats

warnings.simplefilter("ignore")
OUT = pathlib.Path(__file__).parent / "../resources/io/plumbline/stats/drift"
HEAD = f"# scipy {scipy.__version__}, numpy {np.__version__}; written by src/test/oracle/p_values.py\n"


def write(name, columns, rows):
    with open(OUT / name, "w") as f:
        f.write(HEAD + columns + "\n")
        for r in rows: f.write(",".join(repr(float(v)) if isinstance(v, float) else str(v) for v in r) + "\n")


rows = []
for n in (1, 2, 3, 5, 10, 20, 50, 100, 140, 141, 200, 500, 1000, 5000, 10000, 99999, 100001, 1000000, 1000001, 10**9):
    for z in (0.3, 0.5, 0.7, 0.86, 1.0, 1.2, 1.4, 1.49, 1.7, 2.0, 2.3, 3.0, 5.0, 8.0, 12.0, 19.0):
        d = z / math.sqrt(n)
        # Below 1e-300 doubles lose digits.
        if d <= 1 and not 0 < stats.kstwo.sf(d, n) < 1e-300: rows.append((n, d, float(stats.kstwo.sf(d, n))))
write("kstwo.csv", "n,d,kstwo.sf(d;n)", rows)

rows = []
rng = np.random.default_rng(5)
for n, m, shift in ((1, 1, 0), (2, 3, 0), (4, 3, 1), (7, 7, 2), (10, 23, .5), (50, 50, 3), (97, 89, .2), (100, 100, 9), (300, 200, .1), (500, 400, 1.5), (1000, 999, .1),
                    (1000, 999, 2), (2000, 2000, .05), (2500, 100, 0), (9973, 10000, 0), (9973, 10000, .03), (10000, 10000, .06)):
    a, b = rng.normal(size=n), rng.normal(size=m) + shift
    r = stats.ks_2samp(a, b, method="exact")
    rows.append((n, m, float(r.statistic), float(r.pvalue)))
write("ks_exact.csv", "n,m,d,ks_2samp(method=exact).pvalue", rows)

rows = []
for df in (1, 2, 3, 9, 10, 100, 999, 10000, 1000000):
    for s in (-6, -3, -1, 0, 1, 3, 6, 10, 20, 35):
        x = df + s * math.sqrt(2 * df)
        if x > 0:
            p = float(stats.chi2.sf(x, df))
            if p > 1e-300: rows.append((df, float(x), p))
write("chi2.csv", "df,statistic,chi2.sf(statistic;df)", rows)

rows = []
for a, n, b, m in ((0, 60, 3, 40), (3, 10, 0, 12), (1, 1, 0, 1), (0, 5, 5, 5), (2, 1000000, 6, 900000), (0, 10**9, 4, 10**9), (1, 30, 29, 30), (30, 30, 0, 4), (0, 200, 5, 5), (4, 500, 4, 100), (3, 7, 3, 7), (0, 3, 0, 9),
                   (100, 1000, 150, 1000), (50, 10000, 900, 10000), (5, 100, 95, 100), (10**6, 10**9, 1010000, 10**9), (400, 100000, 0, 900)):
    p, small = (a + b) / (n + m), min(n, m)
    if min(small * p, small * (1 - p)) >= 5:
        d = b / m - a / n; z = d / math.sqrt(p * (1 - p) * (1 / n + 1 / m)); q = math.erfc(abs(z) / math.sqrt(2))
    else: q = float(stats.fisher_exact([[a, n - a], [b, m - b]])[1])
    rows.append((a, n, b, m, q))
write("two_proportions.csv", "of_reference,reference,of_current,current,p (math.erfc or scipy.stats.fisher_exact)", rows)

p = [0.01, 0.8, 0.03, 0.03, 1e-9, 0.2, 0.04]
write("benjamini_hochberg.csv", "p,false_discovery_control(p)", list(zip(p, map(float, stats.false_discovery_control(p)))))

mpmath.mp.dps = 60
rows = []
for n, m, k, categories in ((800, 170, 16, 4), (1, 1, 1, 2), (30, 30, 1, 3), (30, 30, 3, 5), (100, 100, 100, 2), (5, 10**9, 10**9, 2), (5, 10**9, 3, 5), (10**9, 5, 5, 3), (10**9, 3 * 10**9, 1, 200000),
                            (10**9, 3 * 10**9, 40, 200000), (3 * 10**9, 10**9, 25, 10**6), (4 * 10**9, 4 * 10**9, 30, 7), (4 * 10**9, 4 * 10**9, 900, 7), (10**6, 10**9, 3 * 10**5, 100), (2 * 10**5, 4 * 10**9, 5 * 10**6, 50),
                            (10**6, 10**6, 1000, 10**5), (10**6, 10**6, 2000, 3), (20000, 30, 2, 400), (500, 1000, 15, 60)):
    c = lambda a, b: mpmath.loggamma(a + 1) - mpmath.loggamma(b + 1) - mpmath.loggamma(a - b + 1)
    p = min(mpmath.mpf(1), categories * mpmath.exp(c(n + m - k, m - k) - c(n + m, m)))
    rows.append((n, m, k, categories, 0.0 if p < 1e-310 else float(p)))
write("new_categories.csv", "reference,current,k of the greatest new category,categories,min(1;K * C(N - k;m - k) / C(N;m)) (mpmath)", rows)

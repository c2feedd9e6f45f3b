"""Writes the oracle table of io.plumbline.stats.proportion. Needs scipy; run in this folder: python3 binomial.py"""
import pathlib
import scipy
from scipy import stats

OUT = pathlib.Path(__file__).parent / "../resources/io/plumbline/stats/proportion"
OUT.mkdir(exist_ok=True)
with open(OUT / "binomial.csv", "w") as f:
    f.write(f"# scipy {scipy.__version__}; written by src/test/oracle/binomial.py\nfound,rows,probability,binom.sf(found - 1;rows;probability)\n")
    for rows in (1, 2, 3, 10, 30, 100, 1000, 10**6, 10**9):
        for probability in (0.0, 1e-9, 0.0003, 0.01, 0.05, 0.5, 0.9, 1.0):
            expected = rows * probability
            spread = (expected * (1 - probability)) ** 0.5
            for found in sorted({0, 1, rows, *(int(expected + z * spread) for z in (-2, 0, 1, 3, 6, 12))}):
                if 0 <= found <= rows:
                    p = float(stats.binom.sf(found - 1, rows, probability))
                    # Below 1e-300 doubles lose digits.
                    if p == 0 and probability > 0 or 0 < p < 1e-300: continue
                    f.write(f"{found},{rows},{probability!r},{p!r}\n")

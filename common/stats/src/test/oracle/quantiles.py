"""Writes the oracle table of io.plumbline.stats.numeric. Needs numpy; run in this folder: python3 quantiles.py"""
import pathlib
import numpy as np

OUT = pathlib.Path(__file__).parent / "../resources/io/plumbline/stats/numeric"
OUT.mkdir(exist_ok=True)
with open(OUT / "percentiles.csv", "w") as f:
    f.write(f"# numpy {np.__version__}; written by src/test/oracle/quantiles.py\n")
    f.write("n,number,k,percentile(i * 7919 % 1009 * 0.1; linspace(0;100;number + 1)[k]),the same of integers: i * 7919 % 1009\n")
    for n in (2, 91, 1000):
        whole = [i * 7919 % 1009 for i in range(n)]
        for number in (2, 3, 7, 10, 11, 22, 49, 83, 97, 100):
            q = np.linspace(0, 100, number + 1)
            a, b = np.percentile(np.array([i * 0.1 for i in whole]), q), np.percentile(np.array(whole), q)
            for k in range(number + 1):
                f.write(f"{n},{number},{k},{float(a[k])!r},{float(b[k])!r}\n")

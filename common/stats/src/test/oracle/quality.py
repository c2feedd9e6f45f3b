"""Writes the oracle of io.plumbline.stats.quality. Needs numpy, scipy and scikit-learn; run in this folder: python3 quality.py"""
import gzip, json, math, pathlib, warnings
from fractions import Fraction
import numpy as np, scipy, sklearn
from scipy import stats
from sklearn import metrics as M

warnings.simplefilter("ignore")
OUT = pathlib.Path(__file__).parent / "../resources/io/plumbline/stats/quality"
OUT.mkdir(parents=True, exist_ok=True)
rng = np.random.default_rng(18)


def number(v):
    """Undefined is null."""
    v = float(v)
    return v if math.isfinite(v) else None


def ece(confidence, hit):
    """Ten bins (a, b], the first closed."""
    edges = np.linspace(0, 1, 11)
    i = np.searchsorted(edges[1:-1], confidence, side="left")
    return sum((i == b).sum() / len(hit) * abs(hit[i == b].mean() - confidence[i == b].mean()) for b in range(10) if (i == b).any())


def binary(name, y, s, threshold=0.5):
    y, s = np.asarray(y, int), np.asarray(s, float)
    h = (s >= threshold).astype(int)
    tn, fp, fn, tp = (int(v) for v in M.confusion_matrix(y, h, labels=[0, 1]).ravel())
    return {"name": name, "truth": y.tolist(), "score": s.tolist(), "threshold": threshold, "expected": {
        "tp": tp, "fp": fp, "tn": tn, "fn": fn, "accuracy": M.accuracy_score(y, h),
        "precision": number(M.precision_score(y, h, zero_division=np.nan)), "recall": number(M.recall_score(y, h, zero_division=np.nan)),
        "f1": number(M.f1_score(y, h, zero_division=np.nan)),
        "roc_auc": number(M.roc_auc_score(y, s)) if len(set(y)) == 2 else None, "pr_auc": number(M.average_precision_score(y, s)) if y.any() else None,
        "log_loss": M.log_loss(y, s, labels=[0, 1]), "brier": float(np.mean((s - y) ** 2)), "ece": float(ece(s, y))}}


def drawn(n, share, spread, digits=None):
    y = (rng.random(n) < share).astype(int)
    s = 1 / (1 + np.exp(-(math.log(share / (1 - share)) + spread * (2 * y - 1) + rng.normal(size=n))))
    return y, s if digits is None else np.round(s, digits)


near = [f(k / 10) for k in range(11) for f in (lambda e: e, lambda e: np.nextafter(e, 0), lambda e: np.nextafter(e, 1))]
edges = near + np.linspace(0, 1, 11).tolist()
binaries = [
    binary("a model that is good", *drawn(400, .3, 1)), binary("rounded scores", *drawn(500, .4, .5, 2)), binary("rare", *drawn(900, .01, 1)),
    binary("another threshold", *drawn(300, .2, .7), threshold=.25), binary("no better than chance", *drawn(200, .5, 0)), binary("turned round", *drawn(200, .5, -1)),
    binary("one class, negative", [0] * 30, rng.random(30)), binary("one class, positive", [1] * 30, rng.random(30)),
    binary("a constant score", drawn(50, .3, 1)[0], [.4] * 50), binary("two scores", drawn(80, .5, 1)[0], rng.choice([.2, .7], 80)),
    binary("one negative", [0], [.3]), binary("one positive", [1], [.3]), binary("one of each, right", [0, 1], [.3, .6]), binary("one of each, wrong", [1, 0], [.3, .6]),
    binary("certain and right", [0, 0, 1, 1, 1], [0, 0, 1, 1, 1]), binary("certain and wrong", [1, 0, 1, 0, 0], [0, 1, 0, 1, 1]),
    binary("at the edges of bins", rng.integers(0, 2, len(edges)), edges), binary("denormal", [0, 1, 0, 1, 1, 0], [5e-324, 1e-323, 0.0, 1e-310, 5e-324, 2.3e-308]),
    binary("all predicted negative", *drawn(60, .3, .5), threshold=1.0), binary("all predicted positive", *drawn(60, .3, .5), threshold=0.0),
]


def multiclass(name, classes, truth, scores, predicted=None):
    """classes: those that the model scores; truth: names, perhaps of others."""
    scores = np.asarray(scores, float)
    predicted = [classes[i] for i in scores.argmax(axis=1)] if predicted is None else predicted
    column = {c: i for i, c in enumerate(classes)}
    of = lambda names: [float(s[column[c]]) if c in column else 0.0 for s, c in zip(scores, names)]
    every = sorted(set(classes) | set(truth))
    wide = np.column_stack([scores[:, column[c]] if c in column else np.zeros(len(truth)) for c in every])
    confidence = np.array(of(predicted)); hit = np.array([t == p for t, p in zip(truth, predicted)], float)
    return {"name": name, "truth": list(truth), "predicted": list(predicted), "of_truth": of(truth), "of_predicted": of(predicted), "expected": {
        "accuracy": M.accuracy_score(truth, predicted), "f1_macro": M.f1_score(truth, predicted, average="macro", zero_division=0),
        "f1_weighted": M.f1_score(truth, predicted, average="weighted", zero_division=0), "log_loss": M.log_loss(truth, wide, labels=every), "ece": float(ece(confidence, hit))}}


def names(n, classes, p=None): return [str(c) for c in rng.choice(classes, n, p=p)]


abc, many = list("abc"), [f"class {i:02}" for i in range(40)]
multiclasses = [
    multiclass("three classes", abc, names(300, abc), rng.dirichlet([1, 1, 1], 300)), multiclass("uneven", abc, names(300, abc, [.9, .09, .01]), rng.dirichlet([5, 1, 1], 300)),
    multiclass("many classes", many, names(500, many), rng.dirichlet([.3] * 40, 500)), multiclass("truth of another class", abc, names(100, ["a", "b", "x"]), rng.dirichlet([1, 1, 1], 100)),
    multiclass("scores that do not sum to one", abc, names(100, abc), rng.random((100, 3))), multiclass("predicted is not the greatest", abc, names(100, abc), rng.dirichlet([1, 1, 1], 100), names(100, abc)),
    multiclass("certain", abc, ["a", "b", "c", "a"], [[1, 0, 0], [0, 1, 0], [1, 0, 0], [1, 0, 0]]), multiclass("one row", abc, ["a"], [[.2, .5, .3]]),
]


def regression(name, y, v, usual=True):
    y, v = np.asarray(y, float), np.asarray(v, float)
    fy, fv = [Fraction(float(a)) for a in y], [Fraction(float(a)) for a in v]
    rss = sum((a - b) ** 2 for a, b in zip(fy, fv)); mean = sum(fy) / len(fy); tss = sum((a - mean) ** 2 for a in fy)
    ratios = [abs(a - b) / abs(a) for a, b in zip(fy, fv) if a]
    exact = {"mae": float(sum(abs(a - b) for a, b in zip(fy, fv)) / len(fy)), "bias": float(sum(b - a for a, b in zip(fy, fv)) / len(fy)),
             "r2": float(1 - rss / tss) if tss else None, "mape": float(sum(ratios) / len(ratios)) if ratios else None}
    if not usual: return {"name": name, "truth": y.tolist(), "value": v.tolist(), "exact": exact}
    expected = {"mae": M.mean_absolute_error(y, v), "rmse": M.root_mean_squared_error(y, v), "bias": float(np.mean(v - y)), "r2": number(M.r2_score(y, v)) if tss and len(y) > 1 else None,
             "mape": M.mean_absolute_percentage_error(y[y != 0], v[y != 0]) if (y != 0).any() else None}
    return {"name": name, "truth": y.tolist(), "value": v.tolist(), "exact": exact, "expected": expected}


x = rng.normal(size=200)
regressions = [
    regression("near", x, x + rng.normal(size=200) / 3), regression("worse than the mean", x, rng.normal(size=200) * 4), regression("zeros among the truth", np.round(x), np.round(x * 2) / 2),
    regression("constant truth", [3.5] * 20, 3.5 + rng.normal(size=20)), regression("all zero", [0] * 5, [1, 2, 0, -1, 3]), regression("one row", [2], [3]), regression("two rows", [1, 2], [1.5, 1.5]),
    regression("perfect", x, x), regression("money", np.exp(10 + x), np.exp(10 + x + rng.normal(size=200) / 5)),
]
# scikit-learn cancels or overflows here: only exact arithmetic says.
hard = [regression("a great mean", 1e9 + x / 1000, 1e9 + x / 1000 + rng.normal(size=200) / 3000, usual=False), regression("huge", x * 1e160, x * 1e160 + rng.normal(size=200) * 1e159, usual=False),
        regression("denormal", np.arange(40) * 5e-324, np.arange(40)[::-1] * 5e-324, usual=False)]


def pairs(name, x, y):
    return {"name": name, "x": [float(v) for v in x], "y": [float(v) for v in y], "rho": number(stats.spearmanr(x, y).statistic)}


ranks = [pairs("far from ties", rng.normal(size=100), rng.normal(size=100)), pairs("ties", rng.integers(0, 5, 200), rng.integers(0, 4, 200)), pairs("near", x, x + rng.normal(size=200) / 10),
         pairs("turned round", x, -x), pairs("constant", x, [1] * 200), pairs("one", [1], [2]), pairs("two", [1, 2], [3, 1]), pairs("both zeros", [0.0, -0.0, 1, 2], [1, 1, 3, 2])]

mcnemar = []
for b in (0, 1, 2, 3, 5, 10, 12, 13, 24, 25, 40, 1000, 10**6):
    for c in (0, 1, 4, 11, 12, 20, 25, 41, 900, 10**6 + 3000):
        p = float(stats.binomtest(b, b + c, .5).pvalue) if 0 < b + c < 25 else 1.0 if b + c == 0 else float(stats.chi2.sf((b - c) ** 2 / (b + c), 1))
        if p > 1e-300: mcnemar.append([b, c, p])


def losses(name, a, b):
    r = stats.ttest_rel(b, a)
    return {"name": name, "champion": [float(v) for v in a], "shadow": [float(v) for v in b], "mean": float(np.mean(np.subtract(b, a))), "p": number(r.pvalue)}


e = rng.exponential(size=300)
paired = [losses("none better", e, rng.permutation(e)), losses("shadow better", e, e * .9), losses("a little better", e, e - .01 + rng.normal(size=300) / 20), losses("two", [1, 2], [1.5, 2.25]),
          losses("far apart", e, e + 5 + rng.normal(size=300) / 10), losses("three", [0, 1, 5], [1, 1, 3]), losses("the same", e, e), losses("one", [1], [2])]

with gzip.GzipFile(OUT / "quality.json.gz", "w", mtime=0) as f:
    f.write(json.dumps({"origin": f"scikit-learn {sklearn.__version__}, scipy {scipy.__version__}, numpy {np.__version__}; written by src/test/oracle/quality.py",
                        "binary": binaries, "multiclass": multiclasses, "regression": regressions, "regression_exact": hard, "spearman": ranks, "mcnemar": mcnemar, "paired_t": paired}).encode())

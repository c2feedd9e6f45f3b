"""Writes the flights' predictions, labels and oracle for FlightsQualityTest, without what it does not need.
Needs numpy and scipy. Run in this folder with the folder of the flights' predictions: python3 flights_quality.py FOLDER"""
import gzip, json, pathlib, sys
from datetime import datetime
import numpy as np, scipy
from scipy import stats

FROM = pathlib.Path(sys.argv[1])
OUT = pathlib.Path(__file__).parent / "../resources/io/plumbline/stats/quality"


def read(name): return [json.loads(line) for line in open(FROM / name)]
def millis(ts): return round(datetime.fromisoformat(ts).timestamp() * 1000)


labels = {}
for label in read("labels.jsonl"): labels.setdefault(label["prediction_id"], []).append(label)
shadow = {p["prediction_id"]: p["score"] for p in read("predictions_shadow.jsonl")}
with gzip.GzipFile(OUT / "flights.csv.gz", "w", mtime=0) as f:
    f.write(b"# a prediction, then its labels in the order of their arrival: label and ts; written by src/test/oracle/flights_quality.py\nts_millis,score_v1,score_v2,labels\n")
    for p in read("predictions.jsonl"):
        row = [millis(p["ts"]), p["score"], shadow[p["prediction_id"]]]
        for label in labels.get(p["prediction_id"], []): row += [label["label"], millis(label["ts"])]
        f.write((",".join(repr(v) for v in row) + "\n").encode())
with gzip.GzipFile(OUT / "flights.json.gz", "w", mtime=0) as f: f.write((FROM / "oracle.json").read_bytes())

# What oracle.json does not have: both versions on the same labelled flights, classes at a threshold of 0.25: the first so many of them.
rows = []
for p in read("predictions.jsonl"):
    if p["prediction_id"] in labels: rows.append((p["score"], shadow[p["prediction_id"]], max(labels[p["prediction_id"]], key=lambda l: l["ts"])["label"]))
def compared(rows):
    first, second, y = (np.array(c, float) for c in zip(*rows))
    right = [(s >= .25) == (y == 1) for s in (first, second)]
    b, c = int((right[0] & ~right[1]).sum()), int((right[1] & ~right[0]).sum())
    loss = [-np.log(np.clip(np.where(y == 1, s, 1 - s), 2.220446049250313e-16, 1 - 2.220446049250313e-16)) for s in (first, second)]
    return {"labelled": len(y), "only_v1_right": b, "only_v2_right": c,
            "mcnemar": float(stats.binomtest(b, b + c, .5).pvalue if b + c < 25 else stats.chi2.sf((b - c) ** 2 / (b + c), 1)),
            "log_loss_difference": float(np.mean(loss[1] - loss[0])), "paired_t": float(stats.ttest_rel(loss[1], loss[0]).pvalue), "spearman": float(stats.spearmanr(first, second).statistic)}


with open(OUT / "flights_shadow.json", "w") as f:
    json.dump({"origin": f"scipy {scipy.__version__}; written by src/test/oracle/flights_quality.py", "first": [compared(rows[:n]) for n in (8, 15, 30, 60, 200)]}, f, indent=1)
    f.write("\n")

"""Writes the flights for FlightsPipelineTest: the predictions of both versions without their
features, the labels as they are, the oracle, and what scipy says of both versions day by day.

    python flights.py FLIGHTS_PREDICTIONS
"""

import gzip
import json
import pathlib
import sys

import numpy as np
import scipy
from scipy import stats

DATA = pathlib.Path(sys.argv[1])
OUT = pathlib.Path(__file__).parents[1] / "resources/io/plumbline/onlinemetrics"
THRESHOLD = 0.5
EPSILON = np.finfo(float).eps


def lines(name):
    with open(DATA / name) as file:
        return [json.loads(line) for line in file]


def write(name, records):
    with gzip.GzipFile(OUT / name, "wb", mtime=0) as file:
        for record in records:
            file.write(json.dumps(record).encode() + b"\n")


def without_features(prediction):
    return {key: value for key, value in prediction.items() if key != "features"}


def mcnemar(first, second):
    only_first, only_second = int(np.sum(first & ~second)), int(np.sum(second & ~first))
    discordant = only_first + only_second
    if discordant < 25:
        return stats.binomtest(only_first, discordant, 0.5).pvalue if discordant else 1.0
    return stats.chi2.sf((only_first - only_second) ** 2 / discordant, 1)


def log_loss(truth, score):
    given = np.clip(np.where(truth, score, 1 - score), EPSILON, 1 - EPSILON)
    return -np.log(given)


def compared(champion, shadow, labels):
    ids = sorted(champion)
    one = np.array([champion[id]["score"] for id in ids])
    two = np.array([shadow[id]["score"] for id in ids])
    labelled = np.array([id in labels for id in ids])
    truth = np.array([labels[id][1] == 1 for id in ids if id in labels])
    one_labelled, two_labelled = one[labelled], two[labelled]
    return {
        "pairs": len(ids),
        "labelled": int(labelled.sum()),
        "shadow_disagreement_ratio": float(np.mean((one >= THRESHOLD) != (two >= THRESHOLD))),
        "shadow_mean_abs_difference": float(np.mean(np.abs(two - one))),
        "shadow_rank_correlation": float(stats.spearmanr(one, two).statistic),
        "mcnemar": float(
            mcnemar((one_labelled >= THRESHOLD) == truth, (two_labelled >= THRESHOLD) == truth)
        ),
        "paired_t": float(
            stats.ttest_rel(log_loss(truth, two_labelled), log_loss(truth, one_labelled)).pvalue
        ),
    }


champion, shadow = lines("predictions.jsonl"), lines("predictions_shadow.jsonl")
labels = {}
for label in lines("labels.jsonl"):
    if label.get("kind", "ground_truth") == "ground_truth":
        known = (label["ts"], label["label"])
        labels[label["prediction_id"]] = max(known, labels.get(label["prediction_id"], known))
days = {}
for place, version in enumerate([champion, shadow]):
    for prediction in version:
        day = days.setdefault(prediction["ts"][:10], ({}, {}))
        day[place][prediction["prediction_id"]] = prediction
write("flights_predictions.jsonl.gz", [without_features(one) for one in champion + shadow])
write("flights_labels.jsonl.gz", lines("labels.jsonl"))
with open(DATA / "oracle.json", "rb") as file, gzip.GzipFile(
    OUT / "flights_oracle.json.gz", "wb", mtime=0
) as out:
    out.write(file.read())
with open(OUT / "flights_pairs.json", "w") as file:
    json.dump(
        {
            "origin": f"scipy {scipy.__version__}; written by src/test/oracle/flights.py",
            "days": {day: compared(*both, labels) for day, both in sorted(days.items())},
        },
        file,
        indent=1,
    )
    file.write("\n")

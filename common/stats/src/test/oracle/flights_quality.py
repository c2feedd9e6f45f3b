"""Writes the flights' predictions, labels and oracle for FlightsQualityTest, without what it does not need.
Run in this folder with the folder of the flights' predictions: python3 flights_quality.py FOLDER"""
import gzip, json, pathlib, sys
from datetime import datetime

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

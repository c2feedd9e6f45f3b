"""Writes the Parquet files of TypesPipelineTest that only pyarrow, or a newer DuckDB than the test's, can write.

python3 -m venv venv && venv/bin/pip install pyarrow==26.0.1 duckdb==2.0.1
venv/bin/python type_files.py ../resources/io/plumbline/drift/types
"""

import sys
from decimal import Decimal

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 400
folder = sys.argv[1]
x = pa.array([float(i) for i in range(ROWS)])


def write(name, table):
    pq.write_table(table, f"{folder}/{name}.parquet", compression="zstd")


write("null", pa.table({"s": pa.nulls(ROWS), "l": pa.array([[]] * ROWS), "x": x}))
write("only-null", pa.table({"s": pa.nulls(ROWS)}))
write("twice", pa.table([x, pa.array(["a"] * ROWS), pa.array([1] * ROWS)], names=["x", "v", "x"]))
write("half", pa.table({"x": pa.array(np.arange(ROWS).astype(np.float16))}))
wide = pa.decimal256(76, 0)
write(
    "decimal76",
    pa.table(
        {
            "v": pa.array([Decimal(i) for i in range(ROWS)], wide),
            "beyond": pa.array([Decimal(10**70 + i) for i in range(ROWS)], wide),
        }
    ),
)
duckdb.sql(
    f"COPY (SELECT {{'a': i}}::VARIANT v, i::DOUBLE x FROM range({ROWS}) t(i)) TO '{folder}/variant.parquet'"
)

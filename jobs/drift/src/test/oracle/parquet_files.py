"""Writes the Parquet files of WritersTest with pyarrow and DuckDB.

python3 -m venv venv && venv/bin/pip install pyarrow==26.0.1 duckdb==2.0.1
venv/bin/python parquet_files.py ../resources/io/plumbline/drift/scan

The cells are formulas of the row's number, which the test has too.
"""

import sys
from decimal import Decimal, getcontext

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 450
getcontext().prec = 60
SPECIAL = {1: float("nan"), 2: float("inf"), 3: float("-inf"), 4: -0.0, 5: 5e-324}


def cells(value, null=lambda i: False):
    return [None if null(i) else value(i) for i in range(ROWS)]


def table():
    columns = {
        "d": (pa.float64(), cells(lambda i: SPECIAL.get(i % 100, i / 7), lambda i: i % 9 == 8)),
        "f": (pa.float32(), cells(lambda i: i * 0.25, lambda i: i % 5 == 0)),
        "few": (pa.float64(), cells(lambda i: (i % 5) / 4, lambda i: i % 10 == 3)),
        "i": (pa.int32(), cells(lambda i: i * 4_000_000 - 1_000_000_000)),
        "l": (pa.int64(), cells(lambda i: 2**53 + 1 + i, lambda i: i // 50 % 2 == 1)),
        "u": (pa.uint32(), cells(lambda i: 2**32 - 1 - i, lambda i: i % 2 == 0)),
        "ul": (pa.uint64(), cells(lambda i: 2**64 - 1 - i % 40, lambda i: i % 4 == 0)),
        "dec": (pa.decimal128(12, 2), cells(lambda i: Decimal(i * 101 - 5000).scaleb(-2), lambda i: i < 60)),
        "wide": (pa.decimal128(38, 2), cells(lambda i: Decimal(10**30 + i % 7).scaleb(-2), lambda i: i % 6 == 1)),
        "s": (pa.string(), cells(lambda i: f"näme-{i}", lambda i: i % 11 == 0)),
        "k": (pa.string(), cells(lambda i: f"k{i * i % 13}", lambda i: i > 400)),
        "flag": (pa.bool_(), cells(lambda i: i % 3 == 0, lambda i: i % 7 == 0)),
        "none": (pa.float64(), cells(lambda i: None)),
    }
    fields = [pa.field(name, type, nullable=name != "i") for name, (type, _) in columns.items()]
    arrays = [pa.array(values, type) for type, values in columns.values()]
    return pa.table(arrays, schema=pa.schema(fields))


def main(folder):
    whole = table()

    def arrow(name, **options):
        pq.write_table(whole, f"{folder}/pyarrow-{name}.parquet", write_statistics=False, store_schema=False, **options)

    arrow("plain-snappy", use_dictionary=False, compression="snappy", store_decimal_as_integer=True)
    arrow("dictionary-zstd", compression="zstd", store_decimal_as_integer=True)
    arrow("v2-pages-gzip", compression="gzip", data_page_version="2.0", data_page_size=256, write_batch_size=64, write_page_checksum=True)
    arrow("v2-pages-uncompressed", use_dictionary=["few", "k"], compression="none", data_page_version="2.0", store_decimal_as_integer=True)
    arrow("brotli", compression="brotli", data_page_version="2.0", store_decimal_as_integer=True)
    arrow("old-lz4", compression="lz4", version="1.0", data_page_size=512, write_batch_size=50)
    split = {"d": "BYTE_STREAM_SPLIT", "f": "BYTE_STREAM_SPLIT", "few": "BYTE_STREAM_SPLIT", "i": "DELTA_BINARY_PACKED",
             "l": "DELTA_BINARY_PACKED", "s": "DELTA_LENGTH_BYTE_ARRAY", "k": "DELTA_BYTE_ARRAY", "u": "DELTA_BINARY_PACKED"}
    arrow("encodings-zstd", use_dictionary=False, column_encoding=split, compression="zstd")

    # A row group without rows, as pyarrow writes it.
    pq.write_table(whole.slice(0, 0), f"{folder}/pyarrow-empty.parquet")

    database = duckdb.connect()
    database.register("whole", whole)

    def duck(name, options):
        database.execute(f"COPY whole TO '{folder}/duckdb-{name}.parquet' (FORMAT parquet, {options})")

    duck("v1-snappy", "COMPRESSION snappy")
    duck("v1-uncompressed", "COMPRESSION uncompressed")
    duck("v1-gzip", "COMPRESSION gzip")
    duck("v1-lz4", "COMPRESSION lz4_raw")
    duck("v2-zstd", "COMPRESSION zstd, PARQUET_VERSION V2")


if __name__ == "__main__":
    main(sys.argv[1])

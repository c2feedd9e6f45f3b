-- Every state of every change of what the config file says, made while the jobs ran.
-- ${tables} stands for the folder of the tables, as a URI: file:///data/plumbline/tables
CREATE TABLE control (
  `kind` STRING,
  `name` STRING,
  `spec` STRING,
  `author` STRING,
  `at` TIMESTAMP_LTZ(3),
  `dt` DATE,
  `job` STRING
) PARTITIONED BY (`dt`, `job`) WITH (
  'connector' = 'filesystem',
  'path' = '${tables}/control',
  'format' = 'parquet',
  'parquet.utc-timezone' = 'true',
  'source.report-statistics' = 'NONE'
)

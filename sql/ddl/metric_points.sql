-- Every state of every metric point.
-- ${tables} stands for the folder of the tables, as a URI: file:///data/plumbline/tables
CREATE TABLE metric_points (
  `series` STRING,
  `metric` STRING,
  `value` DOUBLE,
  `count` BIGINT,
  `window_start` TIMESTAMP_LTZ(3),
  `window_end` TIMESTAMP_LTZ(3),
  `model` STRING,
  `model_version` STRING,
  `feature` STRING,
  `segment` STRING,
  `layer` STRING,
  `labels` MAP<STRING, STRING>,
  `bound` DOUBLE,
  `coverage` DOUBLE,
  `final` BOOLEAN,
  `computed_at` TIMESTAMP_LTZ(3),
  `dt` DATE,
  `job` STRING
) PARTITIONED BY (`dt`, `job`) WITH (
  'connector' = 'filesystem',
  'path' = '${tables}/metric_points',
  'format' = 'parquet',
  'parquet.utc-timezone' = 'true',
  'source.report-statistics' = 'NONE'
)

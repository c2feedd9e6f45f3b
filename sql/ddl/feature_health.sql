-- Every state of every feature health check.
-- ${tables} stands for the folder of the tables, as a URI: file:///data/plumbline/tables
CREATE TABLE feature_health (
  `feature` STRING,
  `feature_version` STRING,
  `model` STRING,
  `model_version` STRING,
  `segment` STRING,
  `window_start` TIMESTAMP_LTZ(3),
  `window_end` TIMESTAMP_LTZ(3),
  `freshness_seconds` DOUBLE,
  `null_ratio` DOUBLE,
  `value_min` DOUBLE,
  `value_max` DOUBLE,
  `rows` BIGINT,
  `pooled_from` TIMESTAMP_LTZ(3),
  `is_healthy` BOOLEAN,
  `issues` ARRAY<STRING>,
  `withdrawn` BOOLEAN,
  `computed_at` TIMESTAMP_LTZ(3),
  `dt` DATE,
  `job` STRING
) PARTITIONED BY (`dt`, `job`) WITH (
  'connector' = 'filesystem',
  'path' = '${tables}/feature_health',
  'format' = 'parquet',
  'parquet.utc-timezone' = 'true',
  'source.report-statistics' = 'NONE'
)

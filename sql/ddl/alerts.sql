-- Every state of every alert.
-- ${tables} stands for the folder of the tables, as a URI: file:///data/plumbline/tables
CREATE TABLE alerts (
  `alert_id` STRING,
  `monitor` STRING,
  `state` STRING,
  `severity` STRING,
  `series` STRING,
  `metric` STRING,
  `model` STRING,
  `model_version` STRING,
  `feature` STRING,
  `segment` STRING,
  `window` STRING,
  `labels` MAP<STRING, STRING>,
  `layer` STRING,
  `value` DOUBLE,
  `threshold` DOUBLE,
  `expected` DOUBLE,
  `lower` DOUBLE,
  `upper` DOUBLE,
  `z_score` DOUBLE,
  `title` STRING,
  `reason` STRING,
  `affected_models` ARRAY<STRING>,
  `resolved_by` STRING,
  `started_at` TIMESTAMP_LTZ(3),
  `computed_at` TIMESTAMP_LTZ(3),
  `dt` DATE,
  `job` STRING
) PARTITIONED BY (`dt`, `job`) WITH (
  'connector' = 'filesystem',
  'path' = '${tables}/alerts',
  'format' = 'parquet',
  'parquet.utc-timezone' = 'true',
  'source.report-statistics' = 'NONE'
)

-- Every state of every notification and automatic action.
-- ${tables} stands for the folder of the tables, as a URI: file:///data/plumbline/tables
CREATE TABLE actions (
  `action_id` STRING,
  `incident_id` STRING,
  `what` STRING,
  `why` STRING,
  `to_whom` STRING,
  `tried` BIGINT,
  `outcome` STRING,
  `computed_at` TIMESTAMP_LTZ(3),
  `dt` DATE,
  `job` STRING
) PARTITIONED BY (`dt`, `job`) WITH (
  'connector' = 'filesystem',
  'path' = '${tables}/actions',
  'format' = 'parquet',
  'parquet.utc-timezone' = 'true',
  'source.report-statistics' = 'NONE'
)

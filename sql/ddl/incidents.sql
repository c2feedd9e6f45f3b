-- Every state of every incident.
-- ${tables} stands for the folder of the tables, as a URI: file:///data/plumbline/tables
CREATE TABLE incidents (
  `incident_id` STRING,
  `state` STRING,
  `kind` STRING,
  `severity` STRING,
  `title` STRING,
  `root_cause` ROW<`kind` STRING, `node` STRING, `evidence` STRING>,
  `affected_features` ARRAY<STRING>,
  `affected_models` ARRAY<STRING>,
  `layers` ARRAY<STRING>,
  `alerts` ARRAY<STRING>,
  `playbook` STRING,
  `opened_at` TIMESTAMP_LTZ(3),
  `acknowledged_at` TIMESTAMP_LTZ(3),
  `resolved_at` TIMESTAMP_LTZ(3),
  `resolution` STRING,
  `merged_into` STRING,
  `computed_at` TIMESTAMP_LTZ(3),
  `dt` DATE,
  `job` STRING
) PARTITIONED BY (`dt`, `job`) WITH (
  'connector' = 'filesystem',
  'path' = '${tables}/incidents',
  'format' = 'parquet',
  'parquet.utc-timezone' = 'true',
  'source.report-statistics' = 'NONE'
)

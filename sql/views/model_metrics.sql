-- What online-metrics says of models: the latest states, with what tells series apart as columns.
-- `role` is champion where the series has none; `window_seconds` is the window's length.
CREATE VIEW model_metrics AS
SELECT
  `model`,
  `model_version`,
  COALESCE(`labels`['role'], 'champion') AS `role`,
  `labels`['against'] AS `against`,
  `segment`,
  `metric`,
  `labels`['average'] AS `average`,
  `labels`['quantile'] AS `quantile`,
  `labels`['test'] AS `test`,
  `value`,
  `bound`,
  `count`,
  `coverage`,
  `final`,
  `window_start`,
  `window_end`,
  TIMESTAMPDIFF(SECOND, `window_start`, `window_end`) AS `window_seconds`,
  `computed_at`
FROM metric_points_latest
WHERE `job` = 'online-metrics'

-- The latest state of each check.
CREATE VIEW feature_health_latest AS
SELECT
  `feature`,
  `feature_version`,
  `model`,
  `model_version`,
  `segment`,
  `window_start`,
  `window_end`,
  `freshness_seconds`,
  `null_ratio`,
  `value_min`,
  `value_max`,
  `rows`,
  `pooled_from`,
  `is_healthy`,
  `issues`,
  `computed_at`,
  `dt`,
  `job`
FROM (
  SELECT *, ROW_NUMBER() OVER (
    PARTITION BY `feature`, `feature_version`, `model`, `model_version`, `segment`, `window_start` ORDER BY `computed_at` DESC) AS `nth`
  FROM feature_health
)
WHERE `nth` = 1

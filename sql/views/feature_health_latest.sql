-- The latest state of each check, without those that were withdrawn.
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
  `withdrawn`,
  `computed_at`,
  `dt`,
  `job`
FROM (
  SELECT *, ROW_NUMBER() OVER (
    PARTITION BY `job`, `feature`, `model`, `model_version`, `segment`, `window_start`, `window_end` ORDER BY `computed_at` DESC) AS `nth`
  FROM feature_health
)
WHERE `nth` = 1 AND NOT `withdrawn`

-- The latest state of each metric point, without those that were withdrawn.
CREATE VIEW metric_points_latest AS
SELECT
  `series`,
  `metric`,
  `value`,
  `count`,
  `window_start`,
  `window_end`,
  `model`,
  `model_version`,
  `feature`,
  `segment`,
  `layer`,
  `labels`,
  `bound`,
  `coverage`,
  `final`,
  `computed_at`,
  `dt`,
  `job`
FROM (
  SELECT *, ROW_NUMBER() OVER (
    PARTITION BY `series`, `window_start` ORDER BY `computed_at` DESC) AS `state`
  FROM metric_points
)
WHERE `state` = 1 AND `value` IS NOT NULL

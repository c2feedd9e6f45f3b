-- The latest state of each alert.
CREATE VIEW alerts_latest AS
SELECT
  `alert_id`,
  `monitor`,
  `state`,
  `severity`,
  `series`,
  `metric`,
  `model`,
  `model_version`,
  `feature`,
  `segment`,
  `window`,
  `labels`,
  `layer`,
  `value`,
  `threshold`,
  `expected`,
  `lower`,
  `upper`,
  `z_score`,
  `title`,
  `reason`,
  `affected_models`,
  `resolved_by`,
  `started_at`,
  `computed_at`,
  `dt`,
  `job`
FROM (
  SELECT *, ROW_NUMBER() OVER (
    PARTITION BY `monitor`, `series`, `alert_id` ORDER BY `computed_at` DESC) AS `nth`
  FROM alerts
)
WHERE `nth` = 1

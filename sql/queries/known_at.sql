-- What was known at a moment: the latest states among those that were computed by then.
-- ${known_at} stands for the moment, in UTC: 2026-11-24 08:00:00
SELECT `series`, `window_start`, `value`
FROM (
  SELECT *, ROW_NUMBER() OVER (
    PARTITION BY `series`, `window_start` ORDER BY `computed_at` DESC) AS `state`
  FROM metric_points
  WHERE `computed_at` <= CAST(TIMESTAMP '${known_at}' AS TIMESTAMP_LTZ(3))
)
WHERE `state` = 1 AND `value` IS NOT NULL
ORDER BY `series`, `window_start`

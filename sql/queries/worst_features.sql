-- The features that drifted most on the last day that has results, gravest first.
SELECT `model`, `feature`, `segment`, `drift_severity`, `psi`, `missing_ratio_difference`, `reason`
FROM drift_results_latest
WHERE `window_start` = (SELECT MAX(`window_start`) FROM drift_results_latest)
  AND `drift_detected`
ORDER BY
  CASE `drift_severity` WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END,
  `psi` DESC,
  `feature`,
  `segment`
LIMIT 20

-- How each version was in its newest window that has labels, of each length of window. What the model's task does not
-- have is null; f1 is the macro average where there are several classes.
SELECT
  metrics.`model`,
  metrics.`model_version`,
  metrics.`role`,
  metrics.`window_start`,
  metrics.`window_end`,
  MAX(`coverage`) AS `coverage`,
  MAX(`value`) FILTER (WHERE `metric` = 'accuracy') AS `accuracy`,
  MAX(`value`) FILTER (WHERE `metric` = 'f1' AND COALESCE(`average`, 'macro') = 'macro') AS `f1`,
  MAX(`value`) FILTER (WHERE `metric` = 'roc_auc') AS `roc_auc`,
  MAX(`value`) FILTER (WHERE `metric` = 'log_loss') AS `log_loss`,
  MAX(`value`) FILTER (WHERE `metric` = 'ece') AS `ece`,
  MAX(`value`) FILTER (WHERE `metric` = 'mae') AS `mae`,
  MAX(`value`) FILTER (WHERE `metric` = 'r2') AS `r2`
FROM model_metrics AS metrics
JOIN (
  SELECT `model`, `model_version`, `role`, `window_seconds`, MAX(`window_start`) AS `window_start`
  FROM model_metrics
  WHERE `segment` = '' AND `against` IS NULL AND `coverage` > 0
  GROUP BY `model`, `model_version`, `role`, `window_seconds`
) AS newest
  ON metrics.`model` = newest.`model`
  AND metrics.`model_version` = newest.`model_version`
  AND metrics.`role` = newest.`role`
  AND metrics.`window_seconds` = newest.`window_seconds`
  AND metrics.`window_start` = newest.`window_start`
WHERE `segment` = '' AND `against` IS NULL
GROUP BY
  metrics.`model`,
  metrics.`model_version`,
  metrics.`role`,
  metrics.`window_start`,
  metrics.`window_end`
ORDER BY `model`, `role`, `model_version`, `window_end`

-- How long labels took and how many have come, window by window of the predictions' time. A gap says that those with a
-- label are not like those without one: metrics of a window that is not final lean that way. Labels without any
-- prediction are of no model: theirs is a row of its own, by the window of the label's time.
SELECT
  `model`,
  `model_version`,
  `role`,
  `window_start`,
  `window_end`,
  MAX(`count`) FILTER (WHERE `metric` = 'label_coverage_ratio') AS `predictions`,
  MAX(`value`) FILTER (WHERE `metric` = 'label_coverage_ratio') AS `coverage`,
  MAX(`value`) FILTER (
    WHERE `metric` = 'label_delay_seconds' AND `quantile` = '0.5') AS `delay_seconds_p50`,
  MAX(`value`) FILTER (
    WHERE `metric` = 'label_delay_seconds' AND `quantile` = '0.95') AS `delay_seconds_p95`,
  MAX(`value`) FILTER (WHERE `metric` = 'label_selection_gap') AS `selection_gap`,
  MAX(`value`) FILTER (WHERE `metric` = 'labels_corrected') AS `corrected`,
  MAX(`value`) FILTER (WHERE `metric` = 'labels_expired') AS `expired`,
  MAX(`value`) FILTER (WHERE `metric` = 'labels_orphaned') AS `orphaned`
FROM model_metrics
WHERE `segment` = ''
  AND `against` IS NULL
  AND `metric` IN (
    'label_coverage_ratio', 'label_delay_seconds', 'label_selection_gap', 'labels_corrected',
    'labels_expired', 'labels_orphaned')
GROUP BY `model`, `model_version`, `role`, `window_start`, `window_end`
ORDER BY `model`, `model_version`, `role`, `window_start`, `window_end`

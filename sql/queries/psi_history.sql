-- PSI of each feature day by day, all rows, with the number of rows behind it.
SELECT `model`, `feature`, `window_start`, `value` AS `psi`, `count` AS `rows`
FROM metric_points_latest
WHERE `metric` = 'psi' AND `segment` = ''
ORDER BY `model`, `feature`, `window_start`

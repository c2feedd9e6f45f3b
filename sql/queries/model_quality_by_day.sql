-- Quality of each version day by day, over all its predictions: how exact a figure is (bound), of how many predictions
-- (count), and what share of the day's predictions has a label by now (coverage).
SELECT
  `model`,
  `model_version`,
  `role`,
  `window_start` AS `day`,
  `metric`,
  `average`,
  `value`,
  `bound`,
  `count`,
  `coverage`,
  `final`
FROM model_metrics
WHERE `window_seconds` = 86400
  AND `segment` = ''
  AND `against` IS NULL
  AND `metric` IN (
    'accuracy', 'precision', 'recall', 'f1', 'roc_auc', 'pr_auc', 'log_loss', 'brier', 'ece',
    'mae', 'rmse', 'mape', 'r2', 'bias')
ORDER BY `model`, `model_version`, `role`, `day`, `metric`, `average`

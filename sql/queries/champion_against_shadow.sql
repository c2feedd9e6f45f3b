-- Champion and shadow on exactly the same predictions, window by window: each metric of both, and what a test says of
-- the difference once the window is final (McNemar of what they got right, a paired t test of their losses).
SELECT
  champion.`model`,
  champion.`model_version` AS `champion`,
  shadow.`model_version` AS `shadow`,
  shadow.`window_start`,
  shadow.`window_end`,
  shadow.`segment`,
  shadow.`metric`,
  shadow.`average`,
  champion.`value` AS `champion_value`,
  shadow.`value` AS `shadow_value`,
  shadow.`count`,
  shadow.`coverage`,
  shadow.`final`,
  tests.`mcnemar_p_value`,
  tests.`paired_t_p_value`
FROM model_metrics AS shadow
JOIN model_metrics AS champion
  ON champion.`model` = shadow.`model`
  AND champion.`model_version` = shadow.`against`
  AND champion.`against` = shadow.`model_version`
  AND champion.`role` = 'champion'
  AND champion.`segment` = shadow.`segment`
  AND champion.`metric` = shadow.`metric`
  AND COALESCE(champion.`average`, '') = COALESCE(shadow.`average`, '')
  AND champion.`window_start` = shadow.`window_start`
  AND champion.`window_end` = shadow.`window_end`
LEFT JOIN (
  SELECT
    `model`,
    `model_version`,
    `against`,
    `segment`,
    `window_start`,
    `window_end`,
    MAX(`value`) FILTER (WHERE `test` = 'mcnemar') AS `mcnemar_p_value`,
    MAX(`value`) FILTER (WHERE `test` = 'paired_t') AS `paired_t_p_value`
  FROM model_metrics
  WHERE `metric` = 'shadow_p_value'
  GROUP BY `model`, `model_version`, `against`, `segment`, `window_start`, `window_end`
) AS tests
  ON tests.`model` = shadow.`model`
  AND tests.`model_version` = shadow.`model_version`
  AND tests.`against` = shadow.`against`
  AND tests.`segment` = shadow.`segment`
  AND tests.`window_start` = shadow.`window_start`
  AND tests.`window_end` = shadow.`window_end`
WHERE shadow.`role` = 'shadow'
ORDER BY
  champion.`model`, shadow.`window_end`, shadow.`segment`, shadow.`metric`, shadow.`average`

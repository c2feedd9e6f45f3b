-- Who changed a feature in the registry, when, from what and to what. By control: a null in `to` takes the change back.
-- In the file: found by feature-health when it started next; `author` is null, and the specs are of what was changed.
CREATE VIEW feature_changes AS
SELECT
  `name` AS `feature`,
  `at`,
  `author`,
  LAG(`spec`) OVER (PARTITION BY `name` ORDER BY `at`) AS `from`,
  `spec` AS `to`
FROM (
  -- While a day is compacted, a row may be there twice.
  SELECT *, ROW_NUMBER() OVER (
    PARTITION BY `name`, `at` ORDER BY `author`) AS `nth`
  FROM control
  WHERE `kind` = 'feature'
)
WHERE `nth` = 1
UNION ALL
SELECT
  `feature`,
  -- The states of one window repeat it.
  MIN(`computed_at`) AS `at`,
  CAST(NULL AS STRING) AS `author`,
  CONCAT('{"', `what`, '":', `from`, '}') AS `from`,
  CONCAT('{"', `what`, '":', `to`, '}') AS `to`
FROM (
  SELECT
    `feature`,
    `window_start`,
    `computed_at`,
    REGEXP_EXTRACT(`issue`, '^(\w+) changed in the file: ("(?:[^"\\]|\\.)*"|null) to (.*)$', 1) AS `what`,
    REGEXP_EXTRACT(`issue`, '^(\w+) changed in the file: ("(?:[^"\\]|\\.)*"|null) to (.*)$', 2) AS `from`,
    REGEXP_EXTRACT(`issue`, '^(\w+) changed in the file: ("(?:[^"\\]|\\.)*"|null) to (.*)$', 3) AS `to`
  FROM feature_health CROSS JOIN UNNEST(`issues`) AS `told` (`issue`)
  WHERE `model` IS NULL AND `issue` LIKE '% changed in the file: %'
)
GROUP BY `feature`, `window_start`, `what`, `from`, `to`

-- Who changed a feature in the registry, when, from what and to what; a null in `to` takes the change back.
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

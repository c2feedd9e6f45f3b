-- Who changed a feature in the registry, when, from what and to what; a null in `to` takes the change back.
CREATE VIEW feature_changes AS
SELECT
  `name` AS `feature`,
  `at`,
  `author`,
  LAG(`spec`) OVER (PARTITION BY `name` ORDER BY `at`) AS `from`,
  `spec` AS `to`
FROM control
WHERE `kind` = 'feature'

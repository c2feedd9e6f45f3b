-- What is changed now: the last change of each thing, without those that were taken back.
CREATE VIEW control_latest AS
SELECT
  `kind`,
  `name`,
  `spec`,
  `author`,
  `at`,
  `dt`,
  `job`
FROM (
  SELECT *, ROW_NUMBER() OVER (
    PARTITION BY `kind`, `name` ORDER BY `at` DESC) AS `nth`
  FROM control
)
WHERE `nth` = 1 AND `spec` IS NOT NULL

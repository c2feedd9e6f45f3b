-- The latest state of each action.
CREATE VIEW actions_latest AS
SELECT
  `action_id`,
  `incident_id`,
  `what`,
  `why`,
  `to_whom`,
  `tried`,
  `outcome`,
  `computed_at`,
  `dt`,
  `job`
FROM (
  SELECT *, ROW_NUMBER() OVER (
    PARTITION BY `incident_id`, `action_id` ORDER BY `computed_at` DESC) AS `nth`
  FROM actions
)
WHERE `nth` = 1

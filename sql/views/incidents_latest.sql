-- The latest state of each incident.
CREATE VIEW incidents_latest AS
SELECT
  `incident_id`,
  `state`,
  `kind`,
  `severity`,
  `title`,
  `root_cause`,
  `affected_features`,
  `affected_models`,
  `layers`,
  `alerts`,
  `playbook`,
  `opened_at`,
  `acknowledged_at`,
  `resolved_at`,
  `resolution`,
  `merged_into`,
  `computed_at`,
  `dt`,
  `job`
FROM (
  SELECT *, ROW_NUMBER() OVER (
    PARTITION BY `incident_id` ORDER BY `computed_at` DESC) AS `nth`
  FROM incidents
)
WHERE `nth` = 1

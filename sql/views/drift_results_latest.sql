-- The latest state of each drift result, without those that were withdrawn. The overall severity is
-- called drift_severity, to tell it from the severity of alerts.
CREATE VIEW drift_results_latest AS
SELECT
  `series`,
  `feature`,
  `type`,
  `role`,
  `drift_type`,
  `importance`,
  `segment`,
  `reference_rows`,
  `current_rows`,
  `reference_nulls`,
  `current_nulls`,
  `reference_infinities`,
  `current_infinities`,
  `psi`,
  `psi_p_value`,
  `ks_statistic`,
  `ks_p_value`,
  `wasserstein`,
  `js_distance`,
  `chi2_statistic`,
  `chi2_p_value`,
  `mmd2`,
  `mmd_p_value`,
  `q_value`,
  `missing_ratio_difference`,
  `missing_p_value`,
  `missing_severity`,
  `severity`,
  `overall_severity` AS `drift_severity`,
  `drift_detected`,
  `reason`,
  `new_category_ratio`,
  `new_category_p_value`,
  `bounds`,
  `reference_profile`,
  `current_profile`,
  `bins`,
  `categories`,
  `window_start`,
  `window_end`,
  `model`,
  `model_version`,
  `reference`,
  `reference_uri`,
  `reference_checksum`,
  `withdrawn`,
  `computed_at`,
  `dt`,
  `job`
FROM (
  SELECT *, ROW_NUMBER() OVER (
    PARTITION BY `series`, `window_start` ORDER BY `computed_at` DESC) AS `state`
  FROM drift_results
)
WHERE `state` = 1 AND NOT `withdrawn`

SELECT * FROM patients WHERE patient_id = 42
SELECT * FROM `proj.ehr.patients` WHERE mrn = 'A1'
SELECT * FROM patients LIMIT 10
SELECT ward, COUNT(*) AS n FROM patients GROUP BY ward ORDER BY n DESC
SELECT DATE_TRUNC(admitted_at, MONTH), COUNTIF(urgent) FROM encounters GROUP BY 1
SELECT EXTRACT(YEAR FROM admitted_at) AS year, COUNT(*) FROM encounters GROUP BY year
SELECT * FROM `proj.ehr.INFORMATION_SCHEMA.COLUMNS`
SELECT ARRAY_AGG(name) FROM wards
SELECT SAFE_DIVIDE(COUNTIF(urgent), COUNT(*)) FROM encounters
SELECT * FROM UNNEST([1, 2, 3]) AS x
SELECT * FROM wards
-- ranges, first rows, domains, and more of each kind
SELECT * FROM patients WHERE patient_id BETWEEN 10 AND 20
SELECT * FROM `proj.ehr.patients` WHERE patient_id = 5
SELECT * FROM patients WHERE TRUE QUALIFY ROW_NUMBER() OVER (ORDER BY admitted DESC) <= 10
SELECT * FROM (SELECT *, ROW_NUMBER() OVER (ORDER BY admitted DESC) AS rn FROM patients) WHERE rn <= 10
SELECT SPLIT(email, '@')[OFFSET(1)] AS d, COUNT(*) FROM patients GROUP BY d
SELECT REGEXP_EXTRACT(email, r'@(.+)$') AS d, COUNT(*) FROM patients GROUP BY d
ALTER TABLE patients RENAME COLUMN phone TO telephone
ALTER TABLE patients ADD COLUMN middle_name STRING
SELECT DATE_TRUNC(admitted_date, MONTH) AS m, COUNT(*) FROM encounters GROUP BY m
SELECT FORMAT_DATE('%Y-%m', admitted_date), COUNT(*) FROM encounters GROUP BY 1
SELECT EXTRACT(YEAR FROM dob), COUNT(*) FROM patients GROUP BY 1
SELECT ward, COUNTIF(age > 65) FROM patients GROUP BY ward
SELECT DATE_DIFF(CURRENT_DATE(), dob, YEAR) AS age, COUNT(*) FROM patients GROUP BY age
SELECT d, COUNT(e.encounter_id) FROM UNNEST(GENERATE_DATE_ARRAY('2024-01-01', '2024-01-31')) d LEFT JOIN encounters e ON e.admitted_date = d GROUP BY d
SELECT table_name, column_name FROM ehr.INFORMATION_SCHEMA.COLUMNS
SELECT table_id, row_count FROM ehr.__TABLES__
SELECT ARRAY_AGG(DISTINCT ward) FROM patients
SELECT STRING_AGG(DISTINCT ward, ',') FROM patients
SELECT APPROX_COUNT_DISTINCT(patient_id) FROM encounters
SELECT APPROX_QUANTILES(cost, 4) FROM encounters
SELECT SAFE_DIVIDE(SUM(cost), COUNT(*)) FROM encounters
SELECT name FROM patients WHERE patient_id IN UNNEST([1, 2, 3])
SELECT AS STRUCT 1 AS a, 2 AS b
SELECT IF(age > 65, 'old', 'young') g, COUNT(*) FROM patients GROUP BY g
SELECT ward, COUNT(*) FROM patients GROUP BY ROLLUP (ward)
SELECT TIMESTAMP_TRUNC(admitted_at, MONTH), COUNT(*) FROM encounters GROUP BY 1
SELECT ward FROM patients UNION DISTINCT SELECT name FROM wards
SELECT ward FROM patients EXCEPT DISTINCT SELECT name FROM wards
SELECT COUNT(*) FROM patients TABLESAMPLE SYSTEM (10 PERCENT)
SELECT SESSION_USER(), CURRENT_TIMESTAMP()
SELECT * FROM patients WHERE patient_id IN UNNEST([1, 2, 3])
SELECT * FROM patients QUALIFY ROW_NUMBER() OVER (ORDER BY age) <= 10
SELECT DATE_TRUNC(admitted_at, MONTH) m, COUNT(*) FROM encounters GROUP BY m
SELECT APPROX_QUANTILES(age, 4) FROM patients
SELECT table_name FROM INFORMATION_SCHEMA.TABLES
SELECT n FROM UNNEST(GENERATE_ARRAY(1, 10)) n
SELECT SAFE_DIVIDE(1, 2), CURRENT_DATE()
SELECT EXTRACT(YEAR FROM dob) y, COUNT(*) FROM patients GROUP BY y

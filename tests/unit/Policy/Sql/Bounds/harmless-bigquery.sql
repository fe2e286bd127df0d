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

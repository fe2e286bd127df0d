SELECT * FROM patients
SELECT * FROM `proj.ehr.patients`
SELECT * FROM `proj`.`ehr`.`patients`
SELECT * EXCEPT (ssn) FROM patients
SELECT ARRAY_AGG(p) FROM patients p
SELECT ARRAY(SELECT name FROM patients)
SELECT STRING_AGG(name) FROM patients LIMIT 1
SELECT AS STRUCT * FROM patients
SELECT TO_JSON_STRING(p) FROM patients p
SELECT APPROX_TOP_COUNT(name, 1000) FROM patients
SELECT r"""x""", name FROM patients
EXPORT DATA OPTIONS (uri = 'gs://x') AS SELECT * FROM patients
EXECUTE IMMEDIATE 'SELECT 1'
SELECT * FROM EXTERNAL_QUERY('c', 'select * from patients')
SELECT * FROM `proj.ehr.patients` FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP()
CREATE TABLE d.t AS SELECT * FROM patients
BEGIN SELECT * FROM patients; END
SELECT * FROM ML.PREDICT(MODEL m, TABLE patients)
WITH patients AS (SELECT * FROM patients) SELECT * FROM patients
-- names that lie, ranges, and more of each kind
SELECT * REPLACE (name AS ward) FROM patients
SELECT ARRAY(SELECT AS STRUCT * FROM patients)
SELECT ARRAY_AGG(p) FROM patients p LIMIT 1
SELECT ARRAY_AGG(p LIMIT 1000) FROM patients p
SELECT ARRAY_AGG(STRUCT(name, ssn) IGNORE NULLS ORDER BY mrn) FROM patients
SELECT STRING_AGG(name) FROM patients
SELECT * FROM `ehr.patients*`
SELECT * FROM `proj`.ehr.patients
SELECT * FROM `patients`
SELECT * FROM ehr.patients FOR SYSTEM_TIME AS OF TIMESTAMP '2024-01-01'
EXPORT DATA OPTIONS (uri = 'gs://x/*') AS SELECT * FROM patients
CREATE TABLE z CLONE patients
CREATE TABLE z COPY patients
CREATE SNAPSHOT TABLE z CLONE patients
CREATE TABLE z LIKE patients AS SELECT * FROM patients
EXECUTE IMMEDIATE 'SELECT * FROM patients'
DECLARE x ARRAY<STRING> DEFAULT (SELECT ARRAY_AGG(name) FROM patients); SELECT x
FOR r IN (SELECT * FROM patients) DO SELECT r.name; END FOR
LOOP SELECT * FROM patients LIMIT 10; END LOOP
CREATE MODEL m OPTIONS (model_type = 'x') AS SELECT * FROM patients
SELECT * FROM patients QUALIFY ROW_NUMBER() OVER (PARTITION BY mrn) = 1
SELECT * FROM patients QUALIFY ROW_NUMBER() OVER () <= 100
SELECT p.* FROM patients p, UNNEST([1]) x
SELECT * FROM patients, UNNEST(GENERATE_ARRAY(1, 10))
SELECT * FROM patients p WHERE p.patient_id IN UNNEST(GENERATE_ARRAY(1, 100))
SELECT (SELECT AS STRUCT p.*) FROM patients p
SELECT ANY_VALUE(p) FROM patients p GROUP BY mrn
SELECT SPLIT(email, '@')[OFFSET(0)] AS d, COUNT(*) FROM patients GROUP BY d
SELECT REGEXP_EXTRACT(email, r'(.+)@') AS d, COUNT(*) FROM patients GROUP BY d
SELECT REGEXP_EXTRACT(email, r'@|(.+)') AS d, COUNT(*) FROM patients GROUP BY d
ALTER TABLE patients RENAME COLUMN name TO ward
ALTER TABLE patients RENAME TO stuff
ALTER TABLE patients ADD COLUMN mrn STRING DEFAULT 'x'
MERGE patients t USING patients s ON t.patient_id = s.patient_id WHEN MATCHED THEN UPDATE SET ward = s.name
SELECT @@project_id, name FROM patients
FROM patients |> SELECT name
FROM patients
SELECT LOGICAL_OR(name = 'x'), ARRAY_CONCAT_AGG([name]) FROM patients
SELECT ARRAY_AGG(STRUCT(name, ssn)) FROM patients
SELECT * FROM `proj.ds.patients`
SELECT * FROM patients, UNNEST(GENERATE_ARRAY(1, 10)) n
SELECT p.* FROM UNNEST(GENERATE_ARRAY(1, 1000)) n JOIN patients p ON p.patient_id = n
SELECT * FROM patients TABLESAMPLE SYSTEM (100 PERCENT)
SELECT ANY_VALUE(name) FROM patients GROUP BY patient_id
SELECT * FROM patients FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP()
EXPORT DATA OPTIONS (uri = 'gs://x/*', format = 'CSV') AS SELECT * FROM patients
SELECT * FROM patients PIVOT (MAX(name) FOR ward IN ('ICU'))
SELECT * FROM patients WHERE patient_id IN UNNEST(GENERATE_ARRAY(1, 1000))
SELECT name FROM patients # LIMIT 1

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

SELECT * FROM patients
SELECT TOP 1000 * FROM patients
SELECT ARRAY_AGG(name) FROM patients
SELECT OBJECT_AGG(mrn, name) FROM patients
SELECT * FROM patients SAMPLE (50)
SELECT * FROM patients AT (OFFSET => -60)
SELECT * FROM patients QUALIFY ROW_NUMBER() OVER (ORDER BY mrn) > 0
SELECT * EXCLUDE ssn FROM patients
COPY INTO @stage FROM patients
COPY INTO 's3://x' FROM (SELECT * FROM patients)
CREATE TABLE t CLONE patients
EXECUTE IMMEDIATE 'select * from patients'
EXECUTE IMMEDIATE $$ select * from patients $$
SELECT * FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()))
SELECT * FROM @stage/file
SELECT listagg(name, ',') FROM patients
ALTER TABLE patients SWAP WITH scratch
CALL p()
WITH patients AS (SELECT * FROM patients) SELECT * FROM patients

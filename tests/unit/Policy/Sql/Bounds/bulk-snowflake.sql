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
-- names that lie, ranges, and more of each kind
SELECT * FROM patients QUALIFY ROW_NUMBER() OVER (PARTITION BY mrn ORDER BY 1) = 1
SELECT * FROM patients QUALIFY ROW_NUMBER() OVER (ORDER BY 1) <= 1000
SELECT * FROM patients QUALIFY ROW_NUMBER() OVER (ORDER BY 1) >= 1
SELECT * FROM patients QUALIFY RANK() OVER (ORDER BY ward) = 1
SELECT * FROM patients QUALIFY ROW_NUMBER() OVER (ORDER BY 1) <= 10 OR TRUE
SELECT * RENAME name AS ward FROM patients
SELECT * ILIKE '%name%' FROM patients
SELECT $1, $2 FROM patients
SELECT ARRAY_AGG(OBJECT_CONSTRUCT(*)) FROM patients
SELECT OBJECT_CONSTRUCT(*) FROM patients
SELECT HASH_AGG(name), LISTAGG(name) FROM patients
SELECT * FROM patients BEFORE (STATEMENT => 'x')
SELECT * FROM IDENTIFIER('patients')
SELECT * FROM TABLE('patients')
SELECT * FROM TABLE($t)
CREATE TABLE z CLONE patients
CREATE TABLE z LIKE patients; INSERT INTO z SELECT * FROM patients
ALTER TABLE patients SWAP WITH wards
ALTER TABLE patients RENAME COLUMN name TO ward
ALTER TABLE patients ADD COLUMN mrn STRING DEFAULT 'x'
UNLOAD
EXECUTE IMMEDIATE 'SELECT * FROM patients'
EXECUTE IMMEDIATE $$ BEGIN RETURN 1; END $$
CREATE STREAM s ON TABLE patients
CREATE DYNAMIC TABLE d TARGET_LAG = '1 minute' WAREHOUSE = w AS SELECT * FROM patients
CREATE SHARE s
SELECT f.value FROM patients p, LATERAL FLATTEN(INPUT => OBJECT_CONSTRUCT(p.*)) f
SELECT * FROM patients WHERE patient_id BETWEEN 1 AND 100
SELECT MODE(name), APPROX_TOP_K(name, 1000) FROM patients
SELECT SPLIT_PART(email, '@', 1) AS d, COUNT(*) FROM patients GROUP BY d
SELECT name AS g, COUNT(*) FROM patients GROUP BY ALL
SELECT * FROM wards JOIN patients
SELECT * FROM patients MATCH_RECOGNIZE (ORDER BY mrn MEASURES A.name AS n PATTERN (A) DEFINE A AS TRUE)
LIST @stage; SELECT $1 FROM @stage/patients.csv
CALL export_all()
BEGIN LET c CURSOR FOR SELECT * FROM patients; RETURN TABLE(c); END
SELECT SYSTEM$TYPEOF(name), name FROM patients
SELECT * FROM patients WHERE patient_id = patient_id::int
SELECT name FROM patients WHERE RLIKE(mrn, '.*')
SELECT LISTAGG(name, ',') FROM patients
SELECT f.value FROM patients p, LATERAL FLATTEN(input => ARRAY_CONSTRUCT(p.name)) f
SELECT * FROM patients SAMPLE (90)
SELECT * FROM patients TABLESAMPLE (1000 ROWS)
SELECT * FROM patients QUALIFY ROW_NUMBER() OVER (PARTITION BY ward ORDER BY age) <= 3
CREATE TABLE p2 CLONE patients; SELECT * FROM p2
COPY INTO @~/x FROM patients
SELECT $1 FROM patients
SELECT * FROM (SELECT ward, name FROM patients) PIVOT (MAX(name) FOR ward IN ('ICU')) p
SELECT p.* FROM patients p NATURAL JOIN (SELECT 1 AS one) x

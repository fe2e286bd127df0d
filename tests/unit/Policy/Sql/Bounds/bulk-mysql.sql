SELECT * FROM patients
SELECT * FROM `patients`
SELECT * FROM clinic.patients
SELECT/*!50000 * */FROM/*!50000 patients*/
/*!50000 SELECT * FROM patients */
SELECT 1 /*! UNION SELECT name FROM patients */
SELECT * FROM patients LIMIT 1000
SELECT * FROM patients LIMIT 0, 1000
SELECT * FROM patients LIMIT 10, 18446744073709551615
SELECT * FROM patients -- LIMIT 10
SELECT * FROM patients # LIMIT 10
SELECT * FROM patients WHERE mrn = 0
SELECT * FROM patients WHERE mrn = 0.0
SELECT * FROM patients WHERE mrn = false
SELECT * FROM patients WHERE mrn = 'a' = 0
SELECT * FROM patients WHERE mrn = 'x' || 1
SELECT * FROM patients WHERE patient_id = 1 OR 1
SELECT * FROM patients WHERE patient_id = 1 XOR 1
SELECT * FROM patients WHERE !(patient_id = 1)
SELECT * FROM patients WHERE patient_id <=> patient_id
SELECT * FROM patients WHERE patient_id LIKE '%'
SELECT * FROM patients WHERE patient_id REGEXP '.'
SELECT GROUP_CONCAT(name) FROM patients
SELECT GROUP_CONCAT(name SEPARATOR ';') FROM patients LIMIT 1
SELECT JSON_ARRAYAGG(name) FROM patients
SELECT @s := CONCAT(@s, name) FROM patients LIMIT 1
SELECT * FROM patients INTO OUTFILE '/tmp/x'
SELECT name INTO @x FROM patients
SELECT LOAD_FILE('/etc/passwd')
HANDLER patients OPEN
HANDLER patients READ FIRST LIMIT 1000
TABLE patients
INSERT INTO scratch SELECT * FROM patients
REPLACE INTO scratch SELECT * FROM patients
CREATE TABLE t AS SELECT * FROM patients
CREATE TABLE t SELECT * FROM patients
CREATE VIEW v AS SELECT * FROM patients
RENAME TABLE patients TO stuff
ALTER TABLE patients RENAME stuff
CALL get_patients()
PREPARE s FROM 'SELECT * FROM patients'
EXECUTE s
SELECT all_patients()
SELECT * FROM patients PARTITION (p0)
SELECT * FROM patients PROCEDURE ANALYSE()
SELECT * FROM information_schema.column_statistics
SELECT histogram FROM information_schema.COLUMN_STATISTICS WHERE table_name = 'patients'
SELECT name, count(*) FROM patients GROUP BY name
SELECT * FROM patients STRAIGHT_JOIN wards
SELECT * FROM (SELECT * FROM patients) x
WITH p AS (SELECT * FROM patients) SELECT * FROM p
DO SLEEP(1); SELECT * FROM patients
UPDATE scratch s JOIN patients p ON p.ward = s.ward SET s.x = p.name
EXPLAIN ANALYZE SELECT * FROM patients
SELECT * FROM patients USE INDEX (PRIMARY) WHERE ward = 'x'
SELECT "a" FROM patients
SELECT 1; SELECT * FROM patients
SELECT * FROM patients WHERE mrn = "mrn"
SELECT * FROM patients WHERE mrn = "MRN"
SELECT * FROM patients WHERE "mrn" = "mrn"
SELECT mrn, alias FROM patients WHERE mrn = "alias"
WITH patients AS (SELECT * FROM patients) SELECT * FROM patients
WITH patients AS (SELECT 1 UNION ALL SELECT name FROM patients) SELECT * FROM patients

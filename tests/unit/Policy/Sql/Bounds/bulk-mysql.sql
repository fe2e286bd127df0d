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
-- names that lie, ranges, and more of each kind
ALTER TABLE patients DROP COLUMN mrn, ADD COLUMN mrn VARCHAR(5) DEFAULT 'x'
ALTER TABLE patients ADD mrn VARCHAR(5) DEFAULT 'x'
ALTER TABLE patients ADD COLUMN ward2 VARCHAR(99) AS (name)
ALTER TABLE patients ADD COLUMN status VARCHAR(99) GENERATED ALWAYS AS (CONCAT(name, ssn)) STORED
ALTER TABLE patients CHANGE name ward VARCHAR(99)
ALTER TABLE patients CHANGE COLUMN ward mrn VARCHAR(99)
ALTER TABLE patients RENAME COLUMN name TO ward
ALTER TABLE patients MODIFY mrn CHAR(1)
ALTER TABLE patients RENAME TO stuff
SELECT * FROM patients WHERE patient_id BETWEEN 0 AND 20
SELECT * FROM patients WHERE patient_id BETWEEN -5 AND 5
SELECT * FROM patients WHERE patient_id = 0
SELECT * FROM patients WHERE patient_id BETWEEN 1 AND 2000
SELECT * FROM patients WHERE mrn BETWEEN 'a' AND 'b'
SELECT SUBSTRING_INDEX(email, '@', 1), COUNT(*) FROM patients GROUP BY 1
SELECT SUBSTRING_INDEX(email, '@', -2), COUNT(*) FROM patients GROUP BY 1
SELECT SUBSTRING_INDEX(email, 'x', -1), COUNT(*) FROM patients GROUP BY 1
SELECT @x := CONCAT(@x, name) FROM patients
SELECT COUNT(@x := CONCAT(@x, name)) FROM patients
SELECT name INTO OUTFILE '/tmp/x' FROM patients
SELECT name INTO @x FROM patients LIMIT 1; SELECT * FROM patients
HANDLER patients OPEN; HANDLER patients READ FIRST
CREATE TABLE z LIKE patients; INSERT INTO z SELECT * FROM patients
CREATE TABLE z SELECT * FROM patients
CREATE TABLE z (ward VARCHAR(99)) ENGINE=MERGE UNION=(patients)
PREPARE s FROM 'SELECT * FROM patients'; EXECUTE s
SELECT /*!50000 * FROM patients */
SELECT * FROM /*! patients */
SELECT histogram FROM information_schema.column_statistics
SELECT ExtractValue('<a/>', (SELECT GROUP_CONCAT(name) FROM patients))
SELECT * FROM patients LIMIT 18446744073709551615
SELECT name FROM patients LIMIT 10 OFFSET 0; SELECT name FROM patients LIMIT 50 OFFSET 10
INSERT INTO scratch SELECT * FROM patients ON DUPLICATE KEY UPDATE x = 1
UPDATE patients SET ward = name
UPDATE scratch s JOIN patients p ON s.id = p.ward SET s.x = p.name
INSERT INTO patients (mrn) VALUES ('A1') ON DUPLICATE KEY UPDATE ward = name
LOAD DATA INFILE 'x' INTO TABLE scratch; SELECT * FROM patients
SELECT * FROM JSON_TABLE((SELECT JSON_ARRAYAGG(name) FROM patients), '$[*]' COLUMNS (n VARCHAR(99) PATH '$')) t
SELECT * FROM patients p STRAIGHT_JOIN wards w
SELECT * FROM patients WHERE mrn LIKE 'A1'
SELECT * FROM patients WHERE mrn = mrn
SELECT * FROM patients WHERE patient_id || 1
SELECT * FROM patients WHERE patient_id = 1 | 1
SELECT * FROM patients WHERE NOT patient_id = 1
SELECT * FROM patients HAVING patient_id = patient_id
SELECT GROUP_CONCAT(name SEPARATOR ',') FROM patients
SELECT JSON_ARRAYAGG(JSON_OBJECT('n', name)) FROM patients
SELECT * FROM patients LIMIT 18446744073709551615 OFFSET 1
SELECT * FROM patients # LIMIT 1
SELECT * FROM patients /*!99999 LIMIT 1 */
SELECT * FROM patients WHERE ward = "x' AND patient_id = 1 -- "
SELECT * FROM patients WHERE ward = 'a\' AND patient_id = 1 LIMIT 1 -- '
SELECT jt.* FROM JSON_TABLE((SELECT JSON_ARRAYAGG(name) FROM patients), '$[*]' COLUMNS (n TEXT PATH '$')) jt
HANDLER patients OPEN; HANDLER patients READ FIRST LIMIT 1000
WITH RECURSIVE r AS (SELECT 1 n UNION ALL SELECT n + 1 FROM r WHERE n < 999) SELECT p.* FROM r JOIN patients p ON p.patient_id = r.n
SELECT * FROM patients WHERE patient_id = 0 OR 1
SELECT * FROM patients WHERE patient_id = 1 || 1
SELECT * FROM patients WHERE patient_id IN (1) XOR 1
SELECT @x := name FROM patients
SELECT * FROM patients WHERE patient_id = name
INSERT INTO wards (name) SELECT name FROM patients ON DUPLICATE KEY UPDATE name = VALUES(name)
REPLACE INTO wards SELECT name FROM patients
SELECT l.* FROM wards w, LATERAL (SELECT * FROM patients p WHERE p.ward = w.name LIMIT 40) l
SELECT SUBSTRING_INDEX(email, '@', 1) u, COUNT(*) FROM patients GROUP BY u
DO (SELECT SLEEP(1) FROM patients WHERE name = 'x'); SELECT * FROM patients
SELECT p.* FROM patients p NATURAL JOIN (SELECT 1 AS one) x
SELECT name FROM patients WHERE mrn = 0
SELECT name FROM patients WHERE patient_id = patient_id
SELECT name FROM patients WHERE patient_id RLIKE '.'
SELECT name FROM patients WHERE patient_id REGEXP '^'
SELECT name FROM patients WHERE IF(patient_id = 1, 1, 1)
SELECT name FROM patients WHERE patient_id <=> patient_id
SELECT name FROM patients WHERE patient_id IN (SELECT patient_id FROM encounters)
SELECT name FROM patients WHERE FIND_IN_SET(mrn, (SELECT GROUP_CONCAT(mrn) FROM patients))
SELECT name FROM patients WHERE INSTR('A1A2', mrn)
SELECT name FROM patients WHERE mrn = 'A1' OR 'a' = 'a'
SELECT name FROM patients WHERE mrn = 'A1' || 'x' = 'x'
SELECT name FROM patients WHERE (SELECT 1)
SELECT name FROM patients LIMIT 0, 100000
SELECT name FROM patients LIMIT 5000 OFFSET 0
(SELECT name FROM patients LIMIT 40) UNION ALL (SELECT name FROM patients LIMIT 40, 40)
SELECT JSON_OBJECTAGG(mrn, name) FROM patients
SELECT GROUP_CONCAT(DISTINCT name ORDER BY name SEPARATOR '\n') FROM patients LIMIT 1
SELECT name INTO DUMPFILE '/tmp/x' FROM patients
SELECT name FROM patients PROCEDURE ANALYSE()
SELECT name FROM patients PARTITION (p0)
SELECT name FROM patients USE INDEX (PRIMARY)
SELECT `name` FROM `clinic`.`patients`
SELECT/*! name FROM patients*/
TABLE patients LIMIT 1000
VALUES ROW((SELECT GROUP_CONCAT(name) FROM patients))
CREATE TABLE x AS SELECT * FROM patients
CREATE TABLE x LIKE patients; INSERT INTO x TABLE patients
REPLACE INTO x SELECT * FROM patients
UPDATE wards w, patients p SET w.name = p.name WHERE p.ward_id = w.id
SELECT EXTRACTVALUE(1, CONCAT(0x7e, (SELECT GROUP_CONCAT(name) FROM patients)))
SELECT UPDATEXML(1, CONCAT(0x7e, (SELECT GROUP_CONCAT(name) FROM patients)), 1)
SELECT p.name FROM wards w JOIN LATERAL (SELECT name FROM patients WHERE ward_id = w.id LIMIT 50) p ON TRUE
SET @a = (SELECT GROUP_CONCAT(name) FROM patients); SELECT @a
CALL dump_patients()
LOAD DATA INFILE 'x' INTO TABLE wards SET name = (SELECT GROUP_CONCAT(name) FROM patients)
SELECT name FROM patients GROUP BY patient_id WITH ROLLUP

SELECT * FROM patients WHERE patient_id = 42
SELECT * FROM `patients` WHERE `mrn` = 'A1'
SELECT * FROM patients WHERE mrn IN ('A1', 'A2')
SELECT * FROM patients WHERE patient_id = ?
SELECT * FROM patients WHERE mrn = "A1"
SELECT * FROM patients LIMIT 10
SELECT * FROM patients LIMIT 20, 10
SELECT * FROM patients LIMIT 10 OFFSET 20
SELECT COUNT(*) FROM patients
SELECT ward, COUNT(*) FROM patients GROUP BY ward WITH ROLLUP
SELECT DATE_FORMAT(admitted_at, '%Y-%m') AS month, COUNT(*) FROM encounters GROUP BY month
SELECT YEAR(admitted_at), COUNT(*) FROM encounters GROUP BY YEAR(admitted_at)
SELECT TIMESTAMPDIFF(YEAR, date_of_birth, CURDATE()) DIV 10 AS decade, COUNT(*) FROM patients GROUP BY decade
SELECT IF(age > 64, 'old', 'young') AS band, COUNT(*) FROM patients GROUP BY band
SELECT p.name, e.ward FROM patients p JOIN encounters e USING (patient_id) WHERE p.patient_id = 5
SELECT p.name, e.ward FROM patients p LEFT JOIN encounters e ON e.patient_id = p.patient_id WHERE p.patient_id = 5 ORDER BY e.admitted_at DESC
SELECT * FROM wards
SELECT GROUP_CONCAT(name ORDER BY name SEPARATOR ', ') FROM wards
SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()
SHOW TABLES
SHOW CREATE TABLE patients
DESCRIBE patients
EXPLAIN SELECT * FROM patients
EXPLAIN FORMAT=JSON SELECT * FROM patients
SET NAMES utf8mb4
USE clinic
INSERT INTO patients (name) VALUES ('x')
INSERT INTO patients (name) VALUES ('x') ON DUPLICATE KEY UPDATE name = VALUES(name)
UPDATE patients SET ward = 'x' WHERE patient_id = 4 LIMIT 1
DELETE FROM patients WHERE patient_id = 4
WITH m AS (SELECT ward, COUNT(*) AS n FROM patients GROUP BY ward) SELECT * FROM m ORDER BY n DESC
SELECT w.name, (SELECT COUNT(*) FROM patients p WHERE p.ward_id = w.id) FROM wards w
SELECT * FROM drugs WHERE name LIKE '%cillin%' AND (stock > 0 OR ordered IS NOT NULL)
SELECT CONCAT(UPPER(name), ' ', code) FROM wards WHERE beds BETWEEN 5 AND 10
SELECT NOW(), VERSION(), USER(), @@version
CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(20) NOT NULL DEFAULT 'x')
DROP TABLE IF EXISTS scratch
START TRANSACTION; SELECT 1; COMMIT
SELECT EXISTS (SELECT 1 FROM patients WHERE last_name = 'x')
SELECT COUNT(DISTINCT patient_id), MIN(admitted_at), MAX(admitted_at) FROM encounters WHERE admitted_at > NOW() - INTERVAL 7 DAY
-- ranges, first rows, domains, and more of each kind
SELECT * FROM patients WHERE patient_id BETWEEN 10 AND 20
SELECT * FROM (SELECT p.*, ROW_NUMBER() OVER (ORDER BY admitted DESC) AS rn FROM patients p) t WHERE rn <= 10
SELECT SUBSTRING_INDEX(email, '@', -1) AS domain, COUNT(*) FROM patients GROUP BY domain
SELECT SUBSTRING(email, LOCATE('@', email) + 1) AS d, COUNT(*) FROM patients GROUP BY d
ALTER TABLE patients RENAME COLUMN phone TO telephone
ALTER TABLE patients CHANGE phone telephone VARCHAR(20)
ALTER TABLE patients ADD COLUMN middle_name VARCHAR(50)
ALTER TABLE patients DROP COLUMN fax
ALTER TABLE patients MODIFY name VARCHAR(200) NOT NULL
SELECT ward FROM patients UNION SELECT name FROM wards
SHOW FULL COLUMNS FROM patients
SHOW INDEX FROM patients
SHOW TABLE STATUS LIKE 'pat%'
SHOW PROCESSLIST
SHOW VARIABLES LIKE 'max%'
SELECT table_name, table_rows FROM information_schema.tables WHERE table_schema = DATABASE()
SELECT YEAR(admitted_at) y, MONTH(admitted_at) m, COUNT(*) FROM encounters GROUP BY y, m
SELECT DATE_FORMAT(admitted_at, '%Y-%m'), COUNT(*) FROM encounters GROUP BY 1
SELECT DATE(admitted_at), COUNT(*) FROM encounters GROUP BY DATE(admitted_at)
SELECT TIMESTAMPDIFF(YEAR, dob, CURDATE()) DIV 10 AS decade, COUNT(*) FROM patients GROUP BY decade
SELECT FLOOR(age / 10) * 10 AS d, COUNT(*) FROM patients GROUP BY d
SELECT ward, COUNT(*) c FROM patients GROUP BY ward HAVING c > 5 ORDER BY c DESC LIMIT 5
SELECT IF(age > 65, 'old', 'young') g, COUNT(*) FROM patients GROUP BY g
SELECT IFNULL(ward, 'none'), COUNT(*) FROM patients GROUP BY 1
SELECT GROUP_CONCAT(DISTINCT ward ORDER BY ward SEPARATOR ', ') FROM patients
SELECT SQL_CALC_FOUND_ROWS * FROM wards LIMIT 5
SELECT LEFT(zip, 3) z, COUNT(*) FROM patients GROUP BY z
SELECT COUNT(*) FROM patients WHERE dob > DATE_SUB(CURDATE(), INTERVAL 18 YEAR)
SELECT p.name FROM patients p INNER JOIN encounters e USING (patient_id) WHERE e.encounter_id = 5
SELECT * FROM patients LIMIT 10, 20
SELECT `name` FROM `patients` WHERE `mrn` = 'A1'
SELECT name FROM patients WHERE patient_id <=> 5
WITH RECURSIVE d AS (SELECT DATE('2024-01-01') AS day UNION ALL SELECT day + INTERVAL 1 DAY FROM d WHERE day < '2024-01-31') SELECT d.day, COUNT(e.encounter_id) FROM d LEFT JOIN encounters e ON DATE(e.admitted_at) = d.day GROUP BY d.day
SELECT JSON_OBJECTAGG(ward, n) FROM (SELECT ward, COUNT(*) n FROM patients GROUP BY ward) t
INSERT INTO wards (id, name) VALUES (1, 'A') ON DUPLICATE KEY UPDATE name = VALUES(name)
INSERT INTO patients (mrn, ward) VALUES ('A1', 'ICU') ON DUPLICATE KEY UPDATE ward = VALUES(ward)
INSERT IGNORE INTO wards (id) VALUES (1)
REPLACE INTO wards (id, name) VALUES (1, 'A')
UPDATE patients SET ward = 'x' WHERE patient_id = 5 LIMIT 1
DELETE FROM notes WHERE note_id = 5
SET @n = 5
SELECT @@version, NOW(), USER(), DATABASE()
SELECT CONNECTION_ID(), LAST_INSERT_ID()
SELECT COUNT(*) FROM patients FORCE INDEX (x)
SELECT DAYNAME(admitted_at), COUNT(*) FROM encounters GROUP BY 1
SELECT AVG(DATEDIFF(discharged_at, admitted_at)) FROM encounters
START TRANSACTION; UPDATE patients SET ward = 'x' WHERE patient_id = 1; COMMIT
SELECT ward, GROUP_CONCAT(DISTINCT gender) FROM patients GROUP BY ward
SELECT /*+ NO_INDEX_MERGE() */ * FROM patients WHERE patient_id = 7
SELECT YEAR(admitted_at) y, COUNT(*) FROM encounters GROUP BY y WITH ROLLUP
SELECT SUBSTRING_INDEX(email, '@', -1) d, COUNT(*) FROM patients GROUP BY d
INSERT INTO wards (id, name) VALUES (1, 'ICU') ON DUPLICATE KEY UPDATE name = 'ICU'
SELECT IF(age > 65, 'old', 'young') a, COUNT(*) FROM patients GROUP BY a
SELECT JSON_EXTRACT('{"a":1}', '$.a'), NOW(), DATABASE()
SELECT DATE_FORMAT(admitted_at, '%Y-%m') m, COUNT(*) FROM encounters GROUP BY m
SELECT name FROM patients WHERE mrn = 'A1'
SELECT name, dob FROM patients WHERE patient_id IN (1, 2, 3)
SELECT * FROM encounters WHERE patient_id = 7 ORDER BY admitted_at DESC LIMIT 5
SELECT name FROM patients ORDER BY created_at DESC LIMIT 10
SELECT COUNT(*), COUNT(DISTINCT mrn) FROM patients
SELECT ward, COUNT(*) n FROM patients GROUP BY ward ORDER BY n DESC
SELECT YEAR(dob), COUNT(*) FROM patients GROUP BY YEAR(dob)
SELECT TIMESTAMPDIFF(YEAR, dob, CURDATE()) DIV 10 * 10 AS decade, COUNT(*) FROM patients GROUP BY decade
SELECT DATE(admitted_at) d, COUNT(*) FROM encounters GROUP BY d
SELECT w.name, COUNT(p.patient_id) FROM wards w LEFT JOIN patients p ON p.ward_id = w.id GROUP BY w.name
SHOW COLUMNS FROM patients
SELECT table_name, table_rows FROM information_schema.tables WHERE table_schema = 'clinic'
SELECT IFNULL(ward, 'none') w, COUNT(*) FROM patients GROUP BY w
SELECT p.name, e.ward FROM patients p JOIN encounters e ON e.patient_id = p.patient_id WHERE e.encounter_id = 5
UPDATE wards SET beds = 4 WHERE id = 1
INSERT INTO notes (patient_id, text) VALUES (7, 'x')
DELETE FROM notes WHERE note_id IN (1, 2)
SELECT GROUP_CONCAT(name) FROM wards
SELECT AVG(TIMESTAMPDIFF(HOUR, admitted_at, discharged_at)) FROM encounters
SELECT ward, gender, COUNT(*) FROM patients GROUP BY ward, gender WITH ROLLUP
SELECT DISTINCT diagnosis_code FROM encounters

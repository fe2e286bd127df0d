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

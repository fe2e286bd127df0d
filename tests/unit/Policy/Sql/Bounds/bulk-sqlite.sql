SELECT * FROM patients
SELECT * FROM [patients]
SELECT * FROM `patients`
SELECT * FROM main.patients
SELECT * FROM 'patients'
SELECT group_concat(name) FROM patients
SELECT json_group_array(name) FROM patients
SELECT max(name, '') FROM patients
SELECT * FROM patients LIMIT -1
SELECT * FROM patients LIMIT 1000
SELECT name FROM patients WHERE rowid > 0
SELECT * FROM patients WHERE mrn GLOB '*'
SELECT * FROM sqlite_stat4
ATTACH DATABASE 'x' AS y
CREATE TABLE t AS SELECT * FROM patients
WITH RECURSIVE c(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c LIMIT 1000) SELECT (SELECT name FROM patients LIMIT 1 OFFSET i) FROM c
SELECT load_extension('x')
SELECT readfile('x')
SELECT * FROM patients NATURAL JOIN wards
INSERT INTO scratch SELECT * FROM patients
DELETE FROM patients RETURNING *
SELECT last_name || ', ' || first_name FROM patients
WITH patients AS (SELECT * FROM patients) SELECT * FROM patients
-- names that lie, ranges, and more of each kind
ALTER TABLE patients ADD COLUMN mrn TEXT DEFAULT 'x'
ALTER TABLE patients DROP COLUMN mrn; ALTER TABLE patients ADD COLUMN mrn TEXT DEFAULT 'x'; SELECT * FROM patients WHERE mrn = 'x'
ALTER TABLE patients RENAME COLUMN name TO ward
ALTER TABLE patients RENAME name TO ward
ALTER TABLE patients RENAME TO stuff
ALTER TABLE patients ADD COLUMN status TEXT AS (name)
ALTER TABLE patients ADD COLUMN status TEXT GENERATED ALWAYS AS (name || ssn) VIRTUAL
SELECT * FROM patients WHERE mrn BETWEEN 1 AND 20
SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY mrn) AS rn FROM patients) WHERE rn <= 10
SELECT max(mrn), name FROM patients GROUP BY name
SELECT max(mrn), * FROM patients GROUP BY patient_id
SELECT name, count(*) FROM patients GROUP BY rowid
SELECT name FROM patients GROUP BY ward, rowid
SELECT * FROM patients WHERE rowid > 0
ATTACH 'x.db' AS y; SELECT * FROM patients
ATTACH DATABASE 'clinic.db' AS y
SELECT sample FROM sqlite_stat4
SELECT writefile('x', name) FROM patients WHERE patient_id = 1
SELECT readfile('clinic.db')
SELECT * FROM sqlite_dbpage
SELECT * FROM patients WHERE patient_id = 1 OR 'a'
SELECT * FROM patients WHERE patient_id IN patients
SELECT * FROM patients LIMIT 10 OFFSET 0 UNION SELECT * FROM patients
SELECT * FROM patients WHERE patient_id COLLATE NOCASE LIKE '%'
SELECT quote(p.name) FROM patients p
CREATE VIRTUAL TABLE v USING fts5(name, content='patients')
CREATE TRIGGER t AFTER UPDATE ON patients BEGIN INSERT INTO scratch SELECT name FROM patients; END
CREATE TEMP VIEW v AS SELECT * FROM patients
SELECT substr(email, instr(email, '@') - 30) AS d, count(*) FROM patients GROUP BY d
WITH RECURSIVE r(n, s) AS (SELECT 0, '' UNION ALL SELECT n + 1, s || (SELECT name FROM patients LIMIT 1 OFFSET n) FROM r LIMIT 100) SELECT s FROM r
VALUES ((SELECT group_concat(name) FROM patients))
SELECT "name" FROM [patients]
SELECT `name` FROM `patients`
SELECT json_group_array(json_object('n', name)) FROM patients
SELECT * FROM patients LIMIT 10 OFFSET -5; SELECT * FROM patients LIMIT 5, 1000
ATTACH DATABASE 'x.db' AS x; INSERT INTO x.t SELECT * FROM patients
SELECT * FROM "patients" WHERE "patient_id" = "patient_id"
SELECT * FROM patients WHERE patient_id BETWEEN 1 AND 2
SELECT * FROM patients WHERE patient_id IN (SELECT value FROM json_each('[1,2,3]'))
SELECT * FROM patients WHERE patient_id IN (SELECT value FROM generate_series(1, 1000))
SELECT p.* FROM json_each('[1,2]') j JOIN patients p ON p.patient_id > j.value
WITH RECURSIVE c(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM c LIMIT 9999) SELECT p.* FROM c, patients p WHERE p.patient_id = c.n
VACUUM INTO 'x.db'
PRAGMA writable_schema = 1; SELECT * FROM patients
SELECT name, max(age) FROM patients GROUP BY patient_id
REPLACE INTO wards SELECT name FROM patients
SELECT p.* FROM patients p NATURAL JOIN (SELECT 1 AS one) x

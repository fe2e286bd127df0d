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

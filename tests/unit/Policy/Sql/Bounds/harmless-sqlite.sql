SELECT * FROM patients WHERE mrn = 'MRN-1'
SELECT first_name, last_name FROM patients WHERE mrn IN ('a', 'b')
SELECT * FROM patients LIMIT 10
SELECT count(*) FROM patients
SELECT sex, count(*) FROM patients GROUP BY sex
SELECT strftime('%Y', admitted_at) AS year, count(*) FROM encounters GROUP BY year
SELECT substr(zip, 1, 3), count(*) FROM patients GROUP BY 1
SELECT name FROM sqlite_master WHERE type = 'table'
SELECT sql FROM sqlite_schema
PRAGMA table_info(patients)
EXPLAIN QUERY PLAN SELECT * FROM patients
SELECT date('now'), sqlite_version()
SELECT p.first_name, e.* FROM patients p JOIN encounters e ON e.patient_id = p.patient_id WHERE p.mrn = 'x'
SELECT ward, round(avg(julianday(discharged_at) - julianday(admitted_at)), 1) FROM encounters GROUP BY ward
VALUES (1), (2)
SELECT iif(age > 64, 'old', 'young') AS band, count(*) FROM patients GROUP BY band
SELECT * FROM wards
-- ranges, first rows, domains, and more of each kind
SELECT * FROM (SELECT *, row_number() OVER (ORDER BY admitted DESC) AS rn FROM patients) WHERE rn <= 10
SELECT substr(email, instr(email, '@') + 1) AS d, count(*) FROM patients GROUP BY d
ALTER TABLE patients RENAME COLUMN phone TO telephone
ALTER TABLE patients ADD COLUMN middle_name TEXT
PRAGMA index_list('patients')
SELECT name, sql FROM sqlite_master WHERE type = 'table'
SELECT strftime('%Y-%m', admitted_at), count(*) FROM encounters GROUP BY 1
SELECT date(admitted_at), count(*) FROM encounters GROUP BY 1
SELECT cast(strftime('%Y', 'now') - strftime('%Y', dob) AS int) / 10 * 10 AS decade, count(*) FROM patients GROUP BY decade
SELECT ifnull(ward, 'none'), count(*) FROM patients GROUP BY 1
SELECT group_concat(DISTINCT ward) FROM patients
SELECT total(cost), avg(cost) FROM encounters
EXPLAIN SELECT * FROM patients
WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 12) SELECT i FROM n
SELECT * FROM patients WHERE patient_id IN (1, 2) LIMIT 5
SELECT ward FROM patients UNION SELECT name FROM wards
INSERT OR REPLACE INTO wards VALUES (1, 'A')
SELECT sqlite_version(), last_insert_rowid(), changes()
SELECT julianday('now') - julianday('2000-01-01')
SELECT avg(julianday(discharged_at) - julianday(admitted_at)) FROM encounters
SELECT count(*) FROM patients INDEXED BY x WHERE ward = 'A'
SELECT iif(age > 65, 'old', 'young') g, count(*) FROM patients GROUP BY g
SELECT json_group_array(ward) FROM (SELECT DISTINCT ward FROM patients)
ANALYZE
VACUUM
SELECT ward, group_concat(DISTINCT gender) FROM patients GROUP BY ward
SELECT * FROM patients LIMIT 10 OFFSET 20
SELECT * FROM patients WHERE patient_id IN (1, 2, 3)
WITH RECURSIVE c(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM c LIMIT 100) SELECT sum(n) FROM c
INSERT INTO wards (id, name) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET name = excluded.name
SELECT json_extract('{"a":1}', '$.a'), datetime('now')

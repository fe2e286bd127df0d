-- people by key
SELECT * FROM patients WHERE patient_id = 42
SELECT * FROM patients WHERE patient_id = '42'
SELECT * FROM patients WHERE 42 = patient_id
SELECT * FROM patients WHERE mrn = 'A-1001' AND ward = 'ICU'
SELECT * FROM patients p WHERE p.mrn = $1
SELECT * FROM public.patients WHERE patients.patient_id = 42
SELECT name FROM patients WHERE mrn IN ('A1', 'A2', 'A3')
SELECT name FROM patients WHERE mrn = ANY (ARRAY['A1', 'A2'])
SELECT name FROM patients WHERE patient_id = ANY ('{1,2,3}'::int[])
SELECT name FROM patients WHERE patient_id = 1 OR patient_id = 2
SELECT name FROM patients WHERE (patient_id = 1 OR mrn = 'A2') AND active
SELECT name FROM patients WHERE (mrn, ward) = ('A1', 'ICU')
SELECT name FROM patients WHERE (mrn, ward) IN (('A1', 'ICU'), ('A2', 'ER'))
SELECT name FROM patients WHERE patient_id::text = '42'
SELECT name FROM patients WHERE patient_id = 40 + 2
SELECT name FROM patients WHERE mrn = upper('a-1001')
SELECT name FROM patients WHERE patient_id = -1
SELECT p.name, e.admitted_at FROM patients p JOIN encounters e ON e.patient_id = p.patient_id WHERE p.patient_id = 42
SELECT p.name, e.* FROM patients p LEFT JOIN encounters e ON e.patient_id = p.patient_id WHERE p.patient_id = 42
SELECT p.name, e.* FROM patients p LEFT JOIN encounters e USING (patient_id) WHERE p.patient_id = 42
SELECT * FROM patients JOIN encounters USING (patient_id) WHERE patient_id = 42
SELECT * FROM patients NATURAL JOIN encounters WHERE patient_id = 42
SELECT p.name, w.name FROM patients p JOIN wards w ON w.id = p.ward_id WHERE p.mrn = 'A1'
SELECT p.name, n.text FROM patients p, notes n WHERE n.patient_id = p.patient_id AND p.mrn = 'A1'
SELECT p.name FROM patients p JOIN (VALUES (1), (2)) AS v(id) ON p.patient_id = v.id
SELECT p.name FROM (SELECT * FROM patients) p WHERE p.patient_id = 7
SELECT p.name FROM (SELECT patient_id AS id, name FROM patients) p WHERE p.id = 7
WITH p AS (SELECT * FROM patients WHERE patient_id = 7) SELECT * FROM p JOIN encounters e ON e.patient_id = 7
WITH p AS (SELECT patient_id, name FROM patients) SELECT * FROM p WHERE patient_id = 7
SELECT name, (SELECT count(*) FROM encounters e WHERE e.patient_id = p.patient_id) FROM patients p WHERE p.patient_id = 7
SELECT p.name, (SELECT n.text FROM notes n WHERE n.patient_id = p.patient_id ORDER BY n.at DESC LIMIT 1) FROM patients p WHERE p.patient_id = 7
SELECT p.name, l.* FROM patients p CROSS JOIN LATERAL (SELECT * FROM ehr.labs x WHERE x.patient_id = p.patient_id ORDER BY x.at DESC LIMIT 3) l WHERE p.patient_id = 7
SELECT json_agg(e) FROM encounters e WHERE e.patient_id = 42
SELECT array(SELECT note_id FROM notes WHERE patient_id = 42)
SELECT * FROM v_patient_list WHERE patient_id = 3
SELECT * FROM encounters WHERE patient_id = 3 AND EXISTS (SELECT 1 FROM patients p WHERE p.patient_id = 3)
-- a few rows
SELECT * FROM patients LIMIT 50
SELECT * FROM patients LIMIT 10 OFFSET 20
SELECT * FROM patients LIMIT '10'
SELECT * FROM patients LIMIT 10::bigint
SELECT * FROM patients ORDER BY admitted DESC LIMIT 5
SELECT * FROM patients FETCH FIRST 10 ROWS ONLY
SELECT * FROM patients FETCH FIRST ROW ONLY
SELECT p.name, w.name FROM patients p JOIN wards w ON w.id = p.ward_id LIMIT 20
SELECT * FROM (SELECT * FROM patients LIMIT 10) x
SELECT json_agg(x) FROM (SELECT * FROM patients LIMIT 10) x
WITH p AS (SELECT * FROM patients LIMIT 10) SELECT * FROM p JOIN encounters e ON e.patient_id = p.patient_id LIMIT 30
SELECT p.name, (SELECT max(e.day) FROM encounters e WHERE e.patient_id = p.patient_id) FROM patients p LIMIT 10
(SELECT * FROM patients LIMIT 10) UNION ALL (SELECT * FROM patients OFFSET 40 LIMIT 10)
SELECT * FROM patients UNION ALL SELECT * FROM v_patient_list LIMIT 10
SELECT ward, name FROM patients WHERE ward = 'ICU' ORDER BY name LIMIT 25
DECLARE c CURSOR FOR SELECT * FROM patients LIMIT 10
COPY (SELECT * FROM patients LIMIT 10) TO STDOUT
PREPARE s AS SELECT * FROM patients WHERE patient_id = $1; EXECUTE s(1)
PREPARE s(int) AS SELECT * FROM patients WHERE patient_id = $1
-- aggregates over many
SELECT count(*) FROM patients
SELECT count(DISTINCT mrn) FROM patients
SELECT count(*) FROM patients WHERE ward = 'ICU'
SELECT count(*) FILTER (WHERE active) FROM patients
SELECT avg(age), min(age), max(age) FROM patients
SELECT ward, count(*) FROM patients GROUP BY ward
SELECT gender, avg(age) FROM patients GROUP BY gender ORDER BY 2 DESC
SELECT ward, count(*) AS n FROM patients GROUP BY 1 HAVING count(*) > 5 ORDER BY n DESC
SELECT date_trunc('month', admitted_at), count(*) FROM encounters GROUP BY 1
SELECT extract(year FROM date_of_birth), count(*) FROM patients GROUP BY 1
SELECT extract(year FROM age(date_of_birth)) AS age, count(*) FROM patients GROUP BY 1
SELECT CASE WHEN age >= 65 THEN 'old' ELSE 'young' END AS band, count(*) FROM patients GROUP BY band
SELECT CASE WHEN date_of_birth < '1960-01-01' THEN 'old' ELSE 'young' END, count(*) FROM patients GROUP BY 1
SELECT width_bucket(age, 0, 100, 10), count(*) FROM patients GROUP BY 1
SELECT diagnosis_code, count(*) FROM encounters GROUP BY diagnosis_code ORDER BY count(*) DESC LIMIT 20
SELECT d.name, count(*) FROM encounters e JOIN departments d ON d.id = e.department_id GROUP BY d.name
SELECT count(*) FROM (SELECT patient_id FROM encounters GROUP BY patient_id HAVING count(*) > 3) x
SELECT avg(n) FROM (SELECT patient_id, count(*) AS n FROM encounters GROUP BY patient_id) x
WITH m AS (SELECT date_trunc('month', admitted_at) AS month, ward FROM encounters) SELECT month, ward, count(*) FROM m GROUP BY month, ward
SELECT ward, percentile_cont(0.5) WITHIN GROUP (ORDER BY length_of_stay) FROM encounters GROUP BY ward
SELECT count(*) FROM orders WHERE patient_id IN (SELECT patient_id FROM patients WHERE gender = 'F')
SELECT count(*) FROM patients p LEFT JOIN encounters e ON e.patient_id = p.patient_id WHERE e.encounter_id IS NULL
SELECT EXISTS (SELECT 1 FROM patients WHERE last_name = 'Smith')
SELECT (SELECT count(*) FROM patients), (SELECT count(*) FROM encounters)
SELECT ward, sum(cost), round(avg(cost), 2) FROM encounters GROUP BY ROLLUP (ward)
SELECT state, city, count(*) FROM patients GROUP BY state, city
SELECT to_char(admitted_at, 'YYYY-MM'), count(*) FROM encounters GROUP BY 1
SELECT ward, count(*) FROM patients GROUP BY CUBE (ward, gender)
SELECT age_group(age), count(*) FROM patients GROUP BY age_group(age)
SELECT avg(extract(epoch FROM discharged_at - admitted_at)) FROM encounters
SELECT month, n, sum(n) OVER (ORDER BY month) FROM (SELECT date_trunc('month', admitted_at) AS month, count(*) AS n FROM encounters GROUP BY 1) t
EXPLAIN ANALYZE SELECT count(*) FROM patients
-- nothing of people
SELECT 1
SELECT now(), current_user, version()
SELECT * FROM wards
SELECT w.name, count(b.id) FROM wards w LEFT JOIN beds b ON b.ward_id = w.id GROUP BY w.name
SELECT json_agg(w) FROM wards w
SELECT array_agg(name) FROM drugs
WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 100) SELECT sum(n) FROM t
WITH patients AS (SELECT 1 AS x) SELECT * FROM patients
SELECT * FROM generate_series(1, 10)
SELECT * FROM information_schema.columns WHERE table_name = 'patients'
SELECT table_name FROM information_schema.tables
SELECT relname, reltuples FROM pg_class WHERE relkind = 'r'
SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'patients'::regclass
SELECT pg_size_pretty(pg_total_relation_size('patients'))
SELECT tablename, attname, n_distinct, null_frac FROM pg_stats WHERE tablename = 'patients'
SELECT most_common_vals FROM pg_stats WHERE tablename = 'wards'
SELECT pg_get_viewdef('v_patient_list'::regclass)
SELECT * FROM pg_stat_user_tables
SELECT * FROM pg_indexes WHERE tablename = 'patients'
SHOW server_version
SET statement_timeout = '5s'
BEGIN; SELECT 1; COMMIT
EXPLAIN SELECT * FROM patients
EXPLAIN (COSTS off) SELECT * FROM patients
EXPLAIN (ANALYZE false) SELECT * FROM patients
EXPLAIN (ANALYZE off, VERBOSE) SELECT lower(name) FROM patients
INSERT INTO patients (name) VALUES ('x')
INSERT INTO patients (name) VALUES ('x') RETURNING patient_id
UPDATE patients SET ward = 'ICU' WHERE patient_id = 42
UPDATE patients SET ward = 'ICU' WHERE patient_id = 42 RETURNING *
UPDATE patients SET ward = w.name FROM wards w WHERE w.id = patients.ward_id
UPDATE patients SET last_seen = e.at FROM encounters e WHERE e.patient_id = patients.patient_id
DELETE FROM worklist WHERE patient_id IN (SELECT patient_id FROM patients WHERE deceased)
DELETE FROM patients WHERE patient_id = 42
CREATE TABLE t (id int)
CREATE INDEX ON patients (ward)
CREATE VIEW v AS SELECT ward, count(*) FROM patients GROUP BY ward
ANALYZE patients
VACUUM patients
INSERT INTO report SELECT ward, count(*) FROM patients GROUP BY ward
COPY wards TO STDOUT
COPY patients FROM STDIN
LISTEN x
-- more that people write
SELECT p.name, e.* FROM encounters e JOIN patients p ON p.patient_id = e.patient_id WHERE e.encounter_id = 99
SELECT e.*, p.name FROM encounters e INNER JOIN patients p USING (patient_id) WHERE e.encounter_id IN (1, 2)
SELECT n.text FROM notes n JOIN encounters e ON e.encounter_id = n.encounter_id JOIN patients p ON p.patient_id = e.patient_id AND n.patient_id = p.patient_id WHERE p.mrn = 'A1'
SELECT coalesce(p.name, 'none') FROM patients p WHERE p.patient_id = 5 AND p.deleted_at IS NULL
SELECT p.name, e.admitted_at, rank() OVER (ORDER BY e.admitted_at) FROM patients p JOIN encounters e ON e.patient_id = p.patient_id WHERE p.patient_id = 42
SELECT * FROM (SELECT p.patient_id, p.name, count(e.encounter_id) AS n FROM patients p LEFT JOIN encounters e ON e.patient_id = p.patient_id GROUP BY p.patient_id, p.name) x WHERE x.patient_id = 5
SELECT p.name, string_agg(e.ward, ', ') FROM patients p JOIN encounters e ON e.patient_id = p.patient_id WHERE p.patient_id = 42 GROUP BY p.name
SELECT w.name, (SELECT count(*) FROM patients p WHERE p.ward_id = w.id) FROM wards w
SELECT w.name, count(p.patient_id) FROM wards w LEFT JOIN patients p ON p.ward_id = w.id GROUP BY w.name
SELECT w.name, avg(e.cost)::numeric(10,2) FROM encounters e JOIN wards w ON w.id = e.ward_id WHERE e.admitted_at >= now() - interval '30 days' GROUP BY w.name ORDER BY 2 DESC
SELECT count(*) FROM encounters WHERE admitted_at >= date_trunc('month', now())
SELECT date_part('hour', admitted_at) AS hour, count(*) FROM encounters GROUP BY hour ORDER BY hour
SELECT admission_date, count(*) FROM encounters GROUP BY admission_date
SELECT admitted_at::date, count(*) FROM encounters GROUP BY 1
SELECT ward, max(admitted_at) FROM encounters GROUP BY ward
SELECT payer, sum(amount_paid) FROM encounters GROUP BY payer
SELECT count(*), count(DISTINCT patient_id), min(admitted_at), max(discharged_at) FROM encounters
SELECT corr(age, length_of_stay) FROM encounters
SELECT gender, race, count(*) FROM patients GROUP BY gender, race
SELECT insurance_plan, count(*) * 100.0 / sum(count(*)) OVER () FROM patients GROUP BY insurance_plan
SELECT is_smoker, count(*) FROM patients GROUP BY is_smoker
SELECT provider_id, count(*) FROM encounters GROUP BY provider_id
SELECT department_name, count(*) FROM encounters GROUP BY department_name
SELECT discharge_disposition, avg(length_of_stay) FROM encounters GROUP BY 1
SELECT birth_year, count(*) FROM patients GROUP BY birth_year
WITH counts AS (SELECT ward, count(*) AS n FROM patients GROUP BY ward) SELECT w.name, c.n FROM wards w JOIN counts c ON c.ward = w.name
WITH recent AS (SELECT patient_id FROM encounters WHERE admitted_at > now() - interval '7 days') SELECT count(*) FROM recent
SELECT a.n, b.n FROM (SELECT count(*) n FROM patients) a, (SELECT count(*) n FROM encounters) b
SELECT count(*) FROM patients UNION ALL SELECT count(*) FROM encounters
SELECT 'patients' AS t, count(*) FROM patients UNION ALL SELECT 'encounters', count(*) FROM encounters
SELECT code, description FROM icd_codes WHERE description ILIKE '%diabetes%'
SELECT * FROM drugs d JOIN interactions i ON i.drug_id = d.id WHERE d.name = 'warfarin'
SELECT upper(name), length(name) FROM wards ORDER BY name LIMIT 1000
INSERT INTO wards (name) SELECT 'x' WHERE NOT EXISTS (SELECT 1 FROM wards WHERE name = 'x')
UPDATE wards SET beds = (SELECT count(*) FROM patients p WHERE p.ward_id = wards.id)
SELECT set_bit('x'::bytea, 1, 1), pg_sleep(0)
SELECT * FROM jsonb_to_recordset('[{"a":1}]') AS x(a int)
SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1
SELECT indexdef FROM pg_indexes
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'patients'::regclass
SELECT query FROM pg_stat_activity WHERE state = 'active'
SELECT schemaname, relname, n_live_tup FROM pg_stat_user_tables ORDER BY n_live_tup DESC
EXPLAIN (VERBOSE, BUFFERS off) UPDATE patients SET ward = 'x'
EXPLAIN DELETE FROM patients
DECLARE c CURSOR FOR SELECT ward, count(*) FROM patients GROUP BY ward; FETCH ALL FROM c; CLOSE c
TRUNCATE scratch
GRANT SELECT ON wards TO nurse
COMMENT ON TABLE patients IS 'x'
DROP TABLE scratch
ALTER TABLE wards ADD COLUMN x int
LOCK TABLE wards
SET search_path = ehr
-- the same people are counted once
SELECT p.name, e.ward FROM patients p JOIN encounters e ON e.patient_id = p.patient_id WHERE p.patient_id IN (1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30)
SELECT p.name, e.ward FROM patients p JOIN encounters e ON e.patient_id = p.patient_id LIMIT 50
WITH p AS (SELECT * FROM patients LIMIT 40) SELECT p.name, e.ward FROM p JOIN encounters e ON e.patient_id = p.patient_id
SELECT p.name, x.notes FROM patients p, LATERAL (SELECT json_agg(n) AS notes FROM notes n WHERE n.patient_id = p.patient_id) x LIMIT 10
SELECT p.name, (SELECT json_agg(n) FROM notes n WHERE n.patient_id = p.patient_id) FROM patients p LIMIT 10
SELECT avg(v) FROM (SELECT value AS v FROM ehr.labs) x
SELECT avg(value), max(value) FROM ehr.labs WHERE loinc = '2345-7'
SELECT loinc, avg(value), stddev(value) FROM ehr.labs GROUP BY loinc
SELECT name FROM patients WHERE patient_id IN (VALUES (1), (2))
WITH ids(id) AS (VALUES (1), (2)) SELECT p.name FROM patients p JOIN ids ON ids.id = p.patient_id
SELECT p.name FROM patients p JOIN unnest(ARRAY[1, 2, 3]) AS u(id) ON u.id = p.patient_id
CREATE PUBLICATION p FOR TABLE wards
CREATE SCHEMA s CREATE TABLE t (id int)
-- found too strict
SELECT DISTINCT ward FROM patients
SELECT DISTINCT diagnosis_code FROM encounters ORDER BY 1
SELECT DISTINCT gender, race FROM patients
SELECT ward FROM patients GROUP BY ward
SELECT array_agg(DISTINCT ward) FROM patients
SELECT * FROM encounters WHERE patient_id = (SELECT patient_id FROM patients WHERE mrn = 'A5')
SELECT * FROM encounters WHERE patient_id IN (SELECT patient_id FROM patients WHERE mrn = 'A5')
SELECT * FROM patients WHERE lower(mrn) = 'a1'
SELECT * FROM patients WHERE upper(mrn) = upper('a1')
SELECT count(*), avg(length(text)) FROM notes
SELECT percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY cost) FROM encounters
SELECT unit, min(value), max(value), avg(value) FROM ehr.labs GROUP BY unit
SELECT substring(diagnosis_code FROM 1 FOR 3), count(*) FROM encounters GROUP BY 1
SELECT author_id, count(*) FROM notes GROUP BY author_id
SELECT * FROM wards w WHERE NOT EXISTS (SELECT 1 FROM patients p WHERE p.ward_id = w.id)
SELECT * FROM departments d WHERE d.id IN (SELECT department_id FROM encounters)
CREATE FUNCTION my_own(int) RETURNS int LANGUAGE sql AS 'select 1'
ALTER ROLE x RENAME TO y
UPDATE patients SET status = 'done', ward = 'ICU' WHERE patient_id = 4
UPDATE patients SET mrn = 'A7' WHERE patient_id = 4
UPDATE encounters SET status = upper(status)
PREPARE s(int) AS SELECT * FROM patients WHERE patient_id = $1; EXECUTE s(1); EXECUTE s(2)
SELECT * FROM wards WHERE id IN (SELECT ward_id FROM patients)
SELECT substring(diagnosis_code FROM 1 FOR 3) AS chapter, count(*) FROM encounters GROUP BY chapter

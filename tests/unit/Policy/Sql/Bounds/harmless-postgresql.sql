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
-- ranges, first rows, domains, and more of each kind
SELECT * FROM patients WHERE patient_id BETWEEN 10 AND 20
SELECT name FROM patients WHERE patient_id >= 10 AND patient_id < 20
SELECT p.name FROM patients p WHERE p.patient_id BETWEEN 100 AND 120 ORDER BY p.patient_id
SELECT * FROM patients WHERE patient_id > 10 AND patient_id <= 20 AND ward = 'ICU'
SELECT * FROM (SELECT *, row_number() OVER (ORDER BY admitted DESC) AS rn FROM patients) t WHERE rn <= 10
WITH r AS (SELECT name, row_number() OVER (ORDER BY age DESC) rn FROM patients) SELECT name FROM r WHERE rn < 11
SELECT * FROM (SELECT p.*, row_number() OVER () AS n FROM patients p) x WHERE x.n = 1
SELECT * FROM (SELECT p.*, row_number() OVER () AS n FROM patients p) x WHERE x.n BETWEEN 1 AND 20
ALTER TABLE patients RENAME COLUMN phone TO telephone
ALTER TABLE patients RENAME COLUMN admitted TO admitted_on
SELECT split_part(email, '@', 2) AS domain, count(*) FROM patients GROUP BY 1
SELECT split_part(email, '@', 2), count(*) FROM patients GROUP BY split_part(email, '@', 2) ORDER BY 2 DESC
SELECT substring(email FROM '@(.*)$') AS domain, count(*) FROM patients GROUP BY 1
SELECT substring(email FROM position('@' IN email) + 1), count(*) FROM patients GROUP BY 1
SELECT left(postal_code, 3), count(*) FROM patients GROUP BY 1
SELECT left(zip, 3) AS z, count(*) FROM patients GROUP BY z
SELECT date_trunc('year', dob), count(*) FROM patients GROUP BY 1
SELECT floor(age / 10) * 10 AS decade, count(*) FROM patients GROUP BY decade
SELECT floor(extract(year FROM age(dob)) / 10) * 10 AS decade, count(*) FROM patients GROUP BY 1
SELECT (extract(year FROM age(birth_date))::int / 10) * 10 AS bracket, count(*) FROM patients GROUP BY 1
SELECT ward, count(*), rank() OVER (ORDER BY count(*) DESC) FROM patients GROUP BY ward
SELECT ward, month, n, lag(n) OVER (PARTITION BY ward ORDER BY month) FROM (SELECT ward, date_trunc('month', admitted_at) AS month, count(*) AS n FROM encounters GROUP BY 1, 2) x
WITH d AS (SELECT generate_series('2024-01-01'::date, '2024-12-31', '1 month') AS m) SELECT d.m, count(e.encounter_id) FROM d LEFT JOIN encounters e ON date_trunc('month', e.admitted_at) = d.m GROUP BY d.m ORDER BY d.m
SELECT d::date, count(e.*) FROM generate_series(current_date - 30, current_date, interval '1 day') d LEFT JOIN encounters e ON e.admitted_at::date = d GROUP BY d ORDER BY d
SELECT d.day, (SELECT count(*) FROM encounters e WHERE e.admitted_at::date = d.day) FROM generate_series(current_date - 7, current_date, interval '1 day') AS d(day)
SELECT count(*) FROM patients WHERE name ILIKE 'smith%'
SELECT count(DISTINCT patient_id) FROM encounters WHERE diagnosis_code LIKE 'E11%'
SELECT count(*) FROM patients p WHERE NOT EXISTS (SELECT 1 FROM encounters e WHERE e.patient_id = p.patient_id)
SELECT w.name, x.n FROM wards w CROSS JOIN LATERAL (SELECT count(*) AS n FROM patients p WHERE p.ward_id = w.id) x
SELECT p.name, e.* FROM patients p JOIN LATERAL (SELECT * FROM encounters e WHERE e.patient_id = p.patient_id ORDER BY admitted_at DESC LIMIT 1) e ON true WHERE p.patient_id IN (1, 2)
SELECT v.id, p.name FROM (VALUES (1), (2), (3)) v(id) LEFT JOIN patients p ON p.patient_id = v.id
SELECT p.name FROM patients p WHERE p.patient_id IN (SELECT id FROM (VALUES (1), (2)) v(id))
SELECT * FROM patients WHERE patient_id = (SELECT 5)
SELECT * FROM patients WHERE patient_id = 5 FOR UPDATE
SELECT * FROM patients WHERE patient_id = 5 AND (ward = 'A' OR ward = 'B')
SELECT * FROM patients WHERE mrn = 'A1' OR (mrn = 'A2' AND ward = 'B')
SELECT p.* FROM patients p JOIN encounters e USING (patient_id) WHERE e.encounter_id = 5
SELECT count(*) > 0 FROM patients WHERE ssn = '123-45-6789'
SELECT bool_or(active), bool_and(insured) FROM patients
SELECT sum(CASE WHEN gender = 'F' THEN 1 ELSE 0 END) AS women, sum(CASE WHEN gender = 'M' THEN 1 ELSE 0 END) AS men FROM patients
SELECT count(*) FILTER (WHERE name IS NULL), count(*) FILTER (WHERE dob IS NULL) FROM patients
SELECT count(*) - count(email) AS missing_email FROM patients
SELECT avg(age)::numeric(5, 1), percentile_cont(0.5) WITHIN GROUP (ORDER BY age) FROM patients
SELECT avg(date_part('year', age(dob))) FROM patients
SELECT min(dob), max(dob) FROM patients
SELECT stddev(length(name)) FROM patients
SELECT round(100.0 * count(*) FILTER (WHERE active) / nullif(count(*), 0), 1) FROM patients
SELECT extract(dow FROM admitted_at) AS weekday, extract(hour FROM admitted_at) AS h, count(*) FROM encounters GROUP BY 1, 2
SELECT ward, gender, count(*) FROM patients GROUP BY GROUPING SETS ((ward), (gender), ())
SELECT ward, avg(age) OVER (PARTITION BY ward) FROM wards
SELECT DISTINCT ward, count(*) OVER (PARTITION BY ward) FROM patients
SELECT DISTINCT extract(year FROM admitted_at) FROM encounters
SELECT DISTINCT date_trunc('month', admitted_at)::date FROM encounters ORDER BY 1
SELECT array_agg(DISTINCT diagnosis_code ORDER BY diagnosis_code) FROM encounters
SELECT string_agg(DISTINCT ward, ', ' ORDER BY ward) FROM patients
SELECT json_object_agg(ward, n) FROM (SELECT ward, count(*) AS n FROM patients GROUP BY ward) t
SELECT json_agg(t) FROM (SELECT ward, count(*) AS n FROM patients GROUP BY ward) t
SELECT json_agg(row_to_json(t)) FROM (SELECT ward, count(*) AS n FROM patients GROUP BY ward) t
SELECT to_jsonb(t) FROM (SELECT ward, count(*) AS n FROM patients GROUP BY ward) t
SELECT t.* FROM (SELECT ward, count(*) AS n FROM patients GROUP BY ward) t ORDER BY n DESC
SELECT * FROM (SELECT ward, count(*) AS n, row_number() OVER (ORDER BY count(*) DESC) AS rn FROM patients GROUP BY ward) t WHERE rn <= 3
WITH a AS (SELECT ward, count(*) AS n FROM patients GROUP BY ward), b AS (SELECT ward, count(*) AS n FROM encounters GROUP BY ward) SELECT a.ward, a.n, b.n FROM a JOIN b USING (ward)
WITH a AS (SELECT ward, count(*) AS n FROM patients GROUP BY ward) SELECT ward, n, n * 100.0 / (SELECT sum(n) FROM a) FROM a
WITH first AS (SELECT patient_id, min(admitted_at) AS f FROM encounters GROUP BY patient_id) SELECT date_trunc('month', f), count(*) FROM first GROUP BY 1
WITH x AS (SELECT patient_id, admitted_at, lag(discharged_at) OVER (PARTITION BY patient_id ORDER BY admitted_at) AS prev FROM encounters) SELECT count(*) FROM x WHERE admitted_at - prev < interval '30 days'
WITH x AS (SELECT patient_id, admitted_at, lag(discharged_at) OVER (PARTITION BY patient_id ORDER BY admitted_at) AS prev FROM encounters) SELECT date_trunc('month', admitted_at) AS m, count(*) FILTER (WHERE admitted_at - prev < interval '30 days')::float / count(*) AS rate FROM x GROUP BY m
SELECT n, count(*) FROM (SELECT patient_id, count(*) AS n FROM encounters GROUP BY patient_id) x GROUP BY n ORDER BY n
SELECT max(n) FROM (SELECT patient_id, count(*) AS n FROM encounters GROUP BY patient_id) x
SELECT percentile_disc(0.9) WITHIN GROUP (ORDER BY length_of_stay) FROM encounters
SELECT mode() WITHIN GROUP (ORDER BY ward) FROM patients
SELECT ward, mode() WITHIN GROUP (ORDER BY diagnosis_code) FROM encounters GROUP BY ward
SELECT a.attname, t.typname FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE a.attrelid = 'public.patients'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
SELECT c.relname, c.reltuples::bigint, pg_size_pretty(pg_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY 2 DESC
SELECT tc.constraint_name, kcu.column_name, ccu.table_name FROM information_schema.table_constraints tc JOIN information_schema.key_column_usage kcu USING (constraint_name, table_schema) JOIN information_schema.constraint_column_usage ccu USING (constraint_name, table_schema) WHERE tc.constraint_type = 'FOREIGN KEY' AND tc.table_name = 'encounters'
SELECT n.nspname, c.relname, pg_get_userbyid(c.relowner) FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', '') AND pg_catalog.pg_table_is_visible(c.oid) ORDER BY 1, 2
SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) FROM pg_catalog.pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef), a.attnotnull FROM pg_catalog.pg_attribute a WHERE a.attrelid = '16402' AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
SELECT i.relname, am.amname, pg_get_indexdef(i.oid) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_am am ON am.oid = i.relam
SELECT datname, pg_size_pretty(pg_database_size(datname)) FROM pg_database
SELECT name, setting, unit FROM pg_settings WHERE name LIKE '%work_mem%'
SELECT rolname, rolsuper FROM pg_roles
SELECT extname, extversion FROM pg_extension
SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
SELECT obj_description('patients'::regclass), col_description('patients'::regclass, 1)
SELECT has_table_privilege('patients', 'SELECT')
SELECT pid, state, wait_event FROM pg_stat_activity
SELECT locktype, relation::regclass, mode, granted FROM pg_locks
SELECT to_regclass('patients')
SELECT count(*) FROM information_schema.tables WHERE table_name ~ 'patient'
SELECT enumlabel FROM pg_enum WHERE enumtypid = 'gender'::regtype
SHOW ALL
SHOW search_path
EXPLAIN (FORMAT JSON, VERBOSE) SELECT * FROM patients p JOIN encounters e USING (patient_id)
EXPLAIN (ANALYZE, BUFFERS) SELECT * FROM patients WHERE patient_id = 5
EXPLAIN ANALYZE SELECT ward, count(*) FROM patients GROUP BY ward
EXPLAIN INSERT INTO scratch SELECT * FROM patients
SELECT 1 AS one, 'two' AS two, NULL, true, ARRAY[1, 2], '{"a":1}'::jsonb -> 'a'
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS t(id, name)
VALUES (1, 2), (3, 4)
SELECT gen_random_uuid(), random(), clock_timestamp()
SELECT current_date - interval '30 days', age(now(), '2000-01-01')
SELECT date '2024-01-01' + n FROM generate_series(0, 30) n
SELECT regexp_replace('abc', 'b', 'x'), concat_ws(',', 'a', 'b'), lpad('1', 5, '0'), md5('x'), encode('a'::bytea, 'base64')
WITH RECURSIVE t AS (SELECT id, parent_id, name FROM departments WHERE parent_id IS NULL UNION ALL SELECT d.id, d.parent_id, d.name FROM departments d JOIN t ON d.parent_id = t.id) SELECT * FROM t
SELECT * FROM drugs WHERE name % 'asprin' LIMIT 5
SELECT * FROM drugs WHERE to_tsvector('english', description) @@ plainto_tsquery('pain')
SELECT code, description, ts_rank(to_tsvector(description), q) FROM icd_codes, plainto_tsquery('heart') q WHERE to_tsvector(description) @@ q ORDER BY 3 DESC LIMIT 10
INSERT INTO audit_log (at, what) VALUES (now(), 'x') RETURNING id
INSERT INTO wards (id, name) VALUES (1, 'A') ON CONFLICT (id) DO UPDATE SET name = excluded.name
INSERT INTO patients (name, mrn) VALUES ('x', 'A9') ON CONFLICT (mrn) DO UPDATE SET name = excluded.name
INSERT INTO notes (patient_id, text) SELECT patient_id, 'x' FROM patients WHERE mrn = 'A1'
UPDATE patients SET phone = '555' WHERE mrn = 'A1' RETURNING patient_id
UPDATE encounters SET discharged_at = now() WHERE encounter_id = 4
UPDATE patients SET age = extract(year FROM age(dob))
UPDATE patients SET active = false WHERE last_visit < now() - interval '5 years'
DELETE FROM notes WHERE note_id = 6 RETURNING *
DELETE FROM notes WHERE created_at < now() - interval '10 years'
WITH gone AS (DELETE FROM worklist WHERE done RETURNING id) SELECT count(*) FROM gone
CREATE TABLE counts AS SELECT ward, count(*) FROM patients GROUP BY ward
CREATE TEMP TABLE few AS SELECT * FROM patients WHERE patient_id IN (1, 2)
CREATE INDEX CONCURRENTLY idx ON encounters (patient_id, admitted_at)
ALTER TABLE patients ADD COLUMN middle_name text
ALTER TABLE patients ADD COLUMN active boolean DEFAULT true
ALTER TABLE patients ADD COLUMN consent boolean NOT NULL DEFAULT false
ALTER TABLE patients DROP COLUMN fax
ALTER TABLE patients ALTER COLUMN name SET NOT NULL
ALTER TABLE patients ALTER COLUMN name TYPE varchar(200)
ALTER TABLE patients ADD CONSTRAINT c CHECK (age > 0)
ALTER TABLE encounters ADD CONSTRAINT fk FOREIGN KEY (patient_id) REFERENCES patients (patient_id)
ALTER TABLE wards RENAME TO units
CREATE VIEW ward_counts AS SELECT ward, count(*) AS n FROM patients GROUP BY ward
GRANT SELECT ON ward_counts TO analyst
REINDEX TABLE patients
SELECT setval('patients_patient_id_seq', 100)
SELECT nextval('wards_id_seq')
BEGIN; UPDATE patients SET ward = 'A' WHERE patient_id = 1; COMMIT
SAVEPOINT a; ROLLBACK TO a
SELECT p.name, count(*) FROM patients p JOIN encounters e USING (patient_id) WHERE p.patient_id IN (1,2,3) GROUP BY p.name
SELECT p.patient_id, p.name, sum(e.cost) FROM patients p JOIN encounters e ON e.patient_id = p.patient_id GROUP BY p.patient_id, p.name ORDER BY 3 DESC LIMIT 10
SELECT patient_id, count(*) FROM encounters GROUP BY patient_id ORDER BY 2 DESC LIMIT 10
SELECT name FROM patients ORDER BY age DESC LIMIT 1
SELECT max(age) FROM patients WHERE ward = 'ICU'
SELECT ward, min(age), max(age) FROM patients GROUP BY ward
SELECT ward, max(dob) FROM patients GROUP BY ward LIMIT 10
SELECT e.ward, count(DISTINCT e.patient_id) FROM encounters e JOIN patients p ON p.patient_id = e.patient_id AND p.gender = 'F' GROUP BY e.ward
SELECT dr.name, count(*) FROM encounters e JOIN doctors dr ON dr.id = e.doctor_id GROUP BY dr.name
SELECT dr.name, dr.phone FROM doctors dr WHERE dr.id IN (SELECT doctor_id FROM encounters WHERE patient_id = 5)
SELECT d.name FROM drugs d WHERE EXISTS (SELECT 1 FROM prescriptions r WHERE r.drug_id = d.id)
SELECT coalesce(ward, 'none') AS ward, count(*) FROM patients GROUP BY 1
SELECT upper(ward), count(*) FROM patients GROUP BY upper(ward)
SELECT nullif(gender, ''), count(*) FROM patients GROUP BY 1
SELECT gender || '/' || ward, count(*) FROM patients GROUP BY 1
SELECT age > 65 AS old, count(*) FROM patients GROUP BY old
SELECT name IS NULL AS nameless, count(*) FROM patients GROUP BY 1
SELECT phone LIKE '555%' AS local, count(*) FROM patients GROUP BY 1
SELECT age, count(*) FROM patients GROUP BY age ORDER BY age
SELECT ntile(4) OVER (ORDER BY cost) AS q, cost FROM encounters WHERE patient_id = 5
SELECT q, min(cost), max(cost) FROM (SELECT cost, ntile(4) OVER (ORDER BY cost) AS q FROM encounters) t GROUP BY q
SELECT ward, count(*) FROM patients WHERE patient_id NOT IN (SELECT patient_id FROM encounters) GROUP BY ward
SELECT count(*) FROM patients a JOIN patients b ON a.dob = b.dob AND a.patient_id < b.patient_id
SELECT count(*) FROM (SELECT DISTINCT name, dob FROM patients) x
SELECT count(*) FROM (SELECT name, dob FROM patients GROUP BY name, dob HAVING count(*) > 1) dup
SELECT date_bin('15 minutes', admitted_at, '2000-01-01'), count(*) FROM encounters GROUP BY 1
SELECT make_date(extract(year FROM admitted_at)::int, 1, 1), count(*) FROM encounters GROUP BY 1
SELECT to_char(admitted_at, 'IYYY-IW') AS week, count(*) FROM encounters GROUP BY week
SELECT to_char(admitted_at, 'Day'), count(*) FROM encounters GROUP BY 1
SELECT to_char(date_trunc('month', admitted_at), 'YYYY-MM-DD'), count(*) FROM encounters GROUP BY 1
SELECT (date_trunc('week', admitted_at) + interval '1 day')::date, count(*) FROM encounters GROUP BY 1
SELECT avg(discharged_at - admitted_at) FROM encounters
SELECT ward, avg(extract(epoch FROM (discharged_at - admitted_at)) / 86400) AS los FROM encounters GROUP BY ward ORDER BY los DESC
SELECT sum(cost) OVER (PARTITION BY ward) FROM encounters WHERE patient_id = 1
SELECT ward, sum(count(*)) OVER (ORDER BY ward) FROM patients GROUP BY ward
SELECT ward, first_value(ward) OVER (ORDER BY count(*) DESC) FROM patients GROUP BY ward
SELECT exists(SELECT 1 FROM patients WHERE mrn = 'A1')
SELECT CASE WHEN exists(SELECT 1 FROM patients WHERE mrn = 'A1') THEN 'y' ELSE 'n' END
SELECT 1 FROM patients WHERE mrn = 'A1'
SELECT 1 FROM patients LIMIT 1
TABLE wards
SELECT count(*) FROM patients TABLESAMPLE SYSTEM (1)
SELECT * FROM patients TABLESAMPLE SYSTEM (1) LIMIT 10
SELECT *, ctid FROM wards
SELECT count(*) FROM patients p, encounters e WHERE p.patient_id = e.patient_id AND e.admitted_at > now() - interval '1 year'
SELECT e.encounter_id FROM encounters e WHERE e.patient_id = 12 ORDER BY e.admitted_at DESC
SELECT (SELECT name FROM patients WHERE patient_id = 1) AS a, (SELECT name FROM patients WHERE patient_id = 2) AS b
SELECT * FROM patients WHERE patient_id = 1 UNION ALL SELECT * FROM patients WHERE patient_id = 2
SELECT patient_id FROM encounters WHERE encounter_id = 1 INTERSECT SELECT patient_id FROM patients WHERE mrn = 'A1'
SELECT ward FROM patients EXCEPT SELECT name FROM wards
SELECT ward FROM patients UNION SELECT name FROM wards
SELECT gender, count(*) FROM patients GROUP BY gender UNION ALL SELECT 'all', count(*) FROM patients
MERGE INTO wards w USING (VALUES (1, 'ICU')) AS v(id, name) ON w.id = v.id WHEN MATCHED THEN UPDATE SET name = v.name WHEN NOT MATCHED THEN INSERT (id, name) VALUES (v.id, v.name)
MERGE INTO patients p USING (VALUES (1, 'ICU')) AS v(id, ward) ON p.patient_id = v.id WHEN MATCHED THEN UPDATE SET ward = v.ward
SELECT l.* FROM (VALUES (1), (2), (3)) v(n), LATERAL (SELECT * FROM patients p WHERE p.patient_id = v.n LIMIT 1) l
SELECT p.* FROM (VALUES (1), (2), (3)) v(n) JOIN patients p ON p.patient_id = v.n
SELECT d.day::date, count(e.encounter_id) FROM generate_series('2026-01-01'::date, '2026-01-31'::date, '1 day') AS d(day) LEFT JOIN encounters e ON e.admitted_at::date = d.day::date GROUP BY 1 ORDER BY 1
SELECT g, g * g FROM generate_series(1, 10000) g
SELECT ward, gender, count(*), grouping(ward) FROM patients GROUP BY CUBE (ward, gender)
SELECT ward, count(*) FILTER (WHERE age > 65) AS old, count(*) FROM patients GROUP BY ward
SELECT count(*) FILTER (WHERE name IS NULL) FROM patients
SELECT ward, count(*), rank() OVER (ORDER BY count(*) DESC) FROM encounters GROUP BY ward
SELECT encounter_id, lag(admitted_at) OVER (ORDER BY admitted_at) FROM encounters WHERE patient_id = 7
SELECT * FROM (SELECT *, row_number() OVER (ORDER BY admitted_at DESC) AS rn FROM encounters) x WHERE rn <= 10
SELECT * FROM (SELECT *, row_number() OVER (ORDER BY admitted_at DESC) AS rn FROM encounters) x WHERE rn < 11
SELECT * FROM (SELECT name, row_number() OVER (ORDER BY age DESC) AS rn FROM patients) x WHERE rn BETWEEN 1 AND 20
SELECT * FROM (SELECT *, row_number() OVER (ORDER BY admitted_at DESC) AS rn FROM encounters) x WHERE rn = 1
WITH x AS (SELECT *, row_number() OVER (ORDER BY age) AS rn FROM patients) SELECT name FROM x WHERE rn <= 10
SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY ward ORDER BY admitted_at) AS rn FROM encounters WHERE patient_id = 3) x WHERE rn = 1
SELECT * FROM patients WHERE patient_id BETWEEN 100 AND 120
SELECT * FROM patients WHERE patient_id >= 100 AND patient_id < 120
SELECT * FROM patients WHERE patient_id > 100 AND patient_id <= 110 AND ward = 'ICU'
SELECT name FROM patients p WHERE p.patient_id BETWEEN -3 AND 3
UPDATE patients SET ward = 'ICU' WHERE patient_id = 7 RETURNING patient_id, ward
DELETE FROM encounters WHERE encounter_id = 9 RETURNING *
INSERT INTO patients (mrn, name) VALUES ('A9', 'Test Person') RETURNING patient_id
INSERT INTO encounters (patient_id, ward) SELECT 7, w.name FROM wards w WHERE w.id = 3
WITH moved AS (UPDATE encounters SET ward = 'B' WHERE encounter_id = 4 RETURNING *) SELECT * FROM moved
CREATE TEMP TABLE t AS SELECT ward, count(*) AS n FROM patients GROUP BY ward; SELECT * FROM t ORDER BY n DESC
CREATE TEMP TABLE t (id int, note text); INSERT INTO t VALUES (1, 'x'); SELECT * FROM t
SELECT xpath('/a/b/text()', '<a><b>x</b></a>'::xml)
SELECT jsonb_build_object('ward', ward, 'n', count(*)) FROM patients GROUP BY ward
SELECT jsonb_agg(jsonb_build_object('ward', ward, 'n', n)) FROM (SELECT ward, count(*) AS n FROM patients GROUP BY ward) x
SELECT to_jsonb(p) FROM patients p WHERE p.mrn = 'A1'
SELECT jsonb_pretty('{"a": 1}'::jsonb), '{"a": [1, 2]}'::jsonb #> '{a,0}'
SELECT * FROM jsonb_to_recordset('[{"a": 1}]'::jsonb) AS x(a int)
VALUES (1, 'a'), (2, 'b')
SELECT v.n, (SELECT count(*) FROM patients WHERE age > v.n) FROM (VALUES (20), (40), (60)) v(n)
WITH RECURSIVE tree AS (SELECT id, parent_id, name FROM departments WHERE id = 1 UNION ALL SELECT d.id, d.parent_id, d.name FROM departments d JOIN tree t ON d.parent_id = t.id) SELECT * FROM tree
SELECT avg(age) FROM patients TABLESAMPLE BERNOULLI (10)
SELECT * FROM patients WHERE mrn = 'A1' FETCH FIRST ROW ONLY
SELECT name, ward FROM patients ORDER BY name FETCH FIRST 10 ROWS ONLY
SELECT * FROM patients ORDER BY patient_id OFFSET 20 LIMIT 20
SELECT * FROM patients LIMIT 20 OFFSET 100000
SELECT /* the ward's census */ ward, count(*) FROM patients GROUP BY ward -- by ward
SELECT $$it's a text$$, $t$ a -- b $t$, E'\'x', U&'\0061'
SELECT U&"w\0061rd", count(*) FROM patients GROUP BY 1
SELECT "ward", COUNT(*) FROM "public"."patients" GROUP BY "ward"
SET search_path = public; SELECT count(*) FROM patients
SET statement_timeout = '5s'; SELECT * FROM patients WHERE mrn = 'A1'
PREPARE q(int) AS SELECT * FROM patients WHERE patient_id = $1; EXECUTE q(7)
PREPARE w AS SELECT ward, count(*) FROM patients GROUP BY ward; EXECUTE w; DEALLOCATE w
EXPLAIN (COSTS off, FORMAT json) SELECT * FROM patients p JOIN encounters e USING (patient_id)
EXPLAIN ANALYZE SELECT count(*) FROM encounters WHERE admitted_at > now() - interval '7 days'
EXPLAIN (ANALYZE, BUFFERS) SELECT * FROM patients WHERE patient_id = 7
BEGIN; DECLARE c CURSOR FOR SELECT ward, count(*) FROM patients GROUP BY ward; FETCH ALL FROM c; CLOSE c; COMMIT
BEGIN; DECLARE c CURSOR FOR SELECT * FROM patients WHERE patient_id IN (1, 2, 3); FETCH ALL FROM c
BEGIN READ ONLY; SELECT count(*) FROM patients; COMMIT
SELECT p.name, e.admitted_at FROM patients p JOIN encounters e ON e.patient_id = p.patient_id WHERE e.encounter_id = 77
SELECT p.name, e.ward FROM patients p LEFT JOIN encounters e ON e.patient_id = p.patient_id WHERE p.mrn IN ('A1', 'A2')
SELECT * FROM patients WHERE patient_id = ANY (ARRAY[1, 2, 3])
SELECT * FROM patients WHERE patient_id = ANY ('{1,2,3}'::int[])
SELECT * FROM patients WHERE (patient_id, ward) IN ((1, 'a'), (2, 'b'))
SELECT * FROM patients WHERE patient_id IN (SELECT patient_id FROM encounters WHERE encounter_id = 5)
ALTER TABLE wards ADD COLUMN beds int DEFAULT 0
ALTER TABLE patients ADD COLUMN preferred_language text
ALTER TABLE patients ALTER COLUMN mrn TYPE text
CREATE INDEX patients_lower_name_idx ON patients (lower(name))
CREATE INDEX CONCURRENTLY encounters_day_idx ON encounters ((admitted_at::date))
SELECT split_part(email, '@', 2) AS domain, count(*) FROM patients GROUP BY 1 ORDER BY 2 DESC
SELECT substring(email from '@(.*)$') AS domain, count(*) FROM patients GROUP BY 1
SELECT lower(split_part(email, '@', 2)), count(*) FROM patients GROUP BY 1
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY age) FROM patients
SELECT ward, percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY cost) FROM encounters GROUP BY ward
SELECT mode() WITHIN GROUP (ORDER BY ward) FROM encounters
SELECT count(DISTINCT name) FROM patients
SELECT DISTINCT ON (ward) ward, count(*) OVER (PARTITION BY ward) FROM wards
SELECT width_bucket(age, 0, 100, 10) AS b, count(*) FROM patients GROUP BY b ORDER BY b
SELECT date_trunc('month', admitted_at) AS m, count(*) FROM encounters GROUP BY m ORDER BY m
SELECT extract(year FROM dob) AS y, count(*) FROM patients GROUP BY y
SELECT current_user, version(), now(), current_setting('server_version')
SELECT table_name, column_name FROM information_schema.columns WHERE table_name = 'patients'
SELECT relname, reltuples FROM pg_class WHERE relname = 'patients'
SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'patients'
SELECT n_live_tup FROM pg_stat_user_tables WHERE relname = 'patients'
SELECT null_frac, n_distinct FROM pg_stats WHERE tablename = 'patients'
COPY wards TO STDOUT WITH CSV
COPY (SELECT ward, count(*) FROM patients GROUP BY ward) TO STDOUT
SELECT w.name, (SELECT count(*) FROM patients p WHERE p.ward = w.name) FROM wards w
SELECT w.id, l.n FROM wards w LEFT JOIN LATERAL (SELECT count(*) AS n FROM patients p WHERE p.ward = w.name) l ON true
SELECT name FROM wards WHERE EXISTS (SELECT 1 FROM encounters e WHERE e.ward = wards.name)
SELECT a.ward, b.ward FROM (SELECT DISTINCT ward FROM encounters) a CROSS JOIN (SELECT DISTINCT ward FROM encounters) b
VACUUM (ANALYZE) encounters
SELECT age_group(age), count(*) FROM patients GROUP BY 1
SELECT string_agg(DISTINCT ward, ', ' ORDER BY ward) FROM encounters
SELECT string_agg(name, ', ') FROM patients WHERE patient_id IN (1, 2, 3)
SELECT array(SELECT ward FROM encounters WHERE patient_id = 7)
SELECT * FROM patients p NATURAL JOIN (SELECT 1 AS patient_id) x
SELECT p.name FROM patients p NATURAL JOIN encounters e WHERE e.encounter_id = 7
SELECT p.name FROM patients p NATURAL JOIN encounters WHERE mrn = 'A1'
SELECT ward, count(*) FROM patients NATURAL JOIN wards GROUP BY ward
BEGIN; DECLARE c CURSOR FOR SELECT * FROM patients LIMIT 30; FETCH ALL c; MOVE BACKWARD ALL IN c; FETCH ALL c
ALTER TABLE patients ALTER COLUMN mrn TYPE varchar(40)
SELECT x.id FROM XMLTABLE('/r/i' PASSING (xml '<r><i id="1"/></r>') COLUMNS id int PATH '@id') x
SELECT * FROM wards ORDER BY id FETCH FIRST 5 ROWS WITH TIES
-- by fresh eyes
SELECT 1 + 1 AS two
SELECT current_database(), current_schema(), inet_server_addr(), pg_postmaster_start_time()
SELECT pg_size_pretty(pg_database_size(current_database()))
SELECT datname, pg_size_pretty(pg_database_size(datname)) FROM pg_database ORDER BY pg_database_size(datname) DESC
SELECT schemaname, relname, seq_scan, idx_scan FROM pg_stat_user_tables ORDER BY seq_scan DESC LIMIT 20
SELECT indexrelname, idx_scan FROM pg_stat_user_indexes WHERE idx_scan = 0
SELECT pid, state, wait_event_type, now() - query_start AS runtime FROM pg_stat_activity WHERE state <> 'idle' ORDER BY runtime DESC
SELECT pid, mode, granted FROM pg_locks WHERE NOT granted
SELECT blocked.pid, blocking.pid FROM pg_stat_activity blocked JOIN pg_stat_activity blocking ON blocking.pid = ANY (pg_blocking_pids(blocked.pid))
SELECT name, setting, unit FROM pg_settings WHERE name LIKE 'shared%'
SELECT rolname, rolsuper, rolcanlogin FROM pg_roles ORDER BY 1
SELECT grantee, privilege_type FROM information_schema.role_table_grants WHERE table_name = 'patients'
SELECT n.nspname, c.relname, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' ORDER BY 2
SELECT a.attname, t.typname FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE a.attrelid = 'public.patients'::regclass AND a.attnum > 0
SELECT conname, contype, pg_get_constraintdef(c.oid, true) FROM pg_constraint c WHERE c.conrelid = 'patients'::regclass
SELECT i.relname, ix.indisunique FROM pg_index ix JOIN pg_class i ON i.oid = ix.indexrelid WHERE ix.indrelid = 'patients'::regclass
SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = 'patients'::regclass
SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE proname = 'age_group'
SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'
SELECT tablename, tableowner FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
SELECT sequencename, last_value FROM pg_sequences
SELECT * FROM pg_available_extensions WHERE name = 'pg_trgm'
SELECT pg_relation_size('patients'), pg_indexes_size('patients'), pg_table_size('patients')
SELECT c.relname, pg_size_pretty(pg_total_relation_size(c.oid)) FROM pg_class c WHERE c.relkind = 'r' ORDER BY pg_total_relation_size(c.oid) DESC LIMIT 10
SELECT last_vacuum, last_autovacuum, last_analyze, n_dead_tup FROM pg_stat_user_tables WHERE relname = 'patients'
SELECT heap_blks_read, heap_blks_hit FROM pg_statio_user_tables WHERE relname = 'encounters'
SELECT to_regclass('public.patients'), to_regtype('int')
SELECT has_table_privilege('patients', 'select'), has_column_privilege('patients', 'ssn', 'select')
SELECT enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid WHERE t.typname = 'ward_kind' ORDER BY enumsortorder
SELECT table_name, count(*) FROM information_schema.columns WHERE table_schema = 'public' GROUP BY table_name
SELECT tc.constraint_name, kcu.column_name FROM information_schema.table_constraints tc JOIN information_schema.key_column_usage kcu USING (constraint_name) WHERE tc.table_name = 'encounters'
SELECT attname, n_distinct, correlation, avg_width FROM pg_stats WHERE tablename = 'encounters'
SELECT slot_name, active FROM pg_replication_slots
SELECT client_addr, state, sent_lsn, replay_lsn FROM pg_stat_replication
SELECT pg_is_in_recovery(), pg_last_wal_replay_lsn()
SELECT query, calls, mean_exec_time FROM pg_stat_statements ORDER BY mean_exec_time DESC LIMIT 10
SET work_mem = '64MB'
SET LOCAL timezone = 'UTC'
RESET ALL
BEGIN; SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM encounters; ROLLBACK
START TRANSACTION READ ONLY; SELECT 1; COMMIT
SELECT name, beds FROM wards WHERE beds > 10 ORDER BY beds DESC
SELECT w.name, d.name FROM wards w JOIN departments d ON d.id = w.department_id
SELECT string_agg(name, ', ' ORDER BY name) FROM wards
SELECT json_agg(json_build_object('id', id, 'name', name)) FROM wards
SELECT jsonb_object_agg(id, name) FROM departments
SELECT DISTINCT ON (department_id) department_id, name FROM wards ORDER BY department_id, beds DESC
SELECT * FROM wards TABLESAMPLE BERNOULLI (10)
SELECT * FROM drugs WHERE atc_code LIKE 'C09%'
SELECT * FROM wards LIMIT ALL
SELECT * FROM wards OFFSET 5
SELECT name, row_number() OVER (PARTITION BY department_id ORDER BY beds) FROM wards
SELECT * FROM wards w WHERE w.beds = (SELECT max(beds) FROM wards x WHERE x.department_id = w.department_id)
SELECT generate_series('2026-01-01'::date, '2026-12-01', '1 month')
SELECT to_char(now(), 'YYYY-MM-DD HH24:MI'), age(timestamp '2000-01-01'), now() AT TIME ZONE 'Europe/Vienna'
SELECT regexp_replace('A-1001', '[^0-9]', '', 'g'), split_part('a.b.c', '.', 2), md5('x'), gen_random_uuid()
SELECT '{"a": {"b": 1}}'::jsonb @> '{"a": {}}', jsonb_path_exists('{"a": 1}', '$.a')
SELECT unnest(ARRAY[1, 2, 3]), unnest(ARRAY['a', 'b', 'c'])
SELECT * FROM unnest(ARRAY[1, 2], ARRAY['a', 'b']) AS t(n, s)
SELECT x FROM (VALUES (1), (2), (3)) v(x) WHERE x > 1
WITH t(a, b) AS (VALUES (1, 'x'), (2, 'y')) SELECT b FROM t WHERE a = 2
SELECT * FROM patients WHERE patient_id = 1001
SELECT first_name, last_name, dob FROM patients WHERE mrn = 'MRN-00017'
SELECT p.first_name, p.last_name FROM patients AS p WHERE p.patient_id IN (17, 18, 19)
SELECT p.* FROM public.patients p WHERE p.patient_id = 17 AND p.deleted_at IS NULL ORDER BY p.patient_id
SELECT * FROM patients WHERE mrn = 'A1' LIMIT 1
SELECT * FROM patients WHERE patient_id = 17 FOR UPDATE
SELECT * FROM patients WHERE patient_id = 17::bigint
SELECT * FROM patients WHERE patient_id = CAST('17' AS int)
SELECT * FROM patients WHERE (patient_id) = (17)
SELECT * FROM patients WHERE (mrn = 'A1' AND ward = 'ICU') OR (mrn = 'A2' AND ward = 'ER')
SELECT * FROM patients WHERE mrn = 'A1' AND (ward = 'ICU' OR ward = 'ER')
SELECT * FROM patients WHERE mrn = 'A1' AND name ILIKE '%smith%'
SELECT * FROM patients WHERE mrn = trim('  A1 ')
SELECT * FROM patients WHERE mrn = concat('A', '1')
SELECT * FROM patients WHERE mrn = 'A' || '1'
SELECT * FROM patients WHERE mrn = format('%s-%s', 'A', 1)
SELECT * FROM patients WHERE mrn IN ('A1', 'A2') AND patient_id > 0
SELECT * FROM patients WHERE patient_id = ANY ('{17,18}')
SELECT * FROM patients WHERE patient_id = ANY ($1::int[]) LIMIT 50
SELECT * FROM patients WHERE patient_id = 17 OR mrn = 'A17'
SELECT * FROM patients WHERE NOT deleted AND mrn = 'A1'
SELECT * FROM patients WHERE mrn = 'A1' UNION SELECT * FROM patients WHERE mrn = 'A2'
SELECT * FROM patients WHERE patient_id IS NOT DISTINCT FROM 17
SELECT * FROM encounters WHERE patient_id = 17 ORDER BY admitted_at DESC LIMIT 1
SELECT * FROM encounters e WHERE e.patient_id = 17 AND e.admitted_at BETWEEN '2026-01-01' AND '2026-12-31'
SELECT e.*, w.name AS ward_name FROM encounters e JOIN wards w ON w.id = e.ward_id WHERE e.patient_id = 17
SELECT e.encounter_id, n.text FROM encounters e LEFT JOIN notes n ON n.encounter_id = e.encounter_id AND n.patient_id = e.patient_id WHERE e.patient_id = 17
SELECT p.name, n.created_at, n.text FROM patients p JOIN notes n USING (patient_id) WHERE p.mrn = 'A1' ORDER BY n.created_at
SELECT p.name, l.loinc, l.value FROM patients p JOIN ehr.labs l ON l.patient_id = p.patient_id WHERE p.mrn = 'A1' AND l.loinc = '2345-7'
SELECT l.loinc, max(l.value) FROM ehr.labs l WHERE l.patient_id = 17 GROUP BY l.loinc
SELECT DISTINCT ON (l.loinc) l.loinc, l.value, l.at FROM ehr.labs l WHERE l.patient_id = 17 ORDER BY l.loinc, l.at DESC
SELECT l.at, l.value, avg(l.value) OVER (ORDER BY l.at ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM ehr.labs l WHERE l.patient_id = 17
SELECT loinc, array_agg(value ORDER BY at) FROM ehr.labs WHERE patient_id = 17 GROUP BY loinc
SELECT json_build_object('patient', p.name, 'encounters', (SELECT json_agg(e) FROM encounters e WHERE e.patient_id = p.patient_id)) FROM patients p WHERE p.patient_id = 17
SELECT p.name, e.n FROM patients p LEFT JOIN LATERAL (SELECT count(*) n FROM encounters e WHERE e.patient_id = p.patient_id) e ON true WHERE p.mrn = 'A1'
SELECT p.name, (SELECT max(admitted_at) FROM encounters e WHERE e.patient_id = p.patient_id) AS last_seen FROM patients p WHERE p.mrn IN ('A1', 'A2')
SELECT p.name FROM patients p WHERE p.mrn = 'A1' AND EXISTS (SELECT 1 FROM encounters e WHERE e.patient_id = p.patient_id AND e.ward = 'ICU')
SELECT p.name FROM patients p WHERE p.patient_id = (SELECT e.patient_id FROM encounters e WHERE e.encounter_id = 99)
SELECT p.name FROM patients p WHERE p.patient_id IN (SELECT e.patient_id FROM encounters e WHERE e.encounter_id IN (98, 99))
SELECT p.name FROM patients p JOIN encounters e ON p.patient_id = e.patient_id AND e.encounter_id = 99
SELECT p.name FROM encounters e, patients p WHERE e.encounter_id = 99 AND e.patient_id = p.patient_id
WITH me AS (SELECT patient_id FROM patients WHERE mrn = 'A1') SELECT e.* FROM encounters e JOIN me ON me.patient_id = e.patient_id
WITH me AS (SELECT * FROM patients WHERE mrn = 'A1'), visits AS (SELECT e.* FROM encounters e JOIN me USING (patient_id)) SELECT * FROM visits ORDER BY admitted_at
SELECT p.name, p.age FROM patients p ORDER BY p.created_at DESC LIMIT 10
SELECT p.name FROM patients p WHERE p.ward = 'ICU' LIMIT 20
SELECT p.name, w.name FROM patients p LEFT JOIN wards w ON w.id = p.ward_id ORDER BY p.name LIMIT 50
SELECT * FROM patients ORDER BY random() LIMIT 5
SELECT * FROM patients LIMIT 1 OFFSET 3
SELECT * FROM (SELECT * FROM patients ORDER BY created_at DESC LIMIT 10) recent ORDER BY name
SELECT name FROM patients WHERE name ILIKE 'smi%' ORDER BY name LIMIT 10
SELECT patient_id, name FROM patients WHERE dob = '1980-02-29' LIMIT 10
SELECT e.encounter_id, p.name FROM encounters e JOIN patients p USING (patient_id) WHERE e.ward = 'ICU' ORDER BY e.admitted_at DESC LIMIT 15
SELECT DISTINCT p.name FROM patients p JOIN encounters e USING (patient_id) WHERE e.ward = 'ICU' LIMIT 10
SELECT row_to_json(x) FROM (SELECT name, ward FROM patients LIMIT 5) x
SELECT count(*) AS patients FROM patients WHERE created_at >= current_date
SELECT count(*) FROM patients WHERE name ILIKE '%test%'
SELECT count(*) FROM patients WHERE mrn IS NULL
SELECT count(*) - count(email) AS without_mail FROM patients
SELECT count(*) FILTER (WHERE email IS NULL) * 100.0 / count(*) AS pct_without_mail FROM patients
SELECT sum(CASE WHEN phone IS NULL THEN 1 ELSE 0 END) AS no_phone, count(*) AS n FROM patients
SELECT count(*), count(DISTINCT mrn), count(*) - count(DISTINCT mrn) AS duplicates FROM patients
SELECT max(created_at), min(created_at) FROM patients
SELECT max(patient_id) FROM patients
SELECT min(patient_id), max(patient_id), count(*) FROM patients
SELECT avg(length(name)), max(length(name)) FROM patients
SELECT max(length(mrn)) FROM patients
SELECT bool_and(mrn IS NOT NULL), bool_or(email IS NULL) FROM patients
SELECT ward, gender, count(*) FROM patients WHERE active GROUP BY ward, gender ORDER BY ward, gender
SELECT ward, count(*) FROM patients WHERE age BETWEEN 18 AND 65 GROUP BY ward
SELECT ward, count(DISTINCT patient_id) FROM encounters GROUP BY ward
SELECT ward, count(*), round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS pct FROM encounters GROUP BY ward
SELECT age / 10 * 10 AS decade, count(*) FROM patients GROUP BY decade ORDER BY decade
SELECT (age / 5) * 5 AS bucket, gender, count(*) FROM patients GROUP BY 1, 2
SELECT floor(age / 10.0) * 10, count(*) FROM patients GROUP BY 1
SELECT CASE WHEN age < 18 THEN 'child' WHEN age < 65 THEN 'adult' ELSE 'senior' END AS grp, count(*) FROM patients GROUP BY grp
SELECT date_part('year', age(dob))::int / 10 AS decade, count(*) FROM patients GROUP BY 1
SELECT extract(year FROM dob)::int / 10 * 10 AS born, count(*) FROM patients GROUP BY 1
SELECT date_trunc('year', dob)::date, count(*) FROM patients GROUP BY 1
SELECT to_char(dob, 'YYYY'), count(*) FROM patients GROUP BY 1
SELECT substr(zip, 1, 3) AS zip3, count(*) FROM patients GROUP BY zip3
SELECT left(icd10_code, 3) AS chapter, count(*) FROM encounters GROUP BY chapter ORDER BY 2 DESC LIMIT 20
SELECT date_trunc('week', admitted_at)::date AS week, ward, count(*) FROM encounters GROUP BY 1, 2 ORDER BY 1
SELECT date_trunc('day', admitted_at) AS day, count(*) FROM encounters WHERE admitted_at > now() - interval '30 days' GROUP BY day ORDER BY day
SELECT admitted_at::date AS day, count(*) FROM encounters GROUP BY day HAVING count(*) > 100
SELECT extract(hour FROM admitted_at) AS h, extract(dow FROM admitted_at) AS d, count(*) FROM encounters GROUP BY h, d
SELECT to_char(admitted_at, 'YYYY-"Q"Q') AS quarter, sum(cost) FROM encounters GROUP BY quarter
SELECT ward, avg(discharged_at - admitted_at) AS los FROM encounters WHERE discharged_at IS NOT NULL GROUP BY ward
SELECT ward, percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM discharged_at - admitted_at)) FROM encounters GROUP BY ward
SELECT diagnosis_code, count(*) FROM encounters GROUP BY diagnosis_code HAVING count(*) >= 11 ORDER BY 2 DESC
SELECT d.code, d.description, count(*) FROM encounters e JOIN icd_codes d ON d.code = e.diagnosis_code GROUP BY d.code, d.description ORDER BY 3 DESC LIMIT 25
SELECT w.name, count(e.encounter_id) FROM wards w LEFT JOIN encounters e ON e.ward_id = w.id AND e.discharged_at IS NULL GROUP BY w.id, w.name
SELECT w.name, w.beds, count(p.patient_id), round(count(p.patient_id)::numeric / w.beds, 2) FROM wards w LEFT JOIN patients p ON p.ward_id = w.id GROUP BY w.name, w.beds
SELECT dr.name, count(DISTINCT e.patient_id) FROM doctors dr JOIN encounters e ON e.doctor_id = dr.id GROUP BY dr.name ORDER BY 2 DESC
SELECT provider, count(*), avg(cost)::numeric(10, 2) FROM encounters GROUP BY provider
SELECT month, n, lag(n) OVER (ORDER BY month) AS before FROM (SELECT date_trunc('month', admitted_at) AS month, count(*) AS n FROM encounters GROUP BY 1) m
SELECT month, sum(n) OVER (ORDER BY month ROWS UNBOUNDED PRECEDING) FROM (SELECT date_trunc('month', admitted_at) AS month, count(*) AS n FROM encounters GROUP BY 1) m
WITH v AS (SELECT patient_id, count(*) AS visits FROM encounters GROUP BY patient_id) SELECT visits, count(*) FROM v GROUP BY visits ORDER BY visits
WITH v AS (SELECT patient_id, min(admitted_at) AS first_seen FROM encounters GROUP BY patient_id) SELECT date_trunc('month', first_seen), count(*) FROM v GROUP BY 1
WITH r AS (SELECT patient_id, admitted_at, lag(discharged_at) OVER (PARTITION BY patient_id ORDER BY admitted_at) AS before FROM encounters) SELECT count(*) FILTER (WHERE admitted_at - before < interval '30 days') AS readmitted, count(*) FROM r
SELECT avg(n), max(n) FROM (SELECT count(*) AS n FROM encounters GROUP BY patient_id) x
SELECT count(*) FROM (SELECT mrn FROM patients GROUP BY mrn HAVING count(*) > 1) d
SELECT count(*) FROM encounters e LEFT JOIN patients p USING (patient_id) WHERE p.patient_id IS NULL
SELECT count(*) FROM (SELECT patient_id FROM encounters EXCEPT SELECT patient_id FROM patients) x
SELECT count(*) FROM patients a JOIN patients b ON a.name = b.name AND a.dob = b.dob AND a.patient_id < b.patient_id
SELECT 'patients' AS tbl, count(*) FROM patients UNION ALL SELECT 'notes', count(*) FROM notes UNION ALL SELECT 'wards', count(*) FROM wards
SELECT (SELECT count(*) FROM patients) AS p, (SELECT count(*) FROM encounters) AS e, now()
SELECT EXISTS (SELECT 1 FROM patients WHERE mrn = 'A1') AS known
SELECT gender, count(*) FROM patients GROUP BY GROUPING SETS ((gender), ())
SELECT ward, coalesce(gender, 'unknown') AS gender, count(*) FROM patients GROUP BY ward, coalesce(gender, 'unknown')
SELECT ward, count(*) FILTER (WHERE gender = 'F') AS f, count(*) FILTER (WHERE gender = 'M') AS m FROM patients GROUP BY ward
SELECT stddev(age), variance(age), corr(age, cost) FROM encounters
SELECT loinc, percentile_cont(0.5) WITHIN GROUP (ORDER BY value) AS median, count(*) FROM ehr.labs GROUP BY loinc HAVING count(*) > 10
SELECT loinc, width_bucket(value, 0, 500, 10), count(*) FROM ehr.labs GROUP BY 1, 2
SELECT language, count(*) FROM patients GROUP BY language ORDER BY count(*) DESC LIMIT 5
SELECT DISTINCT ward, gender FROM patients ORDER BY 1, 2
SELECT DISTINCT date_trunc('month', admitted_at) FROM encounters
SELECT array_agg(DISTINCT gender) FROM patients
SELECT json_object_agg(ward, n) FROM (SELECT ward, count(*) AS n FROM patients GROUP BY ward) x
SELECT avg(age) FROM patients WHERE patient_id IN (SELECT patient_id FROM encounters WHERE ward = 'ICU')
SELECT count(*) FROM patients WHERE ward IN (SELECT name FROM wards WHERE department_id = 3)
SELECT ward, count(*) FROM encounters WHERE patient_id IN (SELECT patient_id FROM patients WHERE gender = 'F') GROUP BY ward
SELECT w.name FROM wards w WHERE NOT EXISTS (SELECT 1 FROM patients p WHERE p.ward_id = w.id)
EXPLAIN SELECT p.* FROM patients p JOIN encounters e USING (patient_id) ORDER BY p.name
EXPLAIN (VERBOSE, COSTS, SETTINGS) SELECT * FROM patients WHERE name LIKE 'A%'
EXPLAIN (FORMAT YAML) DELETE FROM encounters WHERE admitted_at < '2000-01-01'
EXPLAIN (ANALYZE, BUFFERS, FORMAT json) SELECT ward, count(*) FROM patients GROUP BY ward
EXPLAIN ANALYZE SELECT * FROM patients WHERE mrn = 'A1'
INSERT INTO wards (id, name, beds) VALUES (9, 'Burns', 6) RETURNING *
INSERT INTO patients (mrn, first_name, last_name, dob) VALUES ('T1', 'Test', 'Patient', '2000-01-01'), ('T2', 'Test', 'Two', '2000-01-02')
INSERT INTO patients (mrn, name) VALUES ('T1', 'Test') ON CONFLICT (mrn) DO NOTHING
INSERT INTO notes (patient_id, text) VALUES (17, 'seen today')
INSERT INTO encounters (patient_id, ward, admitted_at) VALUES ((SELECT patient_id FROM patients WHERE mrn = 'A1'), 'ICU', now())
INSERT INTO ward_stats (day, ward, n) SELECT current_date, ward, count(*) FROM patients GROUP BY ward
INSERT INTO audit (at, who) SELECT now(), current_user
UPDATE wards SET beds = beds + 1 WHERE id = 3
UPDATE patients SET phone = '555-0100', updated_at = now() WHERE patient_id = 17
UPDATE patients SET email = lower(email) WHERE email <> lower(email)
UPDATE patients SET active = false WHERE patient_id IN (17, 18)
UPDATE patients p SET ward_id = w.id FROM wards w WHERE w.name = p.ward
UPDATE encounters SET discharged_at = now() WHERE patient_id = 17 AND discharged_at IS NULL RETURNING encounter_id
DELETE FROM notes WHERE note_id IN (1, 2, 3)
DELETE FROM encounters WHERE patient_id = 17 AND ward = 'TEST'
DELETE FROM sessions WHERE expires_at < now()
CREATE TABLE ward_stats (day date, ward text, n int, PRIMARY KEY (day, ward))
CREATE TEMP TABLE ward_counts AS SELECT ward, count(*) FROM patients GROUP BY ward
CREATE INDEX CONCURRENTLY IF NOT EXISTS patients_ward_idx ON patients (ward) WHERE active
CREATE INDEX patients_name_trgm_idx ON patients USING gin (name gin_trgm_ops)
CREATE UNIQUE INDEX ON patients (mrn)
DROP INDEX IF EXISTS patients_ward_idx
ALTER TABLE encounters ADD COLUMN triage_level int
ALTER TABLE patients ALTER COLUMN phone DROP NOT NULL
ALTER TABLE patients ADD COLUMN last_login timestamptz
ALTER TABLE wards DROP COLUMN note
COMMENT ON COLUMN patients.mrn IS 'medical record number'
CREATE VIEW daily_census AS SELECT ward, admitted_at::date AS day, count(*) FROM encounters GROUP BY 1, 2
CREATE MATERIALIZED VIEW monthly AS SELECT date_trunc('month', admitted_at) AS m, count(*) FROM encounters GROUP BY 1
REFRESH MATERIALIZED VIEW CONCURRENTLY monthly
GRANT SELECT ON daily_census TO analyst
VACUUM ANALYZE patients
ANALYZE encounters (ward)
CLUSTER patients USING patients_pkey
REINDEX INDEX CONCURRENTLY patients_pkey
CHECKPOINT
COPY (SELECT ward, count(*) FROM encounters GROUP BY ward ORDER BY 1) TO STDOUT WITH (FORMAT csv, HEADER)
COPY icd_codes (code, description) TO STDOUT WITH (FORMAT csv, HEADER)
COPY (SELECT * FROM encounters WHERE patient_id = 17) TO STDOUT CSV
PREPARE by_mrn (text) AS SELECT * FROM patients WHERE mrn = $1; EXECUTE by_mrn('A1'); DEALLOCATE by_mrn
PREPARE ins AS INSERT INTO wards (name) VALUES ($1); EXECUTE ins('x')
DECLARE c CURSOR FOR SELECT * FROM encounters WHERE patient_id = 17; FETCH 10 FROM c
SELECT nextval('patients_patient_id_seq'), currval('patients_patient_id_seq')
SELECT pg_stat_reset()
SELECT txid_current(), pg_current_wal_lsn(), pg_backend_pid()
LISTEN census; NOTIFY census, 'changed'
SELECT pg_advisory_lock(42); SELECT pg_advisory_unlock(42)
WITH ids AS (SELECT unnest(ARRAY[17, 18]) AS id) SELECT p.name FROM patients p JOIN ids ON ids.id = p.patient_id
SELECT w.name, EXISTS (SELECT 1 FROM patients p WHERE p.ward_id = w.id) AS occupied FROM wards w
SELECT pg_cancel_backend(4711)

-- whole tables
SELECT * FROM patients
select name from patients
TABLE patients
SELECT * FROM public.patients
SELECT * FROM "patients"
SELECT * FROM Patients
SELECT * FROM ONLY patients
SELECT p.* FROM patients p
SELECT p FROM patients p
SELECT (p).name FROM patients p
SELECT (p).* FROM patients p
SELECT row(p.*) FROM patients p
SELECT p::text FROM patients p
SELECT to_json(p) FROM patients p
SELECT row_to_json(p) FROM patients AS p
SELECT name FROM patients TABLESAMPLE BERNOULLI (100)
SELECT 1, name FROM patients
SELECT * FROM v_patient_list
SELECT * FROM ehr.labs
SELECT * FROM labs
SELECT/**/name/**/FROM/**/patients
SELECT name FROM patients -- LIMIT 10
SELECT name FROM patients /* WHERE patient_id = 1 */
SELECT U&"n\0061me" FROM U&"p\0061tients"
-- limits that do not bound
SELECT * FROM patients LIMIT 1000
SELECT * FROM patients LIMIT 51
SELECT * FROM patients LIMIT ALL
SELECT * FROM patients LIMIT NULL
SELECT * FROM patients OFFSET 10
SELECT * FROM patients LIMIT (SELECT count(*) FROM patients)
SELECT * FROM patients LIMIT 5 + 1000000
SELECT * FROM patients LIMIT $1
SELECT * FROM patients ORDER BY ward FETCH FIRST 1 ROWS WITH TIES
SELECT * FROM patients FETCH FIRST 100000 ROWS ONLY
SELECT json_agg(p) FROM patients p LIMIT 1
SELECT string_agg(name, ',') FROM patients LIMIT 1
SELECT array_agg(mrn) FROM patients
SELECT string_agg(name, ',') OVER () FROM patients LIMIT 1
SELECT jsonb_object_agg(mrn, name) FROM patients
SELECT xmlagg(xmlelement(name p, name)) FROM patients
SELECT array(SELECT name FROM patients)
SELECT array_to_string(array(SELECT name FROM patients), ',')
SELECT (SELECT string_agg(name, ',') FROM patients)
SELECT (SELECT string_agg(p.name, ',')) FROM patients p LIMIT 1
SELECT json_build_object('all', (SELECT json_agg(p) FROM patients p))
SELECT percentile_disc(array[0, 0.1, 0.2]) WITHIN GROUP (ORDER BY name) FROM patients
SELECT * FROM (SELECT json_agg(p) FROM patients p) x LIMIT 1
SELECT length(string_agg(name, ',')) FROM patients
SELECT ward, string_agg(name, ',') FROM patients GROUP BY ward
SELECT ward, array_agg(mrn) FROM patients GROUP BY ward LIMIT 3
SELECT count(*), max(x) FROM (SELECT string_agg(name, ',') x FROM patients) t
(SELECT * FROM patients LIMIT 40) UNION ALL (SELECT * FROM patients OFFSET 40 LIMIT 40)
SELECT * FROM patients LIMIT 40; SELECT * FROM patients OFFSET 40 LIMIT 40
SELECT * FROM patients UNION SELECT * FROM patients LIMIT 1000
SELECT * FROM (SELECT * FROM patients LIMIT 40) a UNION ALL SELECT * FROM (SELECT * FROM patients OFFSET 40 LIMIT 40) b
SELECT x.* FROM generate_series(0, 1000) g, LATERAL (SELECT * FROM patients OFFSET g LIMIT 1) x
SELECT (SELECT name FROM patients OFFSET g LIMIT 1) FROM generate_series(0, 1000) g
SELECT (SELECT name FROM patients p ORDER BY p.mrn OFFSET n LIMIT 1) FROM numbers
WITH RECURSIVE r AS (SELECT * FROM (SELECT name, 1 i FROM patients LIMIT 1) a UNION ALL SELECT (SELECT name FROM patients OFFSET r.i LIMIT 1), r.i + 1 FROM r WHERE r.i < 1000) SELECT name FROM r
-- keys that do not bind
SELECT * FROM patients WHERE ward = 'ICU'
SELECT * FROM patients WHERE patient_id > 0
SELECT * FROM patients WHERE patient_id = patient_id
SELECT * FROM patients WHERE patient_id IS NOT NULL
SELECT * FROM patients WHERE patient_id = 1 OR true
SELECT * FROM patients WHERE patient_id = 1 OR 1 = 1
SELECT * FROM patients WHERE patient_id = 1 OR ward = 'ICU'
SELECT * FROM patients WHERE NOT (patient_id = 1)
SELECT * FROM patients WHERE patient_id <> 1
SELECT * FROM patients WHERE patient_id * 0 = 0
SELECT * FROM patients WHERE patient_id::boolean = true
SELECT * FROM patients WHERE mrn::char(1) = '1'
SELECT * FROM patients WHERE mrn LIKE '%'
SELECT * FROM patients WHERE mrn ~ '.'
SELECT * FROM patients WHERE (patient_id = 1) IS NOT NULL
SELECT * FROM patients WHERE patient_id IN (SELECT patient_id FROM encounters)
SELECT * FROM patients WHERE patient_id = ANY (SELECT patient_id FROM patients)
SELECT * FROM patients WHERE patient_id = ANY (ARRAY(SELECT patient_id FROM patients))
SELECT * FROM patients WHERE patient_id = ANY (string_to_array('1,2', ',')::int[])
SELECT * FROM patients p WHERE p.patient_id = (SELECT p.patient_id)
SELECT * FROM patients p WHERE EXISTS (SELECT 1 FROM patients q WHERE q.patient_id = 1)
SELECT * FROM patients p WHERE EXISTS (SELECT 1 WHERE p.patient_id = p.patient_id)
SELECT * FROM patients p(mrn, patient_id) WHERE mrn = 'x' OR mrn > ''
SELECT * FROM patients AS p(a, b, patient_id) WHERE patient_id = 5
SELECT * FROM patients p LEFT JOIN wards w ON p.patient_id = 1
SELECT * FROM patients p FULL JOIN wards w ON p.patient_id = 1 AND w.id = p.ward_id
SELECT p.* FROM wards w RIGHT JOIN patients p ON p.patient_id = 1
SELECT p.* FROM patients p, wards w WHERE w.patient_id = 1
SELECT p.* FROM patients p JOIN encounters e ON e.ward = p.ward WHERE e.patient_id = 1
SELECT a.* FROM patients a, patients b WHERE b.patient_id = 1
SELECT * FROM patients WHERE patient_id = floor(random() * 1000)
SELECT * FROM patients WHERE CASE WHEN patient_id = 1 THEN true ELSE true END
SELECT * FROM patients WHERE coalesce(patient_id = 1, true) OR true
SELECT * FROM patients WHERE patient_id BETWEEN 1 AND 1000000
SELECT * FROM patients WHERE patient_id IN (1, 2, patient_id)
SELECT * FROM patients WHERE patient_id IN (1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51)
SELECT * FROM patients WHERE (patient_id, 1) IN ((patient_id, 1))
SELECT * FROM (SELECT name, 1 AS patient_id FROM patients) x WHERE patient_id = 1
SELECT * FROM (SELECT name, ward AS patient_id FROM patients) x WHERE patient_id = 'ICU'
WITH x AS (SELECT name, 1 AS mrn FROM patients) SELECT * FROM x WHERE mrn = 1
SELECT * FROM (SELECT patient_id, lag(name) OVER (), string_agg(name, ',') OVER () FROM patients) x WHERE patient_id = 1
-- through other names
WITH p AS (SELECT * FROM patients) SELECT * FROM p
WITH p AS (SELECT * FROM patients), q AS (SELECT * FROM p) SELECT name FROM q
WITH patients AS (SELECT * FROM patients) SELECT * FROM patients
WITH p AS MATERIALIZED (SELECT * FROM patients) SELECT count(*), string_agg(name, ',') FROM p
SELECT * FROM (SELECT * FROM (SELECT name FROM patients) a) b
SELECT g FROM generate_series(1, 999999999) g WHERE g IN (SELECT ssn::int FROM patients)
SELECT g FROM generate_series(1, 999999999) g JOIN patients p ON p.ssn = g::text
SELECT w.* FROM wards w WHERE EXISTS (SELECT 1 FROM patients p WHERE p.ward_id = w.id AND p.name LIKE 'A%')
SELECT n FROM names n INTERSECT SELECT name FROM patients
SELECT n FROM names n EXCEPT SELECT name FROM patients
CREATE TABLE copy AS SELECT * FROM patients
SELECT * INTO copy FROM patients
CREATE VIEW v AS SELECT * FROM patients
CREATE MATERIALIZED VIEW v AS SELECT * FROM patients
CREATE TEMP TABLE t AS TABLE patients
INSERT INTO scratch SELECT * FROM patients
INSERT INTO scratch (a) SELECT name FROM patients ON CONFLICT DO NOTHING
INSERT INTO scratch VALUES ((SELECT string_agg(name, ',') FROM patients))
UPDATE scratch SET x = p.name FROM patients p WHERE p.ward = scratch.ward
UPDATE scratch SET x = (SELECT string_agg(name, ',') FROM patients)
MERGE INTO scratch s USING patients p ON s.id = p.patient_id WHEN NOT MATCHED THEN INSERT VALUES (p.name)
DELETE FROM patients RETURNING *
UPDATE patients SET ward = ward RETURNING name
WITH x AS (DELETE FROM patients RETURNING *) SELECT * FROM x
WITH x AS (UPDATE patients SET ward = ward RETURNING *) SELECT name FROM x
WITH x AS (INSERT INTO scratch SELECT * FROM patients) SELECT 1
ALTER TABLE patients RENAME TO stuff
ALTER TABLE patients SET SCHEMA other
ALTER TABLE patients INHERIT stuff
ALTER TABLE stuff ATTACH PARTITION patients DEFAULT
COPY patients TO STDOUT
COPY (SELECT * FROM patients) TO STDOUT
COPY patients (name) TO '/tmp/x'
COPY (TABLE patients) TO PROGRAM 'curl x'
DECLARE c CURSOR FOR SELECT * FROM patients
BEGIN; DECLARE c CURSOR FOR SELECT * FROM patients; FETCH 10 FROM c
FETCH ALL FROM c
PREPARE s AS SELECT * FROM patients
PREPARE s AS SELECT * FROM patients; EXECUTE s
EXECUTE s
EXECUTE s(1)
CREATE TABLE t AS EXECUTE s
EXPLAIN ANALYZE SELECT * FROM patients
EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM patients
EXPLAIN (ANALYZE true) SELECT * FROM patients
EXPLAIN (ANALYZE 1) SELECT * FROM patients
EXPLAIN (ANALYZE on) SELECT name FROM patients
-- functions
SELECT query_to_xml('select * from patients', true, true, '')
SELECT table_to_xml('patients', true, true, '')
SELECT database_to_xml(true, true, '')
SELECT * FROM dblink('dbname=x', 'select * from patients') AS t(a text)
SELECT get_all_patients()
SELECT * FROM get_all_patients()
SELECT public.lower('x')
SELECT f(x) FROM wards
SELECT count(*) FROM wards WHERE leak(id)
SELECT * FROM wards ORDER BY leak(id)
SELECT 1 FROM wards GROUP BY leak(id)
SELECT pg_read_file('/etc/passwd')
SELECT lo_get(1)
SELECT ts_stat('select to_tsvector(name) from patients')
SELECT * FROM pg_logical_slot_peek_changes('s', NULL, NULL)
SELECT * FROM crosstab('select * from patients')
CALL export_all()
DO $$ BEGIN PERFORM 1; END $$
EXPLAIN SELECT leak()
-- statistics
SELECT * FROM pg_stats
SELECT most_common_vals FROM pg_stats
SELECT most_common_vals FROM pg_catalog.pg_stats WHERE tablename = 'patients'
SELECT histogram_bounds::text FROM pg_stats LIMIT 1
SELECT s FROM pg_stats s LIMIT 1
SELECT stavalues1 FROM pg_statistic LIMIT 1
SELECT to_json(s) FROM pg_stats s LIMIT 1
SELECT count(*) FROM pg_stats WHERE most_common_vals::text LIKE '%smith%' GROUP BY tablename
SELECT * FROM pg_stats_ext
SELECT data FROM pg_largeobject LIMIT 1
-- groups that name people
SELECT name, count(*) FROM patients GROUP BY name
SELECT mrn, max(ward) FROM patients GROUP BY mrn
SELECT count(*), ssn FROM patients GROUP BY ssn
SELECT count(*), p FROM patients p GROUP BY p
SELECT 1, name, count(*) FROM patients GROUP BY 2
SELECT lower(name) AS ward, count(*) FROM patients GROUP BY lower(name)
SELECT name AS ward, count(*) FROM patients GROUP BY name
SELECT ward, count(*) FROM (SELECT name AS ward FROM patients) t GROUP BY ward
SELECT ward, count(*) FROM patients AS p(ward, state) GROUP BY ward
SELECT first_name || ' ' || last_name, count(*) FROM patients GROUP BY 1
SELECT max(name) FROM patients GROUP BY ward, mrn
SELECT ward, max(name) FROM patients GROUP BY ward
SELECT ward, min(ssn), max(ssn) FROM patients GROUP BY ward
SELECT name, count(*) FROM patients GROUP BY ROLLUP (name)
SELECT name, count(*) FROM patients GROUP BY GROUPING SETS ((name), ())
SELECT md5(ssn), count(*) FROM patients GROUP BY 1
SELECT DISTINCT name FROM patients
SELECT DISTINCT ON (ward) * FROM patients
SELECT ward FROM patients GROUP BY ward, name
SELECT date_trunc('day', date_of_birth), count(*) FROM patients GROUP BY 1
SELECT dob, count(*) FROM patients GROUP BY dob
SELECT note, count(*) FROM notes GROUP BY note
SELECT date_of_birth, postal_code, count(*) FROM patients GROUP BY 1, 2
SELECT count(*), mode() WITHIN GROUP (ORDER BY name) FROM patients GROUP BY ward
-- more ways round
SELECT sum(ssn::bigint) FROM patients GROUP BY ward, ctid
SELECT ward, sum(ssn::bigint) FROM patients GROUP BY ward
SELECT * FROM patients WHERE patient_id = 1 UNION SELECT * FROM patients
SELECT * FROM wards UNION ALL SELECT name, 1 FROM patients
SELECT (SELECT name FROM patients WHERE patient_id = g) FROM generate_series(1, 100000) g
SELECT p.name FROM generate_series(1, 100000) g JOIN patients p ON p.patient_id = g
SELECT p.name FROM patients p WHERE p.patient_id = ANY (ARRAY(SELECT generate_series(1, 1000)))
SELECT p.name FROM patients p WHERE p.patient_id IN (SELECT generate_series(1, 1000))
SELECT p.name FROM patients p, unnest(ARRAY(SELECT patient_id FROM patients)) u WHERE u = p.patient_id
SELECT p.name FROM patients p JOIN patients q ON true WHERE q.patient_id = 5
SELECT name FROM patients WHERE patient_id = 5 OR patient_id IN (SELECT patient_id FROM encounters)
SELECT name FROM patients WHERE (patient_id = 5) = (1 = 2)
SELECT name FROM patients WHERE (patient_id, 'x') = (patient_id, 'x')
SELECT name FROM patients WHERE patient_id = ALL (SELECT 1 WHERE false)
SELECT name FROM patients WHERE patient_id = nullif(patient_id, 0)
SELECT name FROM patients WHERE patient_id = coalesce(NULL, patient_id)
SELECT name FROM patients WHERE patient_id = (SELECT q.patient_id FROM encounters q WHERE q.patient_id = patients.patient_id LIMIT 1)
SELECT name FROM patients AS x WHERE 5 = (SELECT patient_id FROM patients WHERE patient_id = 5)
SELECT name FROM patients HAVING true
SELECT * FROM (SELECT * FROM patients) AS wards
SELECT * FROM wards, patients
SELECT * FROM wards CROSS JOIN patients
SELECT * FROM wards NATURAL JOIN patients
SELECT wards FROM (SELECT * FROM patients) wards
SELECT * FROM ((patients))
SELECT * FROM (patients p JOIN wards w ON true) AS j
SELECT * FROM (patients p JOIN wards w ON p.patient_id = w.id) AS j(patient_id) WHERE patient_id = 3
SELECT * FROM patients FOR UPDATE
SELECT * FROM patients ORDER BY random() LIMIT 50 OFFSET (SELECT 1) + 0; SELECT * FROM patients LIMIT 1
SELECT ALL name FROM patients
SELECT count(*) OVER (), name FROM patients
SELECT CASE WHEN true THEN name END FROM patients
SELECT jsonb_build_array(name) FROM patients
SELECT regexp_split_to_table(string_agg(name, ','), ',') FROM patients
SELECT unnest(array_agg(name)) FROM patients
SELECT * FROM unnest((SELECT array_agg(name) FROM patients))
SELECT * FROM json_array_elements((SELECT json_agg(p) FROM patients p))
SELECT * FROM ROWS FROM (unnest(ARRAY(SELECT name FROM patients))) x
VALUES ((SELECT string_agg(name, ',') FROM patients))
SELECT 1 LIMIT (SELECT length(string_agg(name, ',')) FROM patients)
SELECT 1 WHERE 'x' = (SELECT string_agg(name, ',') FROM patients)
SELECT 1 ORDER BY (SELECT string_agg(name, ',') FROM patients)
SELECT count(*) FROM wards WHERE (SELECT string_agg(name, ',') FROM patients)::int = 1
SELECT cast((SELECT array_agg(ssn) FROM patients) AS text)
SELECT max(r) FROM (SELECT array_agg(p) r FROM patients p) q
SELECT xmlserialize(content xmlagg(xmlforest(name)) AS text) FROM patients
SELECT lead(name, 1) OVER (), array_agg(name) OVER (ORDER BY mrn) FROM patients LIMIT 1
SELECT first_value(a) OVER () FROM (SELECT array_agg(name) a FROM patients) x
SELECT string_agg(x, ',') FROM (SELECT name x FROM patients LIMIT 100) y
SELECT hashtext(name), name FROM patients
INSERT INTO scratch SELECT json_agg(p) FROM patients p
CREATE TABLE t AS SELECT array_agg(name) FROM patients
CREATE RECURSIVE VIEW v(n) AS SELECT name FROM patients
REFRESH MATERIALIZED VIEW v_patient_list; SELECT * FROM v_patient_list
WITH a AS (SELECT * FROM b), b AS (SELECT * FROM patients) SELECT * FROM b
WITH RECURSIVE a AS (SELECT * FROM b), b AS (SELECT * FROM patients) SELECT * FROM a
WITH RECURSIVE t AS (SELECT name FROM patients UNION SELECT name FROM t) SELECT * FROM t
WITH t AS (SELECT name FROM patients) SELECT (SELECT string_agg(name, ',') FROM t)
WITH t AS (SELECT name FROM patients) INSERT INTO scratch SELECT * FROM t
WITH t AS (SELECT name FROM patients) UPDATE scratch SET x = t.name FROM t
MERGE INTO scratch s USING (SELECT * FROM patients) p ON true WHEN MATCHED THEN UPDATE SET x = p.name
UPDATE scratch SET (a, b) = (SELECT name, mrn FROM patients)
INSERT INTO scratch VALUES (1) ON CONFLICT (id) DO UPDATE SET x = (SELECT string_agg(name, ',') FROM patients)
INSERT INTO scratch VALUES (1) RETURNING (SELECT string_agg(name, ',') FROM patients)
DELETE FROM scratch USING patients p WHERE true RETURNING p.name
DELETE FROM scratch RETURNING (SELECT array_agg(name) FROM patients)
UPDATE patients SET ward = 'x' RETURNING (SELECT 1), name
SELECT * FROM patients WHERE ctid = '(0,1)'
SELECT name FROM patients WHERE patient_id = 1 AND false OR true
SELECT s.most_common_vals FROM pg_stats s WHERE s.tablename = 'patients'
SELECT x FROM (SELECT most_common_vals AS x FROM pg_stats) t LIMIT 1
SELECT (s).most_common_vals FROM pg_stats s LIMIT 1
SELECT * FROM pg_stats AS s(a, b, c, d, e, f, g, h, i, j)
SELECT unnest(most_common_vals::text::text[]) FROM pg_stats WHERE tablename = 'wards' OR true
EXPLAIN ANALYZE EXECUTE s
COPY (DELETE FROM patients RETURNING *) TO STDOUT
SELECT array_agg(name) FILTER (WHERE true) FROM patients WHERE ward = 'ICU'
SELECT pg_catalog.query_to_xml('select 1', true, false, '')
SELECT "query_to_xml"('select 1', true, false, '')
SELECT x.f() FROM wards x
IMPORT FOREIGN SCHEMA public FROM SERVER s INTO t; SELECT * FROM patients
SELECT p.* FROM patients p LEFT JOIN encounters e ON p.patient_id = 5 AND e.patient_id = p.patient_id
SELECT e.* FROM encounters e LEFT JOIN patients p ON p.patient_id = e.patient_id AND p.patient_id = 5
SELECT n.* FROM notes n LEFT JOIN LATERAL (SELECT 1 FROM patients p WHERE p.patient_id = 5) q ON true
-- gathered in one value
SELECT string_agg(u, ',') FROM unnest(ARRAY(SELECT name FROM patients)) u
SELECT count(*), (SELECT max(p.name)) FROM patients p GROUP BY ward
SELECT sum(ssn::numeric * power(10::numeric, 9 * rn)) FROM (SELECT ssn, row_number() OVER () AS rn FROM patients) t
SELECT sum(x::numeric * power(10::numeric, 9 * rn)) FROM (SELECT ssn AS x, row_number() OVER () AS rn FROM patients) t
SELECT sum(patient_id * power(10::numeric, 9)) FROM patients
WITH RECURSIVE t AS (SELECT 1 AS n, '' AS s UNION ALL SELECT n + 1, s || (SELECT name FROM patients ORDER BY mrn OFFSET n LIMIT 1) FROM t WHERE n < 1000) SELECT s FROM t ORDER BY n DESC LIMIT 1
CREATE RULE r AS ON SELECT TO scratch DO INSTEAD SELECT * FROM patients
CREATE SCHEMA s CREATE VIEW v AS SELECT * FROM patients
CREATE PUBLICATION p FOR TABLE patients
CREATE PUBLICATION p FOR ALL TABLES
ALTER PUBLICATION p ADD TABLE patients
-- found by attack
PREPARE s(int) AS SELECT name FROM patients ORDER BY patient_id OFFSET $1 LIMIT 50; EXECUTE s(0); EXECUTE s(50)
WITH RECURSIVE r(n, name) AS (SELECT 1, ''::text UNION ALL SELECT q.n + 1, p.name FROM (SELECT * FROM r LIMIT 1) q JOIN patients p ON p.patient_id = q.n) SELECT name FROM r
WITH RECURSIVE r(n, s) AS (SELECT 1, ''::text UNION ALL SELECT r.n + 1, r.s || p.name FROM r JOIN patients p ON p.patient_id = r.n) SELECT max(s) FROM r
UPDATE patients SET ward = q.s FROM (SELECT string_agg(name, ',') s FROM patients) q WHERE patient_id = 1; SELECT ward FROM patients WHERE patient_id = 1
DELETE FROM scratch USING (SELECT string_agg(name, ',')::int AS n FROM patients) x
SELECT 1 UNION SELECT 2 LIMIT (SELECT string_agg(name, ',')::int FROM patients)
SELECT 1 GROUP BY (SELECT string_agg(name, ',')::int FROM patients)
SELECT * FROM wards TABLESAMPLE bernoulli ((SELECT string_agg(name, ',')::real FROM patients))
SELECT name FROM patients WHERE patient_id = ANY (ARRAY[ARRAY[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26],ARRAY[31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56]])
SELECT name, lead(name, 50) OVER (ORDER BY mrn), lead(name, 100) OVER (ORDER BY mrn) FROM patients LIMIT 50
SELECT a.name, b.name FROM patients a JOIN patients b ON b.patient_id = a.patient_id + 100 LIMIT 50
SELECT p.name, q.name FROM (SELECT name, patient_id, patient_id + 100 AS o FROM patients LIMIT 50) p JOIN patients q ON q.patient_id = p.o
UPDATE notes SET patient_id = 1; SELECT text FROM notes WHERE patient_id = 1
UPDATE patients SET ward = name; SELECT ward, count(*) FROM patients GROUP BY ward
ALTER TABLE notes ALTER COLUMN patient_id TYPE int USING 1
ALTER TABLE patients ADD COLUMN kind text GENERATED ALWAYS AS (lower(name)) STORED
CREATE OR REPLACE FUNCTION age_group(int) RETURNS text LANGUAGE sql AS 'select string_agg(name, '','') from patients'; SELECT age_group(1)
CREATE FUNCTION lower(int) RETURNS text LANGUAGE sql AS 'select 1'
CREATE AGGREGATE count(text) (sfunc = textcat, stype = text, initcond = '')
CREATE OPERATOR = (LEFTARG = int, RIGHTARG = text, FUNCTION = f)
SELECT s.histogram_bounds FROM pg_stats s, pg_tables t WHERE t.tablename = 'wards'
SELECT histogram_bounds FROM pg_stats WHERE tablename = 'patients_lower_idx'
SELECT name FROM patients WHERE mrn IN (SELECT (ts_parse('default', 'A1, A2')).token)
ALTER SCHEMA ehr RENAME TO x
SELECT lower(name) AS ward, count(*) FROM patients GROUP BY ward
-- a recursion within the recursion
WITH RECURSIVE r(n, s) AS (SELECT 1, ''::text UNION ALL SELECT q.n + 1, q.s || p.name FROM (WITH RECURSIVE z AS (SELECT 1 AS a UNION ALL SELECT a FROM z) SELECT a FROM z LIMIT 1) o, (SELECT * FROM r LIMIT 1) q JOIN patients p ON p.patient_id = q.n) SELECT max(s) FROM r
-- names that lie, ranges, and more of each kind
ALTER TABLE encounters DROP COLUMN patient_id; ALTER TABLE encounters ADD COLUMN patient_id int DEFAULT 1; SELECT * FROM encounters WHERE patient_id = 1
ALTER TABLE patients DROP COLUMN mrn, ADD COLUMN mrn text DEFAULT 'x'; SELECT * FROM patients WHERE mrn = 'x'
ALTER TABLE patients ADD COLUMN mrn text DEFAULT 'x'
ALTER TABLE patients ADD COLUMN IF NOT EXISTS mrn text
ALTER TABLE patients DROP COLUMN ward; ALTER TABLE patients RENAME COLUMN name TO ward; SELECT ward, count(*) FROM patients GROUP BY ward
ALTER TABLE patients RENAME COLUMN ward TO mrn
ALTER TABLE patients RENAME mrn TO x
ALTER TABLE patients RENAME COLUMN name TO patient_id
ALTER TABLE patients RENAME COLUMN ssn TO status
ALTER VIEW v_patient_list RENAME COLUMN name TO ward
ALTER TABLE patients ALTER COLUMN mrn TYPE char(1)
ALTER TABLE patients ALTER COLUMN mrn SET DATA TYPE varchar(1) USING 'x'
SELECT histogram_bounds FROM pg_stats WHERE tablename = 'my_idx'
SELECT most_common_vals FROM pg_stats WHERE tablename = 'lower_idx'
CREATE INDEX wards ON patients ((lower(name))); ANALYZE patients; SELECT histogram_bounds FROM pg_stats WHERE tablename = 'wards'
CREATE INDEX idx1 ON patients ((name || ssn)); ANALYZE patients; SELECT most_common_vals, histogram_bounds FROM pg_stats WHERE tablename = 'idx1'
SELECT * FROM patients WHERE patient_id BETWEEN 1 AND 52
SELECT * FROM patients WHERE patient_id BETWEEN 1 AND 1000
SELECT * FROM patients WHERE patient_id BETWEEN 1 AND 20 OR true
SELECT * FROM patients WHERE mrn BETWEEN '1' AND '2'
SELECT * FROM patients WHERE mrn BETWEEN 'A1' AND 'A2'
SELECT * FROM patients WHERE patient_id BETWEEN 1 AND 2.5e9
SELECT * FROM patients WHERE patient_id BETWEEN patient_id AND patient_id
SELECT * FROM patients WHERE patient_id BETWEEN 0 AND patient_id
SELECT * FROM patients WHERE patient_id BETWEEN 1 AND (SELECT max(patient_id) FROM patients)
SELECT * FROM patients WHERE NOT patient_id BETWEEN 1 AND 20
SELECT * FROM patients WHERE patient_id NOT BETWEEN 1 AND 20
SELECT * FROM patients WHERE patient_id >= 1 AND patient_id >= 20
SELECT * FROM patients WHERE patient_id >= 1 AND ward <= 20
SELECT * FROM patients WHERE patient_id / 1000000 BETWEEN 0 AND 1
SELECT * FROM patients WHERE patient_id % 10 BETWEEN 0 AND 9
SELECT * FROM patients WHERE patient_id::text BETWEEN '1' AND '2'
SELECT * FROM patients WHERE length(mrn) BETWEEN 1 AND 20
SELECT * FROM patients WHERE patient_id BETWEEN 1 AND 30 UNION ALL SELECT * FROM patients WHERE patient_id BETWEEN 31 AND 60
SELECT * FROM patients WHERE patient_id BETWEEN 1 AND 40; SELECT * FROM patients WHERE patient_id BETWEEN 41 AND 80
SELECT * FROM patients p LEFT JOIN wards w ON p.patient_id BETWEEN 1 AND 5
SELECT * FROM patients WHERE (patient_id BETWEEN 1 AND 5) IS NOT NULL
SELECT p.* FROM generate_series(0, 1000) g, LATERAL (SELECT * FROM patients WHERE patient_id BETWEEN g * 10 AND g * 10 + 9) p
SELECT p.* FROM generate_series(0, 1000) g JOIN patients p ON p.patient_id BETWEEN g AND g + 1
SELECT * FROM (SELECT name, ward AS patient_id FROM patients) x WHERE patient_id BETWEEN 1 AND 5
SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY patient_id) AS rn FROM patients) t WHERE rn <= 1
SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY ward ORDER BY name) AS rn FROM patients) t WHERE rn <= 10
SELECT * FROM (SELECT *, rank() OVER (ORDER BY ward) AS rn FROM patients) t WHERE rn <= 10
SELECT * FROM (SELECT *, dense_rank() OVER (ORDER BY ward) AS rn FROM patients) t WHERE rn <= 1
SELECT * FROM (SELECT *, row_number() OVER () AS rn FROM patients) t WHERE rn <= 1000
SELECT * FROM (SELECT *, row_number() OVER () AS rn FROM patients) t WHERE rn >= 1
SELECT * FROM (SELECT *, row_number() OVER () AS rn FROM patients) t WHERE rn <= 10 OR true
SELECT * FROM (SELECT *, row_number() OVER () / 1000 AS rn FROM patients) t WHERE rn <= 10
SELECT * FROM (SELECT *, row_number() OVER () AS rn, string_agg(name, ',') OVER () FROM patients) t WHERE rn <= 10
SELECT * FROM (SELECT *, row_number() OVER () AS rn FROM patients) t WHERE rn <= 40 UNION ALL SELECT * FROM (SELECT *, row_number() OVER () AS rn FROM patients) t WHERE rn BETWEEN 41 AND 80
SELECT (SELECT name FROM (SELECT name, row_number() OVER () AS rn FROM patients) t WHERE rn = g) FROM generate_series(1, 1000) g
SELECT * FROM (SELECT *, row_number() OVER () AS rn FROM patients) t JOIN generate_series(1, 1000) g ON t.rn = g
SELECT string_agg(name, ',') FROM (SELECT name, row_number() OVER () AS rn FROM patients) t WHERE rn <= 100
SELECT split_part(email, '@', 1), count(*) FROM patients GROUP BY 1
SELECT split_part(email, '.', 2), count(*) FROM patients GROUP BY 1
SELECT split_part(name, ' ', 2), count(*) FROM patients GROUP BY 1
SELECT split_part(email || '@' || ssn, '@', 3), count(*) FROM patients GROUP BY 1
SELECT split_part('@' || email, '@', 2), count(*) FROM patients GROUP BY 1
SELECT split_part(ssn, '@', 1), count(*) FROM patients GROUP BY 1
SELECT substring(email FROM '^(.*)@'), count(*) FROM patients GROUP BY 1
SELECT reverse(split_part(reverse(email), '@', 2)), count(*) FROM patients GROUP BY 1
SELECT split_part(email, '@', 2), string_agg(name, ',') FROM patients GROUP BY 1
SELECT split_part(email, '@', 2), min(name) FROM patients GROUP BY 1
SELECT left(name, 30), count(*) FROM patients GROUP BY 1
SELECT left(ssn, 3), right(ssn, 6), count(*) FROM patients GROUP BY 1, 2
SELECT ward, name FROM patients GROUP BY ward, name HAVING count(*) = 1
SELECT count(*), name AS n FROM patients GROUP BY n
SELECT json_agg(json_build_object('w', ward, 'n', name)) FROM patients
SELECT jsonb_agg(to_jsonb(p) - 'ssn') FROM patients p
SELECT xmlelement(name a, xmlagg(xmlelement(name b, ssn))) FROM patients
SELECT max(array[name, ssn]) FROM patients GROUP BY mrn
SELECT string_agg(ssn, ',') FROM patients GROUP BY ()
SELECT count(*) FROM patients GROUP BY ward, dob, name
SELECT 1/(CASE WHEN name = 'x' THEN 0 ELSE 1 END), name FROM patients
SELECT * FROM patients WHERE patient_id IN (SELECT unnest(ARRAY[1,2,3]) + g FROM generate_series(1, 1000) g)
SELECT * FROM patients JOIN (SELECT generate_series(1, 10000) AS patient_id) x USING (patient_id)
SELECT p.* FROM patients p JOIN encounters e ON p.patient_id = e.patient_id WHERE e.admitted_at > now() - interval '1 day'
SELECT p.name FROM patients p, (SELECT 5 AS patient_id) x
SELECT * FROM patients p WHERE EXISTS (SELECT 1 FROM (VALUES (1)) v(x) WHERE p.patient_id = p.patient_id)
SELECT * FROM patients p WHERE (SELECT true)
SELECT * FROM patients p WHERE p.patient_id = (SELECT x.patient_id FROM (SELECT p.patient_id) x)
SELECT lag(name) OVER (ORDER BY mrn), count(*) OVER () FROM patients
SELECT DISTINCT ON (mrn) name FROM patients
SELECT DISTINCT first_value(name) OVER (PARTITION BY mrn) FROM patients
SELECT array_agg(name) OVER (ROWS BETWEEN 1000 PRECEDING AND 1000 FOLLOWING) FROM patients LIMIT 1
SELECT jsonb_path_query(j, '$[*].name') FROM (SELECT jsonb_agg(p) j FROM patients p) x
SELECT (xpath('/a', xmlagg(xmlforest(name))))[1] FROM patients
SELECT * FROM xmltable('/r' PASSING (SELECT xmlagg(xmlelement(name r, name)) FROM patients) COLUMNS n text PATH '.')
SELECT * FROM patients AS OF
CREATE TABLE z (LIKE patients INCLUDING ALL); INSERT INTO z SELECT * FROM patients
CREATE TABLE z () INHERITS (patients)
CREATE TABLE z PARTITION OF patients DEFAULT
ALTER TABLE z INHERIT patients
CREATE FOREIGN TABLE ft (name text) SERVER s OPTIONS (table_name 'patients')
CREATE FUNCTION f() RETURNS SETOF patients LANGUAGE sql AS 'select * from patients'; SELECT * FROM f()
CREATE TRIGGER t BEFORE UPDATE ON patients FOR EACH ROW EXECUTE FUNCTION leak()
NOTIFY a, 'x'; SELECT pg_notify('a', string_agg(name, ',')) FROM patients
SELECT lo_from_bytea(0, string_agg(name, ',')::bytea) FROM patients
SELECT set_config('a.b', string_agg(name, ','), false) FROM patients
SELECT set_config('a.b', current_setting('a.b') || name, false) FROM patients LIMIT 50
SELECT count(set_config('a.b', current_setting('a.b') || name, false)) FROM patients
SELECT count(*) FROM patients WHERE set_config('a.b', current_setting('a.b') || name, false) <> ''
SELECT count(*) FROM patients WHERE pg_notify('c', name) IS NOT NULL
SELECT sum(lo_put(1, patient_id * 10, name::bytea)::text::int) FROM patients
SELECT pg_file_write('/tmp/a', string_agg(name, ','), false) FROM patients
SELECT count(*) FROM patients WHERE dblink_exec('h', name) = 'x'
SELECT bit_or((ssn::bit(64))) FROM patients GROUP BY mrn
SELECT range_agg(int8range(ssn::int8, ssn::int8 + 1)) FROM patients
SELECT hstore(array_agg(mrn), array_agg(name)) FROM patients
SELECT corr(ssn::int, row_number) FROM (SELECT ssn, row_number() OVER () FROM patients) x
SELECT regr_slope(ssn::int, 1) FROM patients GROUP BY mrn
SELECT patient_id, ward FROM encounters
SELECT encounter_id FROM encounters
SELECT ward FROM patients
SELECT age FROM patients
SELECT 1 FROM patients
SELECT count(*) OVER (PARTITION BY name), ward FROM patients
SELECT ward, count(*) FROM patients GROUP BY ward, patient_id
SELECT CASE name WHEN 'x' THEN 'a' ELSE name END, count(*) FROM patients GROUP BY 1
SELECT CASE WHEN age > 5 THEN ssn END, count(*) FROM patients GROUP BY 1
SELECT coalesce(ward, name), count(*) FROM patients GROUP BY 1
SELECT greatest(ward, name), count(*) FROM patients GROUP BY 1
SELECT extract(epoch FROM dob), count(*) FROM patients GROUP BY 1
SELECT extract(year FROM dob), extract(doy FROM dob), count(*) FROM patients GROUP BY 1, 2
SELECT to_char(dob, 'YYYY-MM-DD'), count(*) FROM patients GROUP BY 1
SELECT date_trunc('second', dob), count(*) FROM patients GROUP BY 1
SELECT (p).name, count(*) FROM patients p GROUP BY 1
SELECT p.*, count(*) FROM patients p GROUP BY p.patient_id
SELECT ward, (array_agg(name))[1] FROM patients GROUP BY ward
SELECT grouping(name), name, count(*) FROM patients GROUP BY CUBE (name)
WITH x AS (SELECT name AS gender FROM patients) SELECT gender, count(*) FROM x GROUP BY gender
WITH x(gender) AS (SELECT name FROM patients) SELECT gender, count(*) FROM x GROUP BY gender
WITH x AS (SELECT ssn AS n, ward FROM patients) SELECT ward, sum(n::bigint) FROM x GROUP BY ward
CREATE VIEW units AS SELECT name AS ward FROM patients; SELECT ward, count(*) FROM units GROUP BY ward
UPDATE patients SET ward = (SELECT string_agg(q.name, ',') FROM patients q) WHERE patient_id = 1
UPDATE patients p SET ward = q.name FROM patients q WHERE p.patient_id = q.patient_id
UPDATE patients SET gender = ssn
INSERT INTO patients (mrn, name) SELECT 'x', string_agg(name, ',') FROM patients
INSERT INTO patients (patient_id, ward) SELECT 1, name FROM patients
MERGE INTO patients t USING patients s ON t.patient_id = s.patient_id WHEN MATCHED THEN UPDATE SET ward = s.name
COPY (SELECT * FROM patients WHERE patient_id > 0) TO STDOUT WITH CSV HEADER
COPY patients TO STDOUT (FORMAT csv)
EXPLAIN (ANALYZE, TIMING off, SUMMARY off) SELECT * FROM patients
SELECT * FROM pg_stats_ext_exprs WHERE tablename = 'wards' OR true
SELECT stxdmcv FROM pg_statistic_ext_data
SELECT pg_mcv_list_items(stxdmcv) FROM pg_statistic_ext_data
SELECT m.* FROM pg_statistic_ext, pg_statistic_ext_data, pg_mcv_list_items(stxdmcv) m
SELECT query FROM pg_stat_statements; SELECT * FROM patients
SELECT get_raw_page('patients', 0)
SELECT * FROM heap_page_items(get_raw_page('patients', 0))
SELECT * FROM bt_page_items('patients_pkey', 1)
SELECT pg_read_binary_file(pg_relation_filepath('patients'))
SELECT convert_from(pg_read_binary_file('base/1/2'), 'latin1')
SELECT * FROM pg_ls_dir('/')
SELECT ts_headline(string_agg(name, ' '), 'a'::tsquery) FROM patients
SELECT * FROM ts_stat('SELECT to_tsvector(name) FROM patients')
SELECT cursor_to_xml('c', 100, true, true, ''), schema_to_xml('public', true, true, '')
SELECT schema_to_xml('public', true, true, '')
SELECT pg_get_viewdef('v'), query_to_xml_and_xmlschema('table patients', true, true, '')
SELECT xmlparse(document (SELECT string_agg(name, '') FROM patients))
SELECT format('%s', p) FROM patients p
SELECT concat(p.*) FROM patients p
SELECT count(*), concat_ws(',', VARIADIC array_agg(name)) FROM patients
MERGE INTO wards w USING patients p ON w.id = p.patient_id WHEN NOT MATCHED THEN INSERT (name) VALUES (p.name)
MERGE INTO wards w USING (SELECT name, ward FROM patients) p ON w.name = p.ward WHEN MATCHED THEN UPDATE SET note = p.name
SELECT l.* FROM generate_series(1, 100000) g, LATERAL (SELECT * FROM patients WHERE patient_id = g) l
SELECT l.* FROM generate_series(1, 100000) g CROSS JOIN LATERAL (SELECT * FROM patients OFFSET g LIMIT 1) l
SELECT p.* FROM generate_series(1, 1000) g JOIN patients p ON p.patient_id = g
SELECT p.* FROM generate_series(1, 1000) g(patient_id) JOIN patients p USING (patient_id)
SELECT p.* FROM (VALUES (1)) v(n), generate_series(1, 999) s, patients p WHERE p.patient_id = v.n + s
SELECT ward, name, count(*) FROM patients GROUP BY GROUPING SETS ((ward, name), ())
SELECT name FROM patients GROUP BY ROLLUP (ward, name)
SELECT string_agg(name, ',') FILTER (WHERE patient_id > 0) FROM patients
SELECT (array_agg(name) FILTER (WHERE age > 1))[1:1000] FROM patients
SELECT lag(name, 1) OVER w, lag(name, 2) OVER w FROM patients WINDOW w AS (ORDER BY patient_id)
SELECT nth_value(name, 5) OVER (ORDER BY patient_id) FROM patients
SELECT string_agg(name, ',') OVER (ORDER BY patient_id ROWS UNBOUNDED PRECEDING) FROM patients LIMIT 1
SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY ward ORDER BY age) rn FROM patients) x WHERE rn <= 5
SELECT * FROM (SELECT *, rank() OVER (ORDER BY ward) rn FROM patients) x WHERE rn <= 5
SELECT * FROM (SELECT *, dense_rank() OVER (ORDER BY ward) rn FROM patients) x WHERE rn = 1
SELECT * FROM (SELECT *, row_number() OVER (ORDER BY age) rn FROM patients) x WHERE rn <= 5 OR true
SELECT * FROM (SELECT *, row_number() OVER (ORDER BY age) rn FROM patients) x WHERE rn >= 5
SELECT * FROM (SELECT *, row_number() OVER (ORDER BY age) rn FROM patients) x WHERE rn <= 5 + age
SELECT * FROM (SELECT *, row_number() OVER (ORDER BY age) % 5 AS rn FROM patients) x WHERE rn <= 3
UPDATE patients SET age = age RETURNING *
UPDATE patients SET ward = ward WHERE patient_id > 0 RETURNING name, ssn
DELETE FROM patients WHERE ward = 'x' OR true RETURNING *
INSERT INTO wards (name) SELECT name FROM patients RETURNING *
INSERT INTO patients (patient_id) SELECT patient_id FROM patients ON CONFLICT (patient_id) DO UPDATE SET ward = 'x' RETURNING *
WITH d AS (DELETE FROM patients RETURNING *) SELECT * FROM d
WITH u AS (UPDATE patients SET age = age RETURNING name) SELECT string_agg(name, ',') FROM u LIMIT 1
CREATE TEMP TABLE t AS SELECT * FROM patients; SELECT * FROM t
CREATE TEMPORARY TABLE t ON COMMIT DROP AS TABLE patients
CREATE UNLOGGED TABLE t AS SELECT name FROM patients WITH NO DATA; INSERT INTO t SELECT name FROM patients
SELECT * INTO TEMP t FROM patients
CREATE TEMP VIEW tv AS SELECT * FROM patients; SELECT * FROM tv LIMIT 1000
SELECT xpath('//name/text()', table_to_xml('patients', true, false, ''))
SELECT unnest(xpath('//name/text()', query_to_xml('SELECT name FROM patients', true, false, '')))::text
SELECT x.* FROM XMLTABLE('//row' PASSING query_to_xml('SELECT name FROM patients', true, false, '') COLUMNS name text) x
SELECT xmlforest(p.name, p.ssn) FROM patients p
SELECT jsonb_agg(p) FROM patients p
SELECT jsonb_pretty(jsonb_agg(to_jsonb(p))) FROM patients p
SELECT to_jsonb(p) - 'ssn' FROM patients p
SELECT jsonb_path_query_array(jsonb_agg(p), '$[*].name') FROM patients p
SELECT key, value FROM patients p, jsonb_each(to_jsonb(p))
SELECT jsonb_each_text(to_jsonb(p)) FROM patients p
SELECT jsonb_build_object('n', name) FROM patients
SELECT row_to_json(p) FROM patients p
SELECT * FROM json_to_recordset((SELECT json_agg(p) FROM patients p)) AS x(name text)
SELECT * FROM (VALUES (1), (2)) v(n) JOIN patients p ON true
WITH RECURSIVE r AS (SELECT * FROM patients WHERE patient_id = 1 UNION ALL SELECT p.* FROM patients p JOIN r ON p.patient_id = r.patient_id + 1) SELECT * FROM r
WITH RECURSIVE r(n, name) AS (SELECT 1, (SELECT name FROM patients WHERE patient_id = 1) UNION ALL SELECT n + 1, (SELECT name FROM patients WHERE patient_id = n + 1) FROM r WHERE n < 10000) SELECT * FROM r
WITH RECURSIVE r(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM r WHERE n < 9999) SELECT p.* FROM r JOIN patients p ON p.patient_id = r.n
SELECT * FROM patients TABLESAMPLE BERNOULLI (100)
SELECT * FROM patients TABLESAMPLE SYSTEM (99.9) REPEATABLE (1)
SELECT * FROM patients ORDER BY ward FETCH FIRST 10 ROWS WITH TIES
SELECT * FROM patients OFFSET 0 FETCH FIRST 1000 ROWS ONLY
SELECT * FROM patients LIMIT 1e3
SELECT * FROM patients LIMIT (SELECT 10)
SELECT * FROM patients LIMIT 10 * 10
SELECT/**/*/**/FROM/**/patients
SELECT * FROM patients -- LIMIT 10
SELECT * FROM patients /* WHERE patient_id = 1 LIMIT 5 */
SELECT * FROM patients /* outer /* inner */ WHERE patient_id = 1 */
SELECT * FROM patients WHERE ward = $$x' AND patient_id = 1 --$$
SELECT * FROM patients WHERE ward = $a$patient_id = 1 LIMIT 1$a$
SELECT * FROM patients WHERE ward <> E'\' LIMIT 5 --'
SELECT * FROM U&"p\0061tients"
SELECT * FROM U&"!0070atients" UESCAPE '!'
SELECT * FROM public."patients"
SELECT * FROM patients*
SELECT U&"n\0061me" FROM patients
SELECT name AS "patient_id" FROM patients
SELECT * FROM (SELECT name AS patient_id FROM patients) x WHERE patient_id = 'x' OR patient_id > ''
SET search_path = ehr; SELECT * FROM labs
SET search_path TO ehr, public; SELECT result FROM labs WHERE result > 0
SELECT set_config('search_path', 'ehr', false); SELECT * FROM ehr.labs
PREPARE q AS SELECT * FROM patients; EXECUTE q
PREPARE q(int) AS SELECT * FROM patients WHERE patient_id > $1; EXECUTE q(0)
PREPARE q AS SELECT name FROM patients LIMIT 40; EXECUTE q; EXECUTE q
DO $$ BEGIN PERFORM * FROM patients; END $$
DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM patients LOOP RAISE NOTICE '%', r; END LOOP; END $$
DO LANGUAGE plpgsql 'BEGIN EXECUTE ''TABLE patients''; END'
EXPLAIN (ANALYZE true, VERBOSE) UPDATE patients SET name = 'x' RETURNING *
EXPLAIN (ANALYZE 'on') SELECT name FROM patients
EXPLAIN ANALYZE CREATE TABLE copy AS SELECT * FROM patients
BEGIN; DECLARE c CURSOR FOR SELECT * FROM patients; FETCH ALL FROM c
DECLARE c SCROLL CURSOR WITH HOLD FOR TABLE patients
FETCH 1000 FROM c
SELECT * FROM patients p NATURAL JOIN (SELECT 1 AS one) x
SELECT * FROM patients a FULL JOIN encounters b USING (patient_id) WHERE b.patient_id IS NULL
SELECT * FROM encounters e LEFT JOIN patients p ON p.patient_id = e.patient_id AND p.patient_id = 1
SELECT * FROM patients WHERE patient_id = ANY (SELECT generate_series(1, 1000))
SELECT * FROM patients WHERE patient_id IN (SELECT generate_series(1, 500))
SELECT * FROM patients WHERE (patient_id, 1) IN (SELECT patient_id, 1 FROM encounters)
SELECT * FROM patients WHERE (patient_id = 1) IS DISTINCT FROM NULL
SELECT * FROM patients WHERE coalesce(patient_id = 1, true) OR patient_id <> 1
SELECT * FROM patients WHERE patient_id BETWEEN 1 AND 100000
SELECT * FROM patients WHERE patient_id BETWEEN 1 AND 2 OR patient_id BETWEEN 3 AND 1000
SELECT * FROM patients WHERE patient_id >= 1 AND patient_id <= 10 + age * 1000
SELECT * FROM patients WHERE patient_id > 1 AND patient_id < '999999'
SELECT * FROM patients WHERE patient_id BETWEEN SYMMETRIC 1000 AND 1
SELECT * FROM patients WHERE patient_id BETWEEN 1.0 AND 2.9e4
SELECT * FROM patients WHERE int4range(1, 10000) @> patient_id
ALTER TABLE patients DROP COLUMN mrn; ALTER TABLE patients ADD COLUMN mrn text DEFAULT 'A1'; SELECT * FROM patients WHERE mrn = 'A1'
ALTER TABLE patients DROP COLUMN patient_id, ADD COLUMN patient_id int DEFAULT 1
ALTER TABLE patients ADD COLUMN "MRN" text; SELECT 1
ALTER TABLE patients RENAME COLUMN name TO ward
ALTER TABLE patients RENAME COLUMN ssn TO age
UPDATE patients SET mrn = 'A1'; SELECT * FROM patients WHERE mrn = 'A1'
UPDATE patients SET patient_id = 1 WHERE ward = 'ICU'
CREATE INDEX wards ON patients ((name || ssn)); ANALYZE patients; SELECT * FROM pg_stats WHERE tablename = 'wards'
CREATE INDEX ON patients ((upper(name))); SELECT most_common_vals FROM pg_stats WHERE tablename = 'patients_upper_idx'
CREATE INDEX doctors_upper_idx ON patients ((name)); SELECT most_common_vals FROM pg_stats WHERE tablename = 'doctors_upper_idx'
ALTER INDEX patients_upper_idx RENAME TO drugs; SELECT histogram_bounds FROM pg_stats WHERE tablename = 'drugs'
CREATE STATISTICS s ON name, ward FROM patients; SELECT most_common_vals FROM pg_stats_ext
SELECT split_part(name, '@', 2), count(*) FROM patients GROUP BY 1
SELECT split_part(email, 'a', 2), count(*) FROM patients GROUP BY 1
SELECT substring(email from '.*'), count(*) FROM patients GROUP BY 1
SELECT string_to_table(string_agg(name, ','), ',') FROM patients
SELECT regexp_split_to_table((SELECT string_agg(name, ',') FROM patients), ',')
SELECT max(name) FROM patients GROUP BY patient_id
SELECT min(name) OVER (PARTITION BY patient_id) FROM patients
SELECT DISTINCT ON (patient_id) * FROM patients
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY name) FROM patients GROUP BY mrn
SELECT mode() WITHIN GROUP (ORDER BY name) FROM patients GROUP BY patient_id
SELECT percentile_disc(ARRAY[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) WITHIN GROUP (ORDER BY name) FROM patients
TABLE patients UNION ALL TABLE patients LIMIT 1000
SELECT * FROM patients EXCEPT SELECT * FROM patients WHERE patient_id = 1
SELECT * FROM patients INTERSECT SELECT * FROM patients
(SELECT * FROM patients LIMIT 30) UNION ALL (SELECT * FROM patients LIMIT 30)
COPY (TABLE patients) TO PROGRAM 'cat'
COPY patients (name, ssn) TO '/tmp/x'
SELECT lo_from_bytea(0, (SELECT string_agg(name, ',') FROM patients)::bytea)
SELECT pg_notify('x', name) FROM patients
NOTIFY x, 'a'; SELECT pg_notify('c', string_agg(name, ',')) FROM patients
CREATE RULE r AS ON SELECT TO wards DO INSTEAD SELECT * FROM patients
CREATE MATERIALIZED VIEW mv AS SELECT * FROM patients; SELECT * FROM mv
CREATE FUNCTION f() RETURNS SETOF patients LANGUAGE sql AS 'TABLE patients'; SELECT * FROM f()
CREATE FUNCTION f() RETURNS text BEGIN ATOMIC SELECT string_agg(name, ',') FROM patients; END; SELECT f()
SELECT count(*) FROM patients WHERE 1 = (SELECT 1 / (CASE WHEN name LIKE 'A%' THEN 0 ELSE 1 END)) GROUP BY name
SELECT 1 / 0 FROM patients WHERE name = ''; SELECT cast(name AS int) FROM patients
LOCK TABLE patients; SELECT ssn FROM patients FOR UPDATE SKIP LOCKED
SELECT p FROM patients AS p
SELECT patients FROM patients
SELECT (patients).* FROM patients
SELECT patients.*::text FROM patients
SELECT ctid, * FROM patients WHERE ctid > '(0,0)'
SELECT * FROM patients WHERE ctid = ANY (ARRAY(SELECT format('(%s,%s)', a, b)::tid FROM generate_series(0, 99) a, generate_series(1, 99) b))
SELECT * FROM patients WHERE tableoid = 'patients'::regclass
SELECT * FROM wards w WHERE w.note IN (SELECT name FROM patients)
SELECT w.name, (SELECT p.name FROM patients p WHERE p.ward = w.name LIMIT 1) FROM wards w
SELECT w.id, l.name FROM wards w LEFT JOIN LATERAL (SELECT name FROM patients p WHERE p.ward = w.name ORDER BY age LIMIT 40) l ON true
SELECT a.name, b.name, c.name FROM patients a, patients b, patients c LIMIT 40
SELECT array_to_string(array(SELECT name FROM patients LIMIT 5000), ',')
SELECT regexp_replace(email, '^.*@', '') AS domain, count(*) FROM patients GROUP BY 1
SELECT * FROM patients p NATURAL JOIN (SELECT 'x' AS ward) x
SELECT * FROM patients p NATURAL JOIN (SELECT * FROM wards LIMIT 1) x
SELECT p.* FROM patients p NATURAL JOIN (SELECT encounter_id FROM encounters WHERE encounter_id = 1) e
SELECT p.* FROM patients p NATURAL LEFT JOIN (SELECT 1 AS patient_id) x
-- by fresh eyes
SELECT p.name FROM patients p JOIN LATERAL (VALUES (p.patient_id)) v(k) ON v.k = p.patient_id
SELECT p.name FROM patients p JOIN (SELECT DISTINCT patient_id FROM encounters) e ON e.patient_id = p.patient_id
SELECT p.name FROM patients p WHERE p.patient_id IN (TABLE ids)
SELECT p.name FROM patients p WHERE p.patient_id = ANY (SELECT id FROM ids LIMIT 5000)
SELECT p.name FROM patients p WHERE ROW(p.patient_id) = ROW(p.patient_id)
SELECT p.name FROM patients p WHERE (p.patient_id, p.mrn) IN (SELECT q.patient_id, q.mrn FROM patients q)
SELECT p.name FROM patients p WHERE (1, 2) = (1, 2)
SELECT p.name FROM patients p WHERE p.patient_id IN (p.patient_id)
SELECT p.name FROM patients p WHERE p.patient_id = p.patient_id + 0
SELECT p.name FROM patients p WHERE 1 = 1 AND 'a' = 'a'
SELECT p.name FROM patients p WHERE NOT p.patient_id <> p.patient_id
SELECT p.name FROM patients p WHERE p.patient_id IS NOT DISTINCT FROM p.patient_id
SELECT p.name FROM patients p WHERE (p.patient_id = 7) IS NOT TRUE
SELECT p.name FROM patients p WHERE (p.patient_id = 7) IS UNKNOWN OR (p.patient_id = 7) IS NOT UNKNOWN
SELECT p.name FROM patients p WHERE (p.patient_id = 7)::int < 2
SELECT p.name FROM patients p WHERE (p.patient_id = 7) IN (true, false)
SELECT p.name FROM patients p WHERE bool_or(p.patient_id = 7) OVER ()
SELECT p.name FROM patients p WHERE CASE p.patient_id WHEN 7 THEN true ELSE p.ward IS NOT NULL END
SELECT p.name FROM patients p WHERE coalesce(p.patient_id = 7, p.ward IS NOT NULL) IS NOT NULL
SELECT p.name FROM patients p WHERE p.patient_id = 7 IS NOT NULL
SELECT p.name FROM patients p WHERE num_nonnulls(p.patient_id = 7) = 1
SELECT p.name FROM patients p WHERE p.patient_id = greatest(p.patient_id, 0)
SELECT p.name FROM patients p WHERE p.patient_id = least(p.patient_id, 999999)
SELECT p.name FROM patients p WHERE p.patient_id = abs(p.patient_id)
SELECT p.name FROM patients p WHERE p.mrn = initcap(p.mrn) OR p.mrn = p.mrn
SELECT p.name FROM patients p WHERE 7 = ALL (ARRAY[7])
SELECT p.name FROM patients p WHERE 7 = ANY (ARRAY[p.patient_id, 7])
SELECT p.name FROM patients p WHERE p.patient_id <> ALL (ARRAY[1, 2])
SELECT p.name FROM patients p WHERE p.patient_id >= ANY (ARRAY[1, 2])
SELECT p.name FROM patients p WHERE p.patient_id = ANY (string_to_array('1 2 3', ' ')::int[] || ARRAY(SELECT patient_id FROM encounters))
SELECT p.name FROM patients p WHERE p.patient_id = ANY (int4multirange(int4range(1, 9999))::text::int[])
SELECT p.name FROM patients p WHERE p.patient_id <@ int4range(1, 5000)
SELECT p.name FROM patients p WHERE ARRAY[p.patient_id] <@ ARRAY(SELECT generate_series(1, 5000))
SELECT p.name FROM patients p WHERE ARRAY[p.patient_id] && ARRAY(SELECT patient_id FROM encounters)
SELECT p.name FROM patients p WHERE position(p.mrn IN (SELECT string_agg(mrn, ',') FROM patients)) > 0
SELECT p.name FROM patients p WHERE strpos('A1 A2 A3 A4', p.mrn) > 0
SELECT p.name FROM patients p WHERE 'A1,A2' ~ p.mrn
SELECT p.name FROM patients p WHERE p.mrn SIMILAR TO 'A%'
SELECT p.name FROM patients p WHERE p.mrn ILIKE ANY (ARRAY['a%', 'b%'])
SELECT p.name FROM patients p WHERE starts_with(p.mrn, '')
SELECT p.name FROM patients p WHERE p.mrn ^@ 'A'
SELECT p.name FROM patients p WHERE p.mrn COLLATE "C" >= ''
SELECT p.name FROM patients p WHERE left(p.mrn, 1) = 'A'
SELECT p.name FROM patients p WHERE right(p.patient_id::text, 1) = '7'
SELECT p.name FROM patients p WHERE substr(p.mrn, 1, 0) = ''
SELECT p.name FROM patients p WHERE p.patient_id % 2 = 0
SELECT p.name FROM patients p WHERE p.patient_id & 0 = 0
SELECT p.name FROM patients p WHERE p.patient_id / 1000000 = 0
SELECT p.name FROM patients p WHERE sign(p.patient_id) = 1
SELECT p.name FROM patients p WHERE p.patient_id::numeric(3, -3) = 0
SELECT p.name FROM patients p WHERE p.patient_id::float4 = 7
SELECT p.name FROM patients p WHERE p.mrn::varchar(1) = 'A'
SELECT p.name FROM patients p WHERE CAST(p.mrn AS char) = 'A'
SELECT p.name FROM patients p WHERE p.mrn::"char" = 'A'
SELECT p.name FROM patients p WHERE p.mrn::bpchar(2) = 'A1'
SELECT p.name FROM patients p WHERE p.patient_id::numeric(12, 0)::text::varchar(1) = '1'
SELECT p.name FROM patients p WHERE md5(p.mrn) > '0'
SELECT p.name FROM patients p WHERE length(p.mrn) = 4
SELECT p.name FROM patients p WHERE hashtext(p.mrn) % 1 = 0
SELECT p.name FROM patients p WHERE translate(p.mrn, '0123456789', '') = 'A'
SELECT p.name FROM patients p WHERE regexp_replace(p.mrn, '\d+', '') = 'A'
SELECT p.name FROM patients p WHERE trim(BOTH '0123456789' FROM p.mrn) = 'A'
SELECT p.name FROM patients p WHERE btrim(p.mrn, '0123456789') = 'A'
SELECT p.name FROM patients p WHERE rtrim(p.mrn, '0123456789') = 'A'
SELECT p.name FROM patients p WHERE ltrim(p.mrn, 'A0123456789') = ''
SELECT p.name FROM patients p WHERE to_char(p.patient_id, 'FM') = ''
SELECT p.name FROM patients p WHERE p.patient_id = width_bucket(p.patient_id, 0, 1000000, 1000000) OR p.patient_id > 0
SELECT p.name FROM patients p LEFT JOIN encounters e ON e.patient_id = p.patient_id AND e.encounter_id = 7
SELECT p.name FROM encounters e RIGHT JOIN patients p ON e.patient_id = p.patient_id AND e.encounter_id = 7
SELECT p.name FROM patients p LEFT JOIN encounters e USING (patient_id) WHERE e.encounter_id IS NULL
SELECT p.name FROM patients p FULL JOIN (SELECT 7 AS patient_id) x USING (patient_id)
SELECT p.name FROM patients p LEFT JOIN (VALUES (7)) v(patient_id) USING (patient_id)
SELECT p.name FROM (VALUES (7)) v(patient_id) RIGHT JOIN patients p USING (patient_id)
SELECT p.name FROM (VALUES (7)) v(patient_id) FULL OUTER JOIN patients p ON v.patient_id = p.patient_id
SELECT p.name FROM patients p LEFT JOIN encounters e ON true WHERE e.encounter_id = 7
SELECT q.name FROM patients p JOIN patients q ON q.ward = p.ward WHERE p.patient_id = 7
SELECT q.name FROM patients p JOIN patients q ON q.patient_id > p.patient_id WHERE p.patient_id = 7
SELECT q.name FROM patients p JOIN patients q USING (ward) WHERE p.mrn = 'A1'
SELECT p.name FROM patients p, encounters e WHERE e.encounter_id = 7 OR e.patient_id = p.patient_id
SELECT p.name FROM patients p JOIN encounters e ON e.doctor_id = p.doctor_id AND e.encounter_id IN (1, 2)
SELECT n.text FROM patients p JOIN notes n ON n.author = p.author WHERE p.patient_id = 7
SELECT p.name FROM patients p CROSS JOIN generate_series(1, 10) g WHERE g = 7
SELECT p.name FROM patients p, generate_series(1, 99999) patient_id WHERE p.patient_id = patient_id
SELECT p.name FROM generate_series(1, 99999) WITH ORDINALITY g(a, b) JOIN patients p ON p.patient_id = g.b
SELECT p.name FROM unnest(string_to_array('1,2,3', ',')) u JOIN patients p ON p.patient_id > u::int
SELECT p.name FROM jsonb_array_elements_text((SELECT jsonb_agg(patient_id) FROM encounters)) j JOIN patients p ON p.patient_id = j::int
SELECT p.name FROM regexp_matches('1 2 3', '\d', 'g') m JOIN patients p ON true
SELECT p.name FROM pg_class c JOIN patients p ON p.patient_id = c.oid::int
SELECT p.name FROM pg_attribute a JOIN patients p ON p.patient_id = a.attnum
SELECT p.name FROM numbers n JOIN patients p ON p.patient_id = n.n
SELECT p.name FROM patients p WHERE EXISTS (SELECT FROM numbers n WHERE n.n = p.patient_id)
SELECT p.name FROM patients p WHERE (SELECT count(*) FROM numbers n WHERE n.n = p.patient_id) = 1
SELECT p.name FROM patients p WHERE (SELECT true)
SELECT p.name FROM patients p WHERE p.patient_id = (SELECT max(n) FROM (VALUES (p.patient_id)) v(n))
SELECT p.name FROM patients p WHERE p.patient_id = (SELECT p.patient_id LIMIT 1)
SELECT p.name FROM patients p WHERE p.patient_id = (SELECT q.patient_id FROM patients q WHERE q.mrn = p.mrn)
SELECT p.name FROM patients p WHERE p.patient_id IN (SELECT unnest(ARRAY[p.patient_id]))
SELECT p.name FROM patients p WHERE p.patient_id IN (SELECT v.n FROM (VALUES (1), (p.patient_id)) v(n))
SELECT p.name FROM patients p WHERE p.patient_id IN (SELECT 7 UNION ALL SELECT p.patient_id)
SELECT (SELECT p.name FROM patients p WHERE p.patient_id = n.n) FROM numbers n
SELECT n.n, ARRAY(SELECT p.name FROM patients p WHERE p.patient_id = n.n) FROM numbers n
SELECT n.n, (SELECT to_jsonb(p) FROM patients p WHERE p.patient_id = n.n) FROM numbers n
SELECT CASE WHEN EXISTS (SELECT 1 FROM patients p WHERE p.patient_id = n.n AND p.name > 'M') THEN 1 ELSE 0 END FROM generate_series(1, 99999) n(n)
SELECT w.name, p.name FROM wards w CROSS JOIN LATERAL (SELECT name FROM patients ORDER BY patient_id OFFSET w.id LIMIT 1) p
SELECT x.name FROM generate_series(0, 9) g CROSS JOIN LATERAL (SELECT name FROM patients ORDER BY patient_id OFFSET g * 50 LIMIT 50) x
SELECT x.* FROM (VALUES (0), (50), (100)) v(o), LATERAL (SELECT * FROM patients ORDER BY patient_id OFFSET v.o LIMIT 50) x
SELECT l.* FROM wards w LEFT JOIN LATERAL (SELECT * FROM patients p WHERE p.ward_id = w.id FETCH FIRST 40 ROWS ONLY) l ON true
SELECT w.name, (SELECT string_agg(p.name, ',') FROM patients p WHERE p.ward_id = w.id) FROM wards w WHERE w.id = 1
SELECT w.name, json_agg(p.name) FROM wards w JOIN patients p ON p.ward_id = w.id GROUP BY w.name
SELECT p.name, count(*) FROM patients p GROUP BY p.name HAVING count(*) > 0
SELECT p.patient_id FROM patients p GROUP BY p.patient_id
SELECT p.name FROM patients p GROUP BY p.patient_id, p.name
SELECT p.name FROM patients p GROUP BY p.patient_id
SELECT min(p.name) FROM patients p GROUP BY p.patient_id / 1
SELECT min(p.name) FROM patients p GROUP BY p.patient_id % 100000
SELECT max(p.name) FROM patients p GROUP BY ctid
SELECT max(p.name) FROM patients p GROUP BY md5(p.mrn)
SELECT max(p.name) FROM patients p GROUP BY left(p.mrn, 5)
SELECT any_name FROM (SELECT max(name) AS any_name FROM patients GROUP BY ward, dob) x
SELECT ward, min(name), max(name) FROM patients GROUP BY ward, dob
SELECT avg(patient_id) FROM patients GROUP BY mrn
SELECT sum(patient_id) FROM patients GROUP BY patient_id
SELECT bit_or(patient_id) FROM patients GROUP BY patient_id
SELECT ward, dob, gender, zip, count(*) FROM patients GROUP BY ward, dob, gender, zip
SELECT DISTINCT ON (mrn) mrn, name FROM patients ORDER BY mrn
SELECT DISTINCT mrn FROM patients
SELECT DISTINCT name, ward FROM patients
SELECT DISTINCT (p).name FROM patients p
SELECT DISTINCT p FROM patients p
SELECT DISTINCT to_jsonb(p) FROM patients p
SELECT name FROM patients UNION ALL VALUES ('x')
VALUES ('x') UNION ALL SELECT name FROM patients
SELECT name FROM patients EXCEPT ALL SELECT 'x'
SELECT name FROM patients INTERSECT ALL SELECT name FROM patients
(SELECT name FROM patients LIMIT 5) UNION (SELECT name FROM patients)
SELECT name FROM patients EXCEPT (SELECT name FROM patients LIMIT 5)
(SELECT name FROM patients ORDER BY 1 LIMIT 49) UNION ALL (SELECT name FROM patients ORDER BY 1 DESC LIMIT 49)
SELECT * FROM patients LIMIT $2 OFFSET $1
SELECT * FROM patients LIMIT CAST(NULL AS int)
SELECT * FROM patients LIMIT NULL::bigint
SELECT * FROM patients LIMIT CASE WHEN true THEN 100000 END
SELECT * FROM patients LIMIT coalesce(NULL, 100000)
SELECT * FROM patients LIMIT 50 * 1000
SELECT * FROM patients LIMIT -(-1000)
SELECT * FROM patients LIMIT 9223372036854775807
SELECT * FROM patients LIMIT '1000'
SELECT * FROM patients LIMIT 50.9 + 1000
SELECT * FROM patients LIMIT (VALUES (100000))
SELECT * FROM patients LIMIT length(repeat('x', 5000))
SELECT * FROM patients FETCH FIRST (1000) ROWS ONLY
SELECT * FROM patients FETCH NEXT $1 ROWS ONLY
SELECT * FROM patients ORDER BY 1 = 1 FETCH FIRST ROW WITH TIES
SELECT * FROM (SELECT * FROM patients ORDER BY true FETCH FIRST 1 ROW WITH TIES) x LIMIT 1000
SELECT * FROM (SELECT * FROM patients LIMIT 50) a, (SELECT * FROM patients OFFSET 50 LIMIT 50) b
SELECT a.name, b.name FROM (SELECT name, row_number() OVER () r FROM patients) a JOIN (SELECT name, row_number() OVER () r FROM patients) b ON a.r = b.r + 50 LIMIT 50
SELECT name, lead(name, 50) OVER (ORDER BY patient_id) FROM patients LIMIT 50
SELECT name, array_agg(name) OVER (ORDER BY patient_id ROWS BETWEEN 1000 PRECEDING AND CURRENT ROW) FROM patients LIMIT 1
SELECT string_agg(name, ',') OVER w FROM patients WINDOW w AS (PARTITION BY ward) LIMIT 10
SELECT json_object_agg(mrn, name) OVER () FROM patients LIMIT 1
SELECT max(array_agg(name)) OVER () FROM patients GROUP BY ward
SELECT * FROM (SELECT *, rank() OVER (ORDER BY gender) r FROM patients) x WHERE r = 1
SELECT * FROM (SELECT *, ntile(1) OVER (ORDER BY patient_id) r FROM patients) x WHERE r = 1
SELECT * FROM (SELECT *, percent_rank() OVER (ORDER BY patient_id) r FROM patients) x WHERE r <= 1
SELECT * FROM (SELECT *, count(*) OVER (PARTITION BY patient_id) r FROM patients) x WHERE r = 1
SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY patient_id) r FROM patients) x WHERE r = 1
SELECT * FROM (SELECT *, row_number() OVER () r FROM patients) x WHERE r > 1
SELECT * FROM (SELECT *, row_number() OVER () r FROM patients) x WHERE r BETWEEN 1 AND 5000
SELECT * FROM (SELECT *, row_number() OVER () r FROM patients) x WHERE r < 10 IS NOT NULL
SELECT * FROM (SELECT *, -row_number() OVER () r FROM patients) x WHERE r < 10
SELECT * FROM (SELECT *, row_number() OVER () / 100000 r FROM patients) x WHERE r < 10
SELECT * FROM (SELECT *, row_number() OVER (ORDER BY name) r FROM patients UNION ALL SELECT *, 1 FROM patients) x WHERE r <= 10
SELECT DISTINCT first_value(name) OVER (PARTITION BY patient_id) FROM patients
SELECT DISTINCT last_value(name) OVER (PARTITION BY mrn) FROM patients
SELECT DISTINCT nth_value(mrn, 1) OVER (PARTITION BY ward, dob) FROM patients
SELECT * FROM patients WINDOW w AS ()
SELECT count(*) OVER (PARTITION BY mrn), mrn FROM patients
SELECT xmlelement(name x, xmlagg(xmlelement(name n, name))) FROM patients
SELECT xmlconcat(xmlagg(xmlforest(mrn, name))) FROM patients
SELECT cast(xmlagg(xmlelement(name p, p.name)) AS text) FROM patients p
SELECT range_agg(int4range(patient_id, patient_id + 1)) FROM patients
SELECT array_agg(DISTINCT mrn ORDER BY mrn) FROM patients
SELECT array_agg(ROW(p.*)) FROM patients p
SELECT array_to_json(array_agg(p)) FROM patients p
SELECT jsonb_object_agg(p.mrn, to_jsonb(p)) FROM patients p
SELECT json_object_agg(ward, name) FROM patients
SELECT jsonb_set('{}', '{a}', (SELECT jsonb_agg(name) FROM patients))
SELECT to_tsvector(string_agg(name, ' ')) FROM patients
SELECT tsvector_to_array(to_tsvector('simple', string_agg(name, ' '))) FROM patients
SELECT encode(string_agg(name::bytea, '\x00'), 'base64') FROM patients
SELECT convert_to(string_agg(name, ''), 'UTF8') FROM patients
SELECT array_fill((SELECT string_agg(name, ',') FROM patients), ARRAY[1])
SELECT format('%s', (SELECT string_agg(name, ',') FROM patients))
SELECT quote_literal(array_agg(name)::text) FROM patients
SELECT ROW(array_agg(name)) FROM patients
SELECT (ARRAY(SELECT p FROM patients p))[1:10000]
SELECT (SELECT array_agg(p) FROM patients p)[1].name
SELECT cardinality(array_agg(name)), array_agg(name) FROM patients
SELECT unnest(ARRAY(SELECT name FROM patients)) LIMIT 1000
SELECT mode() WITHIN GROUP (ORDER BY name) FROM patients GROUP BY mrn
SELECT percentile_disc(ARRAY(SELECT generate_series(0, 1000) / 1000.0)) WITHIN GROUP (ORDER BY mrn) FROM patients
SELECT percentile_disc(g / 1000.0) WITHIN GROUP (ORDER BY name) FROM patients, generate_series(1, 1000) g GROUP BY g
SELECT g, (SELECT percentile_disc(g / 1000.0) WITHIN GROUP (ORDER BY name) FROM patients) FROM generate_series(0, 1000) g
SELECT g, (SELECT min(name) FROM patients WHERE patient_id > g) FROM generate_series(0, 100000) g
SELECT g, (SELECT max(ssn) FROM patients WHERE patient_id = g) FROM generate_series(0, 100000) g
WITH RECURSIVE r AS (SELECT min(name) n FROM patients UNION ALL SELECT (SELECT min(name) FROM patients WHERE name > r.n) FROM r WHERE r.n IS NOT NULL) SELECT n FROM r
WITH RECURSIVE r(k, n) AS (SELECT 0, NULL::text UNION ALL SELECT k + 1, (SELECT name FROM patients WHERE patient_id = k + 1) FROM r WHERE k < 10000) SELECT string_agg(n, ',') FROM r
WITH RECURSIVE r AS (SELECT patient_id FROM patients WHERE patient_id = 1 UNION SELECT p.patient_id FROM patients p, r WHERE p.patient_id > r.patient_id) SELECT * FROM r
WITH RECURSIVE r AS (SELECT 1 n UNION ALL SELECT n + 1 FROM r WHERE n < 5000) SELECT name FROM patients WHERE patient_id IN (SELECT n FROM r)
WITH k AS (SELECT patient_id FROM encounters) SELECT name FROM patients WHERE patient_id IN (SELECT patient_id FROM k)
WITH k AS (SELECT patient_id FROM encounters) SELECT name FROM patients JOIN k USING (patient_id)
WITH one AS (SELECT 1 AS patient_id) SELECT p.name FROM patients p, one
WITH p AS NOT MATERIALIZED (SELECT * FROM patients) SELECT name FROM p WHERE ward = 'ICU'
WITH a AS (SELECT * FROM patients LIMIT 50), b AS (SELECT * FROM patients OFFSET 50 LIMIT 50) SELECT * FROM a UNION ALL SELECT * FROM b
WITH a AS (INSERT INTO scratch SELECT name FROM patients RETURNING *) SELECT count(*) FROM a
WITH a AS (UPDATE patients SET active = true RETURNING patient_id, name) SELECT name FROM a LIMIT 1000
WITH a AS (DELETE FROM worklist RETURNING patient_id) SELECT p.name FROM a JOIN patients p USING (patient_id)
WITH wards AS (SELECT name FROM patients) SELECT * FROM wards
WITH w(a, b) AS (SELECT name, ssn FROM patients) SELECT a || b FROM w
WITH t AS (TABLE patients) TABLE t
WITH t AS (TABLE patients) SELECT t FROM t
SELECT * FROM (TABLE patients) t
SELECT * FROM (VALUES (1)) v, patients
SELECT * FROM patients AS p TABLESAMPLE SYSTEM (50) WHERE p.active
SELECT * FROM patients AS patients(a, b, c, d)
SELECT (x).mrn FROM (SELECT patients AS x FROM patients) y
SELECT x.y.name FROM (SELECT p AS y FROM patients p) x
SELECT (json_populate_record(NULL::patients, to_json(p))).* FROM patients p
SELECT (r).* FROM (SELECT (p.*)::patients AS r FROM patients p) x
SELECT p.name::text || p.ssn FROM patients AS p
SELECT row_to_json(p, true) FROM patients AS p
SELECT p IS NOT NULL, p::text FROM patients p
SELECT textin(record_out(p)) FROM patients p
SELECT record_out(p) FROM patients p
SELECT jsonb_path_query(to_jsonb(p), '$.name') FROM patients p
SELECT j.value FROM patients p CROSS JOIN LATERAL jsonb_each_text(to_jsonb(p)) j
SELECT j.* FROM patients p, LATERAL (SELECT p.name, p.ssn) j
SELECT j.n FROM patients p, LATERAL (VALUES (p.name), (p.ssn)) j(n)
SELECT unnest(ARRAY[name, ssn]) FROM patients
SELECT generate_series(1, 1), name FROM patients
SELECT string_to_table(name, ' ') FROM patients
SELECT regexp_matches(name, '.*', 'g') FROM patients
SELECT ascii(substr(name, 1, 1)), ascii(substr(name, 2, 1)) FROM patients
SELECT length(name), patient_id FROM patients
SELECT name < 'M' FROM patients
SELECT patient_id, name LIKE 'A%' FROM patients
SELECT dob FROM patients ORDER BY dob
SELECT soundex(name), zip FROM patients
SELECT ctid FROM patients
SELECT xmin, ctid, name FROM patients
SELECT * FROM patients WHERE ctid = '(0,1)' OR ctid <> '(0,1)'
SELECT * FROM patients ORDER BY (SELECT 1)
SELECT * FROM patients FOR SHARE
SELECT * FROM patients FOR NO KEY UPDATE NOWAIT
SELECT ALL * FROM ONLY (patients)
SELECT * FROM "public"."patients" AS "p"
SELECT * FROM pg_temp.patients
SELECT * FROM "PATIENTS"
SELECT * FROM clinic.public.patients
SELECT * FROM U&"\0070\0061tients"
SELECT * FROM U&"\+000070atients"
SELECT name FROM patients; -- WHERE patient_id = 1
SELECT name FROM patients /* LIMIT 5 */ /* WHERE patient_id = 7 */
SELECT name /**//* /* */ */ FROM patients
SELECT name FROM patients WHERE ward <> $q$ LIMIT 1 $q$
SELECT name FROM patients WHERE ward <> $$ AND patient_id = 7 $$
SELECT name FROM patients WHERE ward <> E'x\' AND patient_id = 7 AND \'y'
SELECT name FROM patients WHERE ward <> 'a' 'b'
CREATE TABLE x AS SELECT name FROM patients WHERE ward = 'ICU'
CREATE TABLE IF NOT EXISTS x AS TABLE patients WITH DATA
CREATE TABLE x (LIKE patients INCLUDING ALL); INSERT INTO x TABLE patients
CREATE TABLE x () INHERITS (patients); SELECT * FROM patients
CREATE TABLE x PARTITION OF patients DEFAULT
CREATE UNLOGGED TABLE x AS SELECT * FROM patients
CREATE LOCAL TEMPORARY TABLE x AS SELECT mrn FROM patients
SELECT name, ssn INTO UNLOGGED x FROM patients
SELECT name INTO TEMPORARY TABLE x FROM patients
CREATE OR REPLACE VIEW x AS SELECT name FROM patients
CREATE VIEW x WITH (security_invoker = true) AS SELECT * FROM patients WHERE active
CREATE RECURSIVE VIEW x (n) AS SELECT name FROM patients UNION SELECT n FROM x
CREATE MATERIALIZED VIEW x AS SELECT string_agg(name, ',') FROM patients WITH NO DATA
INSERT INTO wards (name) SELECT name FROM patients
INSERT INTO wards TABLE patients
INSERT INTO wards (name) VALUES ((SELECT json_agg(p)::text FROM patients p))
INSERT INTO wards (name) VALUES ('x') ON CONFLICT (name) DO UPDATE SET name = (SELECT string_agg(name, ',') FROM patients)
INSERT INTO wards (name) SELECT p.name FROM patients p WHERE p.patient_id > 7 RETURNING name
INSERT INTO wards (name) WITH p AS (SELECT name FROM patients) SELECT name FROM p
UPDATE wards SET name = (SELECT string_agg(p.name, ',') FROM patients p WHERE p.ward_id = wards.id)
UPDATE wards w SET (name, note) = (SELECT string_agg(p.name, ','), max(p.ssn) FROM patients p WHERE p.ward_id = w.id)
UPDATE wards SET name = p.name FROM patients p WHERE p.ward_id = wards.id
UPDATE patients SET age = age WHERE active RETURNING name
UPDATE patients SET age = age WHERE patient_id IN (SELECT patient_id FROM encounters) RETURNING *
DELETE FROM patients USING wards w WHERE w.id = patients.ward_id RETURNING patients.*
DELETE FROM wards USING patients p WHERE wards.id = p.ward_id RETURNING p.name
MERGE INTO scratch s USING (SELECT * FROM patients) p ON false WHEN NOT MATCHED THEN INSERT (a) VALUES (p.name)
COPY (SELECT name FROM patients ORDER BY 1) TO STDOUT (FORMAT binary)
COPY (SELECT string_agg(name, ',') FROM patients) TO STDOUT
COPY (WITH p AS (SELECT * FROM patients) SELECT * FROM p) TO STDOUT
COPY (VALUES ((SELECT json_agg(p) FROM patients p))) TO STDOUT
COPY patients (name, ssn) TO STDOUT WITH (FORMAT csv, HEADER)
COPY public.patients TO PROGRAM 'gzip > /tmp/x'
PREPARE a AS SELECT name FROM patients WHERE ward = $1; EXECUTE a('ICU')
PREPARE a (int) AS SELECT * FROM patients LIMIT $1; EXECUTE a(100000)
PREPARE a AS DELETE FROM patients RETURNING *; EXECUTE a
PREPARE a AS SELECT 1; DEALLOCATE a; PREPARE a AS TABLE patients; EXECUTE a
PREPARE a AS SELECT * FROM patients WHERE patient_id = $1; EXECUTE a(1); EXECUTE b(2)
EXPLAIN (ANALYZE, VERBOSE) EXECUTE a
EXPLAIN ANALYZE VERBOSE SELECT name FROM patients
EXPLAIN (ANALYZE TRUE, COSTS FALSE) DELETE FROM patients RETURNING name
EXPLAIN (FORMAT YAML, ANALYZE) SELECT * FROM patients WHERE ward = 'x'
EXPLAIN (ANALYZE false, ANALYZE true) SELECT * FROM patients
BEGIN; DECLARE c BINARY CURSOR FOR SELECT name FROM patients; FETCH FORWARD 500 FROM c
DECLARE c INSENSITIVE NO SCROLL CURSOR WITHOUT HOLD FOR TABLE patients; FETCH FORWARD ALL c
DECLARE c CURSOR FOR SELECT json_agg(p) FROM patients p; FETCH c
FETCH ABSOLUTE 7 FROM other_cursor
MOVE 10 IN c; FETCH PRIOR FROM c
CREATE RULE r AS ON INSERT TO wards DO ALSO INSERT INTO scratch SELECT name FROM patients
CREATE RULE "_RETURN" AS ON SELECT TO x DO INSTEAD SELECT * FROM patients
CREATE FUNCTION n() RETURNS text LANGUAGE sql RETURN (SELECT string_agg(name, ',') FROM patients)
CREATE PROCEDURE n() LANGUAGE sql AS 'INSERT INTO scratch SELECT name FROM patients'; CALL n()
CREATE AGGREGATE pack (text) (SFUNC = textcat, STYPE = text); SELECT pack(name) FROM patients
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4ne); SELECT * FROM patients WHERE patient_id === 7
CREATE FUNCTION lower(text) RETURNS text LANGUAGE sql AS 'SELECT string_agg(name, '','') FROM patients'
CREATE CAST (int AS text) WITH FUNCTION leak(int)
CREATE POLICY p ON patients USING (true); SELECT * FROM patients
ALTER TABLE patients RENAME TO people; SELECT * FROM people
ALTER VIEW v_patient_list RENAME TO wlist; SELECT * FROM wlist
ALTER TABLE patients SET SCHEMA archive
ALTER SCHEMA ehr RENAME TO x; SELECT * FROM x.labs
ALTER TABLE patients RENAME COLUMN ward TO patient_id
ALTER TABLE patients ALTER COLUMN patient_id TYPE int USING 7; SELECT * FROM patients WHERE patient_id = 7
ALTER TABLE patients ALTER COLUMN mrn TYPE varchar(1) USING left(mrn, 1)
ALTER TABLE patients ALTER COLUMN mrn TYPE text USING 'A1'
CREATE FOREIGN TABLE x (name text) SERVER s OPTIONS (table_name 'patients'); SELECT * FROM x
SELECT * FROM dblink_exec('dbname=x', 'copy patients to stdout')
SELECT dblink_connect('dbname=x'), dblink_send_query('x', 'table patients')
SELECT * FROM dblink('x', $$TABLE patients$$) AS t(a int)
SELECT lo_export(1, '/tmp/x'), lo_import('/etc/passwd')
SELECT loread(lo_open(16385, 262144), 100000)
SELECT pg_notify('c', (SELECT string_agg(name, ',') FROM patients))
SELECT pg_logical_emit_message(true, 'x', (SELECT string_agg(name, ',') FROM patients))
SELECT set_config('app.x', (SELECT string_agg(name, ',') FROM patients), false)
SELECT set_config('app.x', (SELECT string_agg(name, ',') FROM patients), false); SELECT current_setting('app.x')
SELECT pg_advisory_lock(patient_id) FROM patients
SELECT setval('s', patient_id) FROM patients
SELECT pg_sleep(CASE WHEN name LIKE 'A%' THEN 1 ELSE 0 END) FROM patients
SELECT raise_exception(name) FROM patients
SELECT cast(name AS int) FROM patients
SELECT cast((SELECT string_agg(name, ',') FROM patients) AS int)
SELECT 1 / (SELECT string_agg(name, ',') FROM patients)::int
SELECT pg_get_expr(stxexprs, stxrelid), stxdmcv::text FROM pg_statistic_ext JOIN pg_statistic_ext_data ON true
SELECT most_common_elems FROM pg_stats WHERE attname = 'allergies'
SELECT attname, most_common_vals::text::text[] FROM pg_stats WHERE schemaname = 'public'
SELECT s.histogram_bounds FROM pg_catalog.pg_stats AS s WHERE s.tablename IN ('patients')
SELECT (s).histogram_bounds FROM pg_stats s
SELECT row_to_json(s)->>'most_common_vals' FROM pg_stats s WHERE tablename = 'patients'
SELECT array_to_json(array_agg(s)) FROM pg_stats s
TABLE pg_stats
COPY pg_statistic TO STDOUT
COPY (SELECT * FROM pg_stats) TO STDOUT
SELECT stavalues1, stavalues2 FROM pg_catalog.pg_statistic WHERE starelid = 'patients'::regclass
SELECT array_agg(stavalues1::text) FROM pg_statistic
CREATE TABLE x AS SELECT * FROM pg_statistic
WITH s AS (TABLE pg_stats) SELECT most_common_vals FROM s
SELECT most_common_vals FROM pg_stats WHERE tablename = 'wards' OR tablename = 'patients'
SELECT most_common_vals FROM pg_stats WHERE tablename <> 'wards'
SELECT most_common_vals FROM pg_stats WHERE NOT tablename = 'wards'
SELECT a.most_common_vals FROM pg_stats a, pg_stats b WHERE b.tablename = 'wards'
SELECT most_common_vals FROM pg_stats WHERE attname = 'wards'
SELECT last_value FROM patients_patient_id_seq; SELECT mrn FROM patients
SELECT brin_page_items(get_raw_page('x', 1), 'x'), gin_leafpage_items(get_raw_page('x', 1))
SELECT * FROM pg_ls_logdir(), pg_read_file('log/x')
SELECT pg_stat_file('base'), pg_current_logfile(), pg_read_binary_file('log/postgresql.log')
SELECT * FROM pg_get_wal_records_info('0/1', '0/2')
SELECT * FROM pg_walfile_name('0/1'), pg_logical_slot_get_binary_changes('s', NULL, NULL)
SELECT query_to_json('select * from patients')
SELECT table_to_xmlschema('patients', true, true, ''), table_to_xml_and_xmlschema('patients', true, true, '')
SELECT (xpath('//row', query_to_xml('table patients', false, false, '')))[1]
SELECT * FROM connectby('patients', 'patient_id', 'parent', '1', 0) AS t(a text, b text, c int)
SELECT * FROM json_populate_recordset(NULL::patients, (SELECT json_agg(p) FROM patients p))
SELECT * FROM pg_cursors; FETCH ALL FROM "<unnamed portal 1>"
SELECT * FROM pg_prepared_statements; EXECUTE leftover
DO $x$ BEGIN EXECUTE 'COPY patients TO PROGRAM ''cat'''; END $x$
DO 'BEGIN PERFORM pg_notify(''x'', name) FROM patients; END'
CALL refresh_all()
SET search_path = evil, public; SELECT name FROM patients
SET ROLE postgres; TABLE patients
SET SESSION AUTHORIZATION dba; SELECT name FROM patients
BEGIN; SAVEPOINT a; SELECT name FROM patients; ROLLBACK TO a
LISTEN x; SELECT name FROM patients; UNLISTEN *
SELECT name FROM patients WHERE patient_id = 1; SELECT name FROM patients WHERE patient_id = 1 OR patient_id <> 1
SELECT name FROM patients LIMIT 26; SELECT name FROM patients OFFSET 26 LIMIT 26
SELECT name FROM patients LIMIT 20; SELECT name FROM patients LIMIT 20 OFFSET 20; SELECT name FROM patients LIMIT 20 OFFSET 40
SELECT name FROM patients WHERE patient_id BETWEEN 1 AND 40 UNION ALL SELECT name FROM patients WHERE patient_id BETWEEN 41 AND 80
SELECT name FROM patients WHERE patient_id BETWEEN 1 AND 40 OR patient_id BETWEEN 41 AND 80
SELECT name FROM patients WHERE patient_id BETWEEN 1 AND 40; SELECT name FROM patients WHERE patient_id BETWEEN 41 AND 80
SELECT name FROM patients WHERE NOT (patient_id NOT BETWEEN 1 AND 100000)
SELECT name FROM patients WHERE patient_id BETWEEN SYMMETRIC 100000 AND 1
SELECT name FROM patients WHERE mrn BETWEEN 'A' AND 'B'
SELECT name FROM patients WHERE mrn BETWEEN '1' AND '2'
SELECT name FROM patients WHERE mrn >= '1' AND mrn <= '9'
SELECT name FROM patients WHERE patient_id BETWEEN 1 AND patient_id
SELECT name FROM patients WHERE patient_id BETWEEN patient_id AND 7
SELECT name FROM patients WHERE patient_id NOT BETWEEN 5 AND 6
SELECT name FROM patients WHERE patient_id BETWEEN '-infinity' AND 'infinity'
SELECT name FROM patients WHERE patient_id BETWEEN 1 AND (SELECT max(patient_id) FROM patients)
SELECT name FROM patients WHERE patient_id BETWEEN 1 AND 10 OR mrn BETWEEN 'A' AND 'Z'
IMPORT FOREIGN SCHEMA public FROM SERVER s INTO x
CREATE PUBLICATION p FOR TABLES IN SCHEMA public

SELECT * FROM patients WHERE patient_id = 42
SELECT TOP 10 * FROM patients
SELECT name FROM patients WHERE mrn = 'A1' QUALIFY ROW_NUMBER() OVER (PARTITION BY mrn ORDER BY at DESC) = 1
SELECT ward, COUNT(*) FROM patients GROUP BY ward
SELECT ward, COUNT(*) FROM patients GROUP BY ALL
SELECT DATE_TRUNC('month', admitted_at), COUNT_IF(urgent) FROM encounters GROUP BY 1
SELECT DATEDIFF('year', birth_date, CURRENT_DATE()) AS age, COUNT(*) FROM patients GROUP BY age
SHOW TABLES
DESCRIBE TABLE patients
SELECT * FROM wards
SELECT data:code::string FROM wards
-- ranges, first rows, domains, and more of each kind
SELECT * FROM patients WHERE patient_id BETWEEN 10 AND 20
SELECT * FROM patients QUALIFY ROW_NUMBER() OVER (ORDER BY admitted DESC) <= 10
SELECT * FROM (SELECT *, ROW_NUMBER() OVER (ORDER BY admitted DESC) AS rn FROM patients) WHERE rn <= 10
SELECT SPLIT_PART(email, '@', 2) AS d, COUNT(*) FROM patients GROUP BY d
ALTER TABLE patients RENAME COLUMN phone TO telephone
ALTER TABLE patients ADD COLUMN middle_name STRING
SELECT DATE_TRUNC('month', admitted_at) AS m, COUNT(*) FROM encounters GROUP BY m
SELECT DATE_TRUNC(month, admitted_at), COUNT(*) FROM encounters GROUP BY 1
SELECT ward, COUNT_IF(age > 65) FROM patients GROUP BY ward
SELECT IFF(age > 65, 'old', 'young') g, COUNT(*) FROM patients GROUP BY g
SELECT LISTAGG(DISTINCT ward, ',') FROM patients
SELECT ZEROIFNULL(SUM(cost)) FROM encounters
SELECT DATEDIFF('year', dob, CURRENT_DATE()) AS age, COUNT(*) FROM patients GROUP BY age
SHOW TABLES IN SCHEMA ehr
SHOW COLUMNS IN TABLE patients
DESC TABLE patients
SELECT GET_DDL('table', 'patients')
SELECT table_name, row_count FROM information_schema.tables
EXPLAIN SELECT * FROM patients
EXPLAIN USING TEXT SELECT * FROM patients
SELECT CURRENT_USER(), CURRENT_ROLE(), CURRENT_WAREHOUSE()
USE WAREHOUSE wh
SELECT DATEADD(day, SEQ4(), '2024-01-01') FROM TABLE(GENERATOR(ROWCOUNT => 31))
SELECT * FROM patients LIMIT 10
SELECT COUNT(*) FROM patients SAMPLE (10)
SELECT ward, MEDIAN(cost), APPROX_PERCENTILE(cost, 0.9) FROM encounters GROUP BY ward
SELECT OBJECT_AGG(ward, n) FROM (SELECT ward, COUNT(*)::variant n FROM patients GROUP BY ward)
SELECT ward FROM patients MINUS SELECT name FROM wards
SELECT name FROM patients WHERE mrn ILIKE ANY ('A1') AND mrn = 'A1'
SELECT YEAR(admitted_at), COUNT(*) FROM encounters GROUP BY YEAR(admitted_at)
SELECT PARSE_JSON('{"a":1}'):a::int
SELECT ward, COUNT(DISTINCT patient_id) FROM encounters GROUP BY ward HAVING COUNT(DISTINCT patient_id) > 10
SELECT * FROM patients QUALIFY ROW_NUMBER() OVER (ORDER BY age) <= 10
SELECT DATE_TRUNC('month', admitted_at) m, COUNT_IF(cost > 5) FROM encounters GROUP BY m
SELECT f.value FROM LATERAL FLATTEN(input => PARSE_JSON('[1,2]')) f
SELECT IFF(age > 65, 'old', 'young') a, COUNT(*) FROM patients GROUP BY a
SELECT APPROX_COUNT_DISTINCT(name) FROM patients

SELECT * FROM patients WHERE patient_id = 42
SELECT * FROM patients WHERE mrn = :mrn
SELECT * FROM patients WHERE ROWNUM <= 10
SELECT * FROM (SELECT * FROM patients ORDER BY admitted DESC) WHERE ROWNUM < 11
SELECT * FROM patients FETCH FIRST 10 ROWS ONLY
SELECT * FROM patients OFFSET 10 ROWS FETCH NEXT 10 ROWS ONLY
SELECT COUNT(*) FROM patients
SELECT ward, COUNT(*) FROM patients GROUP BY ward
SELECT EXTRACT(YEAR FROM admitted_at), COUNT(*) FROM encounters GROUP BY EXTRACT(YEAR FROM admitted_at)
SELECT TRUNC(admitted_at, 'MM'), COUNT(*) FROM encounters GROUP BY TRUNC(admitted_at, 'MM')
SELECT TO_CHAR(admitted_at, 'YYYY-MM'), COUNT(*) FROM encounters GROUP BY TO_CHAR(admitted_at, 'YYYY-MM')
SELECT SYSDATE FROM dual
SELECT NVL(name, 'x'), DECODE(kind, 1, 'a', 'b') FROM wards
SELECT table_name FROM all_tables
SELECT column_name, data_type FROM user_tab_columns WHERE table_name = 'PATIENTS'
EXPLAIN PLAN FOR SELECT * FROM patients
SELECT p.name, e.ward FROM patients p, encounters e WHERE e.patient_id = p.patient_id AND p.patient_id = 7
SELECT LISTAGG(name, ',') WITHIN GROUP (ORDER BY name) FROM wards
SELECT w.name FROM wards w WHERE REGEXP_LIKE(w.name, '^A')
UPDATE patients SET ward = 'x' WHERE patient_id = 1
-- ranges, first rows, domains, and more of each kind
SELECT * FROM patients WHERE patient_id BETWEEN 10 AND 20
SELECT * FROM (SELECT p.*, ROW_NUMBER() OVER (ORDER BY admitted DESC) rn FROM patients p) WHERE rn <= 10
SELECT * FROM (SELECT p.*, ROWNUM r FROM (SELECT * FROM patients ORDER BY name) p WHERE ROWNUM <= 20) WHERE r > 10
SELECT * FROM (SELECT * FROM patients ORDER BY name) WHERE ROWNUM <= 10
SELECT SUBSTR(email, INSTR(email, '@') + 1), COUNT(*) FROM patients GROUP BY SUBSTR(email, INSTR(email, '@') + 1)
SELECT REGEXP_SUBSTR(email, '@(.*)$', 1, 1, NULL, 1) d, COUNT(*) FROM patients GROUP BY REGEXP_SUBSTR(email, '@(.*)$', 1, 1, NULL, 1)
ALTER TABLE patients RENAME COLUMN phone TO telephone
ALTER TABLE patients ADD (middle_name VARCHAR2(50))
ALTER TABLE patients DROP COLUMN fax
ALTER TABLE patients MODIFY (name VARCHAR2(200))
SELECT EXTRACT(YEAR FROM dob), COUNT(*) FROM patients GROUP BY EXTRACT(YEAR FROM dob)
SELECT NVL(ward, 'none'), COUNT(*) FROM patients GROUP BY NVL(ward, 'none')
SELECT DECODE(gender, 'F', 'female', 'male'), COUNT(*) FROM patients GROUP BY DECODE(gender, 'F', 'female', 'male')
SELECT FLOOR(MONTHS_BETWEEN(SYSDATE, dob) / 120) * 10, COUNT(*) FROM patients GROUP BY FLOOR(MONTHS_BETWEEN(SYSDATE, dob) / 120) * 10
SELECT LISTAGG(ward, ',') WITHIN GROUP (ORDER BY ward) FROM (SELECT DISTINCT ward FROM patients)
SELECT table_name, num_rows FROM all_tables WHERE owner = 'EHR'
SELECT column_name, data_type FROM all_tab_columns WHERE table_name = 'PATIENTS' ORDER BY column_id
SELECT index_name FROM user_indexes WHERE table_name = 'PATIENTS'
SELECT sysdate FROM dual
SELECT LEVEL FROM dual CONNECT BY LEVEL <= 12
SELECT ADD_MONTHS(DATE '2024-01-01', LEVEL - 1) m FROM dual CONNECT BY LEVEL <= 12
SELECT MEDIAN(cost) FROM encounters
SELECT ward, COUNT(*) FROM patients GROUP BY ward ORDER BY 2 DESC FETCH FIRST 5 ROWS ONLY
SELECT ward FROM patients UNION SELECT name FROM wards
SELECT ward FROM patients MINUS SELECT name FROM wards
SELECT name FROM patients WHERE mrn = :mrn
MERGE INTO wards t USING (SELECT 1 id, 'A' name FROM dual) s ON (t.id = s.id) WHEN MATCHED THEN UPDATE SET t.name = s.name WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id, s.name)
SELECT COUNT(*) FROM patients SAMPLE (10)
SELECT LISTAGG(DISTINCT ward, ',') WITHIN GROUP (ORDER BY ward) FROM encounters
SELECT LEVEL n FROM dual CONNECT BY LEVEL <= 100
SELECT TO_CHAR(admitted_at, 'YYYY-MM') m, COUNT(*) FROM encounters GROUP BY TO_CHAR(admitted_at, 'YYYY-MM')
SELECT DECODE(gender, 'F', 1, 0), COUNT(*) FROM patients GROUP BY DECODE(gender, 'F', 1, 0)
SELECT SYSDATE, USER FROM dual
SELECT table_name FROM user_tables
SELECT q'[it's]' FROM dual

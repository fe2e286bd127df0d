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

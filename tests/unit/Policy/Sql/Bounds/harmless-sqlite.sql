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

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

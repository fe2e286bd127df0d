SELECT * FROM patients WHERE patient_id = 42
SELECT name FROM dbo.patients WHERE mrn = 'A1'
SELECT name FROM [dbo].[patients] WHERE [mrn] = N'A1'
SELECT name FROM patients WHERE patient_id = @id
SELECT name FROM patients WHERE patient_id IN (1, 2, 3)
SELECT TOP 10 * FROM patients
SELECT TOP (50) name FROM patients ORDER BY name
SELECT * FROM patients ORDER BY mrn OFFSET 0 ROWS FETCH NEXT 10 ROWS ONLY
SELECT p.name, e.* FROM patients p JOIN encounters e ON e.patient_id = p.patient_id WHERE p.patient_id = 42
SELECT p.name, e.* FROM patients p LEFT JOIN encounters e ON e.patient_id = p.patient_id WHERE p.patient_id = 42
SELECT p.name, x.ward FROM patients p OUTER APPLY (SELECT TOP 1 e.ward FROM encounters e WHERE e.patient_id = p.patient_id ORDER BY e.day DESC) x WHERE p.patient_id = 42
SELECT TOP 5 p.name, x.ward FROM patients p CROSS APPLY (SELECT TOP 1 e.ward FROM encounters e WHERE e.patient_id = p.patient_id) x
SELECT COUNT(*) FROM patients
SELECT COUNT_BIG(*), AVG(age) FROM patients WHERE ward = 'ICU'
SELECT ward, COUNT(*) AS n FROM patients GROUP BY ward HAVING COUNT(*) > 5 ORDER BY n DESC
SELECT YEAR(admitted_at), MONTH(admitted_at), COUNT(*) FROM encounters GROUP BY YEAR(admitted_at), MONTH(admitted_at)
SELECT DATEPART(year, admitted_at), COUNT(*) FROM encounters GROUP BY DATEPART(year, admitted_at)
SELECT DATEDIFF(year, date_of_birth, GETDATE()) / 10, COUNT(*) FROM patients GROUP BY DATEDIFF(year, date_of_birth, GETDATE()) / 10
SELECT CASE WHEN age >= 65 THEN 'old' ELSE 'young' END, COUNT(*) FROM patients GROUP BY CASE WHEN age >= 65 THEN 'old' ELSE 'young' END
SELECT IIF(age >= 65, 'old', 'young') AS age_band, SUM(cost) FROM encounters GROUP BY IIF(age >= 65, 'old', 'young')
SELECT gender, FORMAT(AVG(age), 'N1') FROM patients GROUP BY gender
SELECT * FROM wards
SELECT w.name, COUNT(p.patient_id) FROM wards w LEFT JOIN patients p ON p.ward_id = w.id GROUP BY w.name
SELECT name FROM wards FOR JSON PATH
SELECT STRING_AGG(name, ',') FROM wards
SELECT name FROM sys.tables
SELECT * FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'patients'
SELECT OBJECT_ID('patients'), DB_NAME(), @@VERSION, SUSER_SNAME()
EXEC sp_help 'patients'
EXEC sp_columns patients
EXEC sp_executesql N'SELECT COUNT(*) FROM patients'
EXEC('SELECT TOP 10 * FROM patients')
DECLARE @n int; SELECT @n = COUNT(*) FROM patients; SELECT @n
DECLARE @id int = 42; SELECT name FROM patients WHERE patient_id = @id
IF EXISTS (SELECT 1 FROM patients WHERE patient_id = 1) SELECT 1 ELSE SELECT 0
WITH m AS (SELECT ward, COUNT(*) AS n FROM patients GROUP BY ward) SELECT * FROM m ORDER BY n
SELECT name FROM (SELECT TOP 10 * FROM patients) x
SELECT TOP 10 name FROM patients FOR JSON AUTO
UPDATE patients SET ward = 'ICU' WHERE patient_id = 42
DELETE FROM patients WHERE patient_id = 42
INSERT INTO patients (name) VALUES ('x')
INSERT INTO patients (name) OUTPUT inserted.patient_id VALUES ('x')
UPDATE e SET ward = 'x' FROM encounters e JOIN wards w ON w.id = e.ward_id WHERE e.encounter_id = 5
CREATE TABLE #t (id int)
SET NOCOUNT ON
USE clinic
BEGIN TRANSACTION; UPDATE patients SET ward = 'x' WHERE patient_id = 1; COMMIT
SELECT value FROM STRING_SPLIT('a,b', ',')
SELECT * FROM OPENJSON('[1,2]')
SELECT ward, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY cost) OVER (PARTITION BY ward) FROM wards
SELECT GETDATE()
PRINT 'x'

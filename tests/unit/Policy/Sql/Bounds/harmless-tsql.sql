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
-- ranges, first rows, domains, and more of each kind
SELECT * FROM patients WHERE patient_id BETWEEN 10 AND 20
SELECT * FROM patients WHERE patient_id >= 10 AND patient_id <= 20
SELECT * FROM (SELECT *, ROW_NUMBER() OVER (ORDER BY admitted DESC) AS rn FROM patients) t WHERE rn <= 10
WITH r AS (SELECT name, ROW_NUMBER() OVER (ORDER BY age DESC) rn FROM patients) SELECT name FROM r WHERE rn BETWEEN 1 AND 20
SELECT RIGHT(email, LEN(email) - CHARINDEX('@', email)) AS domain, COUNT(*) FROM patients GROUP BY RIGHT(email, LEN(email) - CHARINDEX('@', email))
SELECT SUBSTRING(email, CHARINDEX('@', email) + 1, LEN(email)), COUNT(*) FROM patients GROUP BY SUBSTRING(email, CHARINDEX('@', email) + 1, LEN(email))
EXEC sp_rename 'patients.phone', 'telephone', 'COLUMN'
ALTER TABLE patients ADD middle_name nvarchar(50) NULL
ALTER TABLE patients DROP COLUMN fax
ALTER TABLE patients ALTER COLUMN name nvarchar(200) NOT NULL
SELECT ward FROM patients UNION SELECT name FROM wards
SELECT TOP 10 WITH TIES name FROM wards ORDER BY name
SELECT t.name, c.name, ty.name FROM sys.tables t JOIN sys.columns c ON c.object_id = t.object_id JOIN sys.types ty ON ty.user_type_id = c.user_type_id WHERE t.name = 'patients'
SELECT i.name, i.type_desc FROM sys.indexes i WHERE i.object_id = OBJECT_ID('dbo.patients')
SELECT SCHEMA_NAME(schema_id), name FROM sys.objects WHERE type = 'U'
SELECT COUNT(*) FROM patients WITH (NOLOCK)
SELECT ward, COUNT(*) FROM dbo.patients WITH (NOLOCK) GROUP BY ward
SELECT DATEADD(month, DATEDIFF(month, 0, admitted_at), 0) AS m, COUNT(*) FROM encounters GROUP BY DATEADD(month, DATEDIFF(month, 0, admitted_at), 0)
SELECT FORMAT(admitted_at, 'yyyy-MM'), COUNT(*) FROM encounters GROUP BY FORMAT(admitted_at, 'yyyy-MM')
SELECT EOMONTH(admitted_at), COUNT(*) FROM encounters GROUP BY EOMONTH(admitted_at)
SELECT CONVERT(char(7), admitted_at, 120), COUNT(*) FROM encounters GROUP BY CONVERT(char(7), admitted_at, 120)
SELECT CAST(admitted_at AS date), COUNT(*) FROM encounters GROUP BY CAST(admitted_at AS date)
SELECT ISNULL(ward, 'none'), COUNT(*) FROM patients GROUP BY ISNULL(ward, 'none')
SELECT ward, COUNT(*) AS n, RANK() OVER (ORDER BY COUNT(*) DESC) FROM patients GROUP BY ward
SELECT DISTINCT ward FROM patients
SELECT STRING_AGG(ward, ',') FROM (SELECT DISTINCT ward FROM patients) t
SELECT ward, COUNT(*) AS n FROM patients GROUP BY ward FOR JSON PATH
SELECT AVG(CAST(age AS float)), STDEV(age) FROM patients
SELECT SUM(CASE WHEN gender = 'F' THEN 1 ELSE 0 END) FROM patients
SELECT COUNT(DISTINCT patient_id) FROM encounters WHERE admitted_at >= DATEADD(day, -30, GETDATE())
SELECT TOP 20 patient_id, COUNT(*) AS n FROM encounters GROUP BY patient_id ORDER BY n DESC
SELECT w.name, x.n FROM wards w CROSS APPLY (SELECT COUNT(*) AS n FROM patients p WHERE p.ward_id = w.id) x
WITH n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 12) SELECT i FROM n OPTION (MAXRECURSION 100)
WITH n AS (SELECT CAST('2024-01-01' AS date) AS d UNION ALL SELECT DATEADD(day, 1, d) FROM n WHERE d < '2024-01-31') SELECT n.d, COUNT(e.encounter_id) FROM n LEFT JOIN encounters e ON CAST(e.admitted_at AS date) = n.d GROUP BY n.d
DECLARE @from date = '2024-01-01'; SELECT COUNT(*) FROM encounters WHERE admitted_at >= @from
SELECT v.id, p.name FROM (VALUES (1), (2)) AS v(id) JOIN patients p ON p.patient_id = v.id
SELECT name FROM patients WHERE patient_id = TRY_CAST('42' AS int)
UPDATE TOP (1) patients SET ward = 'x' WHERE patient_id = 5
MERGE INTO wards t USING (VALUES (1, 'A')) s (id, name) ON t.id = s.id WHEN MATCHED THEN UPDATE SET name = s.name WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id, s.name);
MERGE INTO patients t USING (VALUES ('A1', 'ICU')) s (mrn, ward) ON t.mrn = s.mrn WHEN MATCHED THEN UPDATE SET ward = s.ward;
IF OBJECT_ID('tempdb..#t') IS NOT NULL DROP TABLE #t
SELECT ward, COUNT(*) AS n INTO #c FROM patients GROUP BY ward; SELECT * FROM #c
DECLARE @t TABLE (id int); INSERT INTO @t VALUES (1); SELECT * FROM @t
BEGIN TRY SELECT COUNT(*) FROM patients END TRY BEGIN CATCH SELECT ERROR_MESSAGE() END CATCH
SET SHOWPLAN_ALL ON
SELECT @@ROWCOUNT, @@SERVERNAME
SELECT * FROM sys.dm_exec_requests
SELECT DATENAME(weekday, admitted_at), COUNT(*) FROM encounters GROUP BY DATENAME(weekday, admitted_at)
SELECT CHOOSE(1, 'a', 'b'), CONCAT('a', 'b'), STUFF('abc', 1, 1, 'x'), NEWID()
SELECT LEFT(zip, 3), COUNT(*) FROM patients GROUP BY LEFT(zip, 3)
SELECT age / 10 * 10, COUNT(*) FROM patients GROUP BY age / 10 * 10
SELECT p.name FROM patients AS p WHERE EXISTS (SELECT 1 FROM encounters e WHERE e.patient_id = p.patient_id) AND p.mrn = 'A1'
SELECT * FROM patients WHERE patient_id = 1 OPTION (RECOMPILE)
SELECT ward, GROUPING(ward), COUNT(*) FROM patients GROUP BY ROLLUP (ward)
SELECT CAST(COUNT(*) AS varchar(10)) + ' patients' FROM patients
CREATE INDEX ix ON patients (ward)
CREATE VIEW v AS SELECT ward, COUNT(*) AS n FROM patients GROUP BY ward
MERGE wards AS w USING (VALUES (1, 'ICU')) AS v(id, name) ON w.id = v.id WHEN MATCHED THEN UPDATE SET name = v.name WHEN NOT MATCHED THEN INSERT (id, name) VALUES (v.id, v.name);
SELECT * FROM patients WHERE mrn = 'A1' FOR JSON PATH, WITHOUT_ARRAY_WRAPPER
SELECT v.n, p.name FROM (VALUES (1), (2)) v(n) CROSS APPLY (SELECT TOP 1 name FROM patients WHERE patient_id = v.n) p
SELECT * FROM (SELECT ward, gender FROM patients) s PIVOT (COUNT(gender) FOR gender IN ([F], [M])) p
SELECT TOP 10 * FROM patients ORDER BY age DESC
SELECT TOP (50) name FROM patients
SELECT * FROM patients ORDER BY age OFFSET 20 ROWS FETCH NEXT 20 ROWS ONLY
SELECT * FROM OPENJSON('[{"a":1}]') WITH (a int)
DECLARE @id int = 7; SELECT * FROM patients WHERE patient_id = @id
WITH c AS (SELECT *, ROW_NUMBER() OVER (ORDER BY age) rn FROM patients) SELECT * FROM c WHERE rn <= 10
SELECT STRING_AGG(ward, ',') FROM (SELECT DISTINCT ward FROM encounters) x
SELECT ward, COUNT(*) FROM patients GROUP BY ROLLUP (ward)
SELECT * FROM patients WHERE patient_id BETWEEN 100 AND 120
UPDATE patients SET ward = 'B' OUTPUT deleted.ward WHERE patient_id = 7
SELECT DATEPART(year, admitted_at) y, COUNT(*) FROM encounters GROUP BY DATEPART(year, admitted_at)
SELECT SUBSTRING(email, CHARINDEX('@', email) + 1, 100) d, COUNT(*) FROM patients GROUP BY SUBSTRING(email, CHARINDEX('@', email) + 1, 100)
SELECT name FROM sys.tables WHERE name LIKE 'pat%'
SELECT @@VERSION, SUSER_SNAME(), GETDATE()
IF EXISTS (SELECT 1 FROM patients WHERE mrn = 'A1') SELECT 1 ELSE SELECT 0
SELECT IIF(age > 65, 'old', 'young') a, COUNT(*) FROM patients GROUP BY IIF(age > 65, 'old', 'young')
SELECT TRY_CONVERT(int, '1'), FORMAT(GETDATE(), 'yyyy')
SELECT ward, AVG(age * 1.0) FROM patients GROUP BY ward HAVING COUNT(*) > 5 ORDER BY 2 DESC
SELECT TOP (10) name, ward FROM patients ORDER BY created_at DESC
SELECT name FROM patients WHERE mrn = N'A1'
SELECT p.name, e.admitted_at FROM patients p INNER JOIN encounters e ON e.patient_id = p.patient_id WHERE p.mrn = 'A1'
SELECT p.name FROM patients p WITH (NOLOCK) WHERE p.patient_id IN (1, 2, 3)
SELECT COUNT_BIG(*) FROM patients
SELECT ward, COUNT(*) AS n FROM patients GROUP BY ward HAVING COUNT(*) > 10 ORDER BY n DESC
SELECT YEAR(dob) AS born, COUNT(*) FROM patients GROUP BY YEAR(dob)
SELECT DATEDIFF(year, dob, GETDATE()) / 10 * 10 AS decade, COUNT(*) FROM patients GROUP BY DATEDIFF(year, dob, GETDATE()) / 10 * 10
SELECT CAST(admitted_at AS date) AS d, COUNT(*) FROM encounters GROUP BY CAST(admitted_at AS date)
SELECT ward, AVG(DATEDIFF(hour, admitted_at, discharged_at)) FROM encounters GROUP BY ward
SELECT CASE WHEN age < 18 THEN 'child' ELSE 'adult' END AS grp, COUNT(*) FROM patients GROUP BY CASE WHEN age < 18 THEN 'child' ELSE 'adult' END
SELECT FORMAT(admitted_at, 'yyyy-MM') AS m, COUNT(*) FROM encounters GROUP BY FORMAT(admitted_at, 'yyyy-MM')
SELECT COLUMN_NAME, DATA_TYPE FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'patients'
SELECT t.name, SUM(p.rows) FROM sys.tables t JOIN sys.partitions p ON p.object_id = t.object_id GROUP BY t.name
SELECT DB_NAME(), OBJECT_ID('patients'), SERVERPROPERTY('ProductVersion')
SELECT session_id, status, command FROM sys.dm_exec_requests WHERE session_id > 50
SELECT name FROM patients WHERE patient_id = 7 ORDER BY name OFFSET 0 ROWS FETCH NEXT 5 ROWS ONLY
SELECT * FROM encounters WHERE patient_id = (SELECT patient_id FROM patients WHERE mrn = 'A1')
WITH me AS (SELECT patient_id FROM patients WHERE mrn = 'A1') SELECT e.* FROM encounters e JOIN me ON me.patient_id = e.patient_id
DECLARE @mrn varchar(20) = 'A1'; SELECT * FROM patients WHERE mrn = @mrn
UPDATE patients SET phone = '555' WHERE patient_id = 7
INSERT INTO wards (name) VALUES ('ICU 2'); SELECT SCOPE_IDENTITY()
BEGIN TRAN; UPDATE wards SET beds = 5 WHERE id = 1; COMMIT
SELECT STRING_AGG(name, ', ') FROM wards
SELECT TOP 5 ward, COUNT(*) c FROM encounters GROUP BY ward ORDER BY c DESC
IF NOT EXISTS (SELECT 1 FROM wards WHERE name = 'x') INSERT INTO wards (name) VALUES ('x')
SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY cost) OVER (PARTITION BY ward) FROM encounters WHERE patient_id = 7

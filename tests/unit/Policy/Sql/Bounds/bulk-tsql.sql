SELECT * FROM patients
SELECT name FROM dbo.patients
SELECT name FROM [dbo].[patients]
SELECT name FROM clinic..patients
SELECT name FROM srv.clinic.dbo.patients
SELECT "name" FROM "patients"
SELECT * FROM patients WITH (NOLOCK)
SELECT TOP 1000 * FROM patients
SELECT TOP 51 name FROM patients
SELECT TOP (10) PERCENT * FROM patients
SELECT TOP (10) WITH TIES * FROM patients ORDER BY ward
SELECT TOP (@n) * FROM patients
SELECT TOP (SELECT COUNT(*) FROM patients) * FROM patients
SELECT * FROM patients ORDER BY mrn OFFSET 10 ROWS
SELECT * FROM patients ORDER BY mrn OFFSET 0 ROWS FETCH NEXT 1000 ROWS ONLY
SET ROWCOUNT 10; SELECT * FROM patients
SELECT TOP 1 (SELECT name FROM patients FOR XML PATH('')) FROM wards
SELECT name FROM patients FOR XML AUTO
SELECT name FROM patients FOR JSON PATH
SELECT STRING_AGG(name, ',') FROM patients
SELECT TOP 1 STRING_AGG(CAST(name AS nvarchar(max)), ',') FROM patients
SELECT STUFF((SELECT ',' + name FROM patients FOR XML PATH('')), 1, 1, '')
DECLARE @s nvarchar(max) = ''; SELECT @s = @s + name FROM patients; SELECT @s
DECLARE @s nvarchar(max); SELECT @s = CONCAT(@s, name) FROM patients; PRINT @s
DECLARE @s nvarchar(max) = (SELECT STRING_AGG(name, ',') FROM patients); SELECT @s
SELECT x.* FROM wards w CROSS APPLY (SELECT TOP 1 * FROM patients p WHERE p.ward_id = w.id ORDER BY name) x
SELECT x.* FROM (SELECT number AS n FROM numbers) g CROSS APPLY (SELECT name FROM patients ORDER BY mrn OFFSET g.n ROWS FETCH NEXT 1 ROW ONLY) x
SELECT * INTO copy FROM patients
SELECT * INTO #t FROM patients
SELECT * INTO #t FROM patients; SELECT * FROM #t
INSERT INTO #t SELECT * FROM patients
INSERT INTO @t SELECT name FROM patients
INSERT scratch EXEC get_patients
DELETE FROM patients OUTPUT deleted.*
UPDATE patients SET ward = ward OUTPUT inserted.name
DELETE FROM patients OUTPUT deleted.name INTO scratch
MERGE scratch AS t USING patients AS s ON t.id = s.patient_id WHEN NOT MATCHED THEN INSERT (a) VALUES (s.name);
UPDATE s SET x = p.name FROM scratch s JOIN patients p ON p.ward = s.ward
WITH p AS (SELECT * FROM patients) SELECT * FROM p
WITH p AS (SELECT TOP 1 name, 1 AS i FROM patients UNION ALL SELECT (SELECT TOP 1 name FROM patients q WHERE q.mrn > p.name), i + 1 FROM p) SELECT * FROM p
CREATE VIEW v AS SELECT * FROM patients
CREATE SYNONYM stuff FOR patients
EXEC sp_rename 'patients', 'stuff'
ALTER TABLE patients SWITCH TO scratch
EXEC('SELECT * FROM patients')
EXEC sp_executesql N'SELECT * FROM patients'
EXEC sp_executesql @sql
EXECUTE get_patients
get_patients
EXEC xp_cmdshell 'type x'
EXEC master..xp_cmdshell 'bcp "select * from clinic..patients" queryout x'
SELECT * FROM OPENROWSET('SQLNCLI', 'x', 'select * from patients')
SELECT * FROM OPENQUERY(srv, 'select * from patients')
SELECT * FROM OPENDATASOURCE('SQLNCLI', 'x').clinic.dbo.patients
SELECT * FROM OPENROWSET(BULK 'c:\x', SINGLE_CLOB) AS t
SELECT dbo.all_patients()
SELECT * FROM dbo.all_patients()
SELECT * FROM all_patients()
DBCC SHOW_STATISTICS ('patients', 'ix_name')
SELECT * FROM sys.dm_db_stats_histogram(OBJECT_ID('patients'), 2)
DECLARE c CURSOR FOR SELECT name FROM patients; OPEN c; FETCH NEXT FROM c
IF 1 = 1 SELECT * FROM patients
IF EXISTS (SELECT 1) BEGIN SELECT * FROM patients END
BEGIN TRY SELECT * FROM patients END TRY BEGIN CATCH END CATCH
WHILE 1 = 1 SELECT TOP 10 * FROM patients
SELECT 1 WHERE 1 = (SELECT STRING_AGG(name, ',') FROM patients)
SELECT CAST((SELECT STRING_AGG(name, ',') FROM patients) AS int)
SELECT name FROM patients WHERE patient_id = 1 OR 1 = 1
SELECT name FROM patients WHERE patient_id = patient_id
SELECT name FROM patients WHERE mrn LIKE '%'
SELECT name FROM patients WHERE patient_id IN (SELECT patient_id FROM encounters)
SELECT p.name FROM patients p LEFT JOIN wards w ON p.patient_id = 1
SELECT name, COUNT(*) FROM patients GROUP BY name
SELECT ward, MAX(ssn) FROM patients GROUP BY ward
SELECT DISTINCT name FROM patients
SELECT * FROM wards UNION ALL SELECT name, 1 FROM patients
SELECT TOP 40 * FROM patients UNION ALL SELECT TOP 40 * FROM v_patients
SELECT * FROM (SELECT * FROM patients) AS x (a, b)
SELECT * FROM patients PIVOT (MAX(name) FOR ward IN ([ICU], [ER])) AS p
SELECT u.* FROM patients UNPIVOT (v FOR k IN (name, ssn)) AS u
BULK INSERT scratch FROM 'c:\x'; SELECT * FROM patients
BACKUP DATABASE clinic TO DISK = 'x'
SELECT/**/*/**/FROM/**/patients
SELECT name FROM patients -- TOP 10
/* TOP 10 */ SELECT name FROM patients
SELECT name FROM patients AS OF
EXEC ('SEL' + 'ECT * FROM pat' + 'ients')
SELECT * FROM CONTAINSTABLE(patients, name, 'x') c JOIN patients p ON p.patient_id = c.[KEY]
SELECT * FROM ehr.labs
SELECT * FROM patients FOR SYSTEM_TIME ALL WHERE ward = 'x'
-- names that lie, ranges, and more of each kind
ALTER TABLE patients DROP COLUMN mrn; ALTER TABLE patients ADD mrn nvarchar(10) NOT NULL DEFAULT 'x'; SELECT * FROM patients WHERE mrn = 'x'
ALTER TABLE patients ADD mrn nvarchar(10) DEFAULT 'x' WITH VALUES
ALTER TABLE patients ADD ward2 AS name
ALTER TABLE patients ADD status AS CONCAT(name, ssn)
EXEC sp_rename 'patients.name', 'ward', 'COLUMN'
EXEC sp_rename 'patients.ward', 'mrn', 'COLUMN'
SELECT * FROM patients WHERE patient_id BETWEEN 1 AND 1000
SELECT * FROM patients WHERE mrn BETWEEN '1' AND '2'
SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY patient_id ORDER BY name) AS rn FROM patients) t WHERE rn = 1
SELECT * FROM (SELECT *, NTILE(5) OVER (ORDER BY name) AS rn FROM patients) t WHERE rn = 1
SELECT * FROM (SELECT *, RANK() OVER (ORDER BY ward) AS rn FROM patients) t WHERE rn <= 5
SELECT TOP 50 PERCENT * FROM patients
SELECT TOP 5 WITH TIES * FROM patients ORDER BY ward
DECLARE @s nvarchar(max); SELECT @s = STRING_AGG(name, ',') FROM patients; PRINT @s
DECLARE @s nvarchar(max); SET @s = (SELECT name FROM patients FOR XML PATH('')); RAISERROR(@s, 16, 1)
SELECT (SELECT name + ',' FROM patients FOR XML PATH(''), TYPE).value('.', 'nvarchar(max)')
SELECT * FROM patients FOR JSON AUTO
SELECT * FROM OPENQUERY(s, 'select * from patients')
EXEC('SELECT * FROM pat' + 'ients')
EXEC sp_MSforeachtable 'SELECT * FROM ?'
EXEC xp_cmdshell 'bcp patients out x'
EXEC('SELECT * FROM patients') AT linked
WHILE 1 = 1 BEGIN SELECT TOP 10 name FROM patients ORDER BY NEWID() END
INSERT INTO scratch SELECT * FROM patients
INSERT INTO scratch EXEC('SELECT * FROM patients')
MERGE INTO scratch t USING patients s ON 1 = 0 WHEN NOT MATCHED THEN INSERT (x) VALUES (s.name);
MERGE INTO patients t USING patients s ON t.patient_id = s.patient_id WHEN MATCHED THEN UPDATE SET ward = s.name;
CREATE SYNONYM wards2 FOR patients
DBCC SHOW_STATISTICS ('patients', 'ix') WITH HISTOGRAM
SELECT range_high_key FROM sys.dm_db_stats_histogram(OBJECT_ID('patients'), 2)
SELECT * FROM wards w CROSS APPLY (SELECT TOP 10 * FROM patients p ORDER BY p.mrn OFFSET w.id ROWS FETCH NEXT 10 ROWS ONLY) x
SELECT * FROM wards w OUTER APPLY (SELECT * FROM patients) x
SELECT name, [A] FROM patients PIVOT (MAX(ssn) FOR ward IN ([A])) p
SELECT x.v FROM patients UNPIVOT (v FOR c IN (name, ssn)) x
SELECT CHECKSUM(name), name FROM patients
SELECT COALESCE(name, '') FROM patients WHERE 'a' = 'a'
SELECT * FROM patients WHERE patient_id = patient_id
SELECT * FROM patients WHERE patient_id IN (SELECT value FROM STRING_SPLIT('1,2,3', ','))
SELECT * FROM patients CHANGE_TRACKING_CONTEXT
SELECT * FROM CHANGETABLE(CHANGES patients, 0) AS c
SELECT * FROM cdc.fn_cdc_get_all_changes_dbo_patients(@a, @b, 'all')
SELECT * FROM patients FOR SYSTEM_TIME ALL
BULK INSERT scratch FROM 'x'; SELECT * FROM patients
ALTER TABLE patients SWITCH TO stuff
SELECT ward, MAX(name) FROM patients GROUP BY ward
SELECT SOUNDEX(name), COUNT(*) FROM patients GROUP BY SOUNDEX(name)
SELECT CONVERT(varchar(10), dob, 120), COUNT(*) FROM patients GROUP BY CONVERT(varchar(10), dob, 120)
SELECT FORMAT(dob, 'yyyy-MM-dd'), COUNT(*) FROM patients GROUP BY FORMAT(dob, 'yyyy-MM-dd')
SELECT LEFT(ssn, 9), COUNT(*) FROM patients GROUP BY LEFT(ssn, 9)
SELECT LEFT(email, CHARINDEX('@', email) - 1), COUNT(*) FROM patients GROUP BY LEFT(email, CHARINDEX('@', email) - 1)
SELECT SUBSTRING(email, CHARINDEX('@', email) - 30, LEN(email)), COUNT(*) FROM patients GROUP BY SUBSTRING(email, CHARINDEX('@', email) - 30, LEN(email))
SELECT RIGHT(email, LEN(email) + CHARINDEX('@', email)), COUNT(*) FROM patients GROUP BY RIGHT(email, LEN(email) + CHARINDEX('@', email))
SELECT SUBSTRING(email, CHARINDEX('@', email) % 1, LEN(email)), COUNT(*) FROM patients GROUP BY SUBSTRING(email, CHARINDEX('@', email) % 1, LEN(email))
CREATE TRIGGER t ON patients AFTER UPDATE AS INSERT INTO scratch SELECT name FROM patients
CREATE PROCEDURE x AS SELECT * FROM patients
MERGE wards AS w USING patients AS p ON w.id = p.patient_id WHEN NOT MATCHED THEN INSERT (name) VALUES (p.name) OUTPUT inserted.name;
SELECT p.* FROM (SELECT TOP (10000) ROW_NUMBER() OVER (ORDER BY (SELECT NULL)) AS n FROM sys.objects a CROSS JOIN sys.objects b) g CROSS APPLY (SELECT * FROM patients WHERE patient_id = g.n) p
SELECT p.name FROM wards w OUTER APPLY (SELECT TOP 40 * FROM patients q WHERE q.ward = w.name) p
SELECT (SELECT name, ssn FROM patients FOR JSON PATH) AS j
SELECT * FROM patients FOR JSON AUTO, ROOT('x')
SELECT name FROM patients FOR XML PATH(''), TYPE
SELECT STRING_AGG(name, ',') WITHIN GROUP (ORDER BY age) FROM patients
SELECT j.* FROM OPENJSON((SELECT * FROM patients FOR JSON PATH)) WITH (name nvarchar(99)) j
SELECT * FROM OPENROWSET('SQLNCLI', 'x', 'SELECT * FROM patients')
SELECT * FROM OPENQUERY(remote, 'SELECT * FROM patients')
SELECT * FROM (SELECT ward, name, age FROM patients) s PIVOT (MAX(name) FOR ward IN ([ICU], [ER])) p
SELECT v.col, v.val FROM patients UNPIVOT (val FOR col IN (name, ssn)) v
SELECT * FROM patients TABLESAMPLE (100 PERCENT)
SELECT TOP 10 WITH TIES * FROM patients ORDER BY ward
SELECT TOP 99 PERCENT * FROM patients
SELECT TOP (10 + 1000) * FROM patients
DECLARE @n int = 100000; SELECT TOP (@n) * FROM patients
SELECT * FROM patients ORDER BY age OFFSET 10 ROWS
SELECT * FROM patients ORDER BY age OFFSET 0 ROWS FETCH NEXT 1000 ROWS ONLY
SELECT * INTO #t FROM patients; SELECT TOP 10 * FROM #t
INSERT INTO #t EXEC('SELECT * FROM patients')
DECLARE c CURSOR FOR SELECT * FROM patients; OPEN c; FETCH NEXT FROM c; WHILE @@FETCH_STATUS = 0 FETCH NEXT FROM c
DECLARE @i int = 1; WHILE @i < 1000 BEGIN SELECT * FROM patients WHERE patient_id = @i; SET @i += 1 END
SELECT [name] FROM [dbo].[patients]
SELECT * FROM master..sysobjects; SELECT * FROM clinic..patients
DELETE patients OUTPUT deleted.* WHERE age > 0
UPDATE patients SET age = age OUTPUT inserted.name INTO #x
DECLARE @s nvarchar(max) = ''; SELECT @s += name FROM patients; PRINT @s
DECLARE @t TABLE (n nvarchar(99)); INSERT @t SELECT name FROM patients; SELECT * FROM @t
SELECT IIF(patient_id = 1, name, name) FROM patients
SELECT COALESCE(ward, name) FROM patients GROUP BY COALESCE(ward, name)
WITH c AS (SELECT *, ROW_NUMBER() OVER (PARTITION BY ward ORDER BY age) rn FROM patients) SELECT * FROM c WHERE rn <= 3
SELECT * FROM patients WHERE patient_id IN (SELECT value FROM GENERATE_SERIES(1, 1000))
SELECT * FROM patients WITH (NOLOCK) -- WHERE patient_id = 1
DBCC SHOW_STATISTICS ('patients', name_stat) WITH HISTOGRAM
SELECT s.range_high_key FROM sys.stats t CROSS APPLY sys.dm_db_stats_histogram(t.object_id, t.stats_id) s
CREATE SYNONYM wards2 FOR patients; SELECT * FROM wards2
EXEC sp_rename 'patients', 'wards2'
SELECT * FROM patients p FOR SYSTEM_TIME ALL
SELECT MAX(name) FROM patients GROUP BY patient_id
SELECT TRY_CONVERT(int, name) FROM patients
SELECT * FROM (SELECT ward, name, gender FROM patients) s PIVOT (COUNT(gender) FOR gender IN ([F], [M])) p
SELECT * FROM patients s PIVOT (COUNT(gender) FOR gender IN ([F], [M])) p
SELECT name FROM patients WHERE patient_id = patient_id AND 1 = 1
SELECT TOP (SELECT COUNT(*) FROM patients) name FROM patients
SELECT TOP 100 PERCENT name FROM patients
SELECT TOP (1) WITH TIES name FROM patients ORDER BY ROW_NUMBER() OVER (PARTITION BY patient_id ORDER BY name)
SELECT name FROM patients ORDER BY (SELECT 1) OFFSET 0 ROWS FETCH NEXT (SELECT 5000) ROWS ONLY
SELECT name FROM patients WHERE CONCAT(patient_id, '') LIKE '%'
SELECT name FROM patients WHERE patient_id IN (SELECT value FROM STRING_SPLIT('1,2,3', ',')) OR 1 = 1
SELECT p.name FROM patients p CROSS APPLY (VALUES (p.patient_id)) v(k) WHERE v.k = p.patient_id
SELECT p.name FROM sys.objects o JOIN patients p ON p.patient_id = o.object_id
SELECT p.name FROM patients p JOIN encounters e ON e.patient_id = p.patient_id
SELECT name FROM patients WHERE LEFT(mrn, 1) = 'A'
SELECT name FROM patients WHERE CAST(mrn AS varchar(1)) = 'A'
SELECT name FROM patients WHERE CONVERT(char(2), mrn) = 'A1'
SELECT name FROM patients WHERE PATINDEX('%', mrn) > 0
SELECT name FROM patients WHERE ISNULL(patient_id, 0) = patient_id
SELECT name FROM patients WHERE NOT EXISTS (SELECT patient_id EXCEPT SELECT patient_id)
SELECT name FROM patients WHERE patient_id = CASE WHEN 1 = 1 THEN patient_id ELSE 7 END
SELECT name FROM patients FOR JSON PATH, WITHOUT_ARRAY_WRAPPER
SELECT (SELECT p.* FOR XML RAW) FROM patients p
DECLARE @x xml = (SELECT * FROM patients FOR XML AUTO); SELECT @x
DECLARE @n varchar(max); SELECT @n = COALESCE(@n + ',', '') + name FROM patients; SELECT @n
SELECT name INTO ##t FROM patients
INSERT INTO dbo.wards (name) SELECT name FROM patients
UPDATE w SET w.name = p.name FROM wards w JOIN patients p ON p.ward_id = w.id
DELETE TOP (100) FROM patients OUTPUT deleted.name
MERGE wards w USING patients p ON 1 = 0 WHEN NOT MATCHED THEN INSERT (name) VALUES (p.name);
EXEC ('SELECT * FROM ' + 'patients')
EXECUTE xp_cmdshell 'bcp patients out x'
BULK INSERT wards FROM 'x'; SELECT * FROM patients
SELECT * FROM OPENDATASOURCE('SQLNCLI', 'x').db.dbo.patients
WAITFOR DELAY '00:00:01'; SELECT name FROM patients
IF 1 = 1 SELECT name FROM patients
BEGIN TRY SELECT name FROM patients END TRY BEGIN CATCH END CATCH
WITH n AS (SELECT 1 i UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT p.name FROM n JOIN patients p ON p.patient_id = n.i OPTION (MAXRECURSION 0)
SELECT * FROM patients UNPIVOT (v FOR c IN (name, mrn)) u
SELECT LAG(name) OVER (ORDER BY patient_id) FROM patients
SELECT name, GROUPING_ID(name) FROM patients GROUP BY name WITH CUBE
SELECT ward, STRING_AGG(name, ',') FROM patients GROUP BY ward
SELECT [name] FROM [patients] AS [wards]
SELECT name FROM PATIENTS WITH (INDEX(1), READPAST)

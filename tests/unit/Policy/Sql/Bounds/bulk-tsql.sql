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

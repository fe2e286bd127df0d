-- Each room has a database and a role of its own, and no other.
\set recorder `cat /run/secrets/recorder.password`
\set approval `cat /run/secrets/approval.password`
CREATE ROLE recorder LOGIN PASSWORD :'recorder';
CREATE ROLE approval LOGIN PASSWORD :'approval';
CREATE DATABASE recorder OWNER recorder;
CREATE DATABASE approval OWNER approval;
REVOKE ALL ON DATABASE recorder, approval, postgres, template1 FROM PUBLIC;

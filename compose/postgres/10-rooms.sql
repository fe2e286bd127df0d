-- Each room has a database and a role of its own, and no other.
\set recorder `cat /run/secrets/recorder.password`
\set approval `cat /run/secrets/approval.password`
\set policy `cat /run/secrets/policy.password`
CREATE ROLE recorder LOGIN PASSWORD :'recorder';
CREATE ROLE approval LOGIN PASSWORD :'approval';
CREATE ROLE policy LOGIN PASSWORD :'policy';
CREATE DATABASE recorder OWNER recorder;
CREATE DATABASE approval OWNER approval;
CREATE DATABASE policy OWNER policy;
REVOKE ALL ON DATABASE recorder, approval, policy, postgres, template1 FROM PUBLIC;

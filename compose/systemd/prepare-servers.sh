#!/usr/bin/env bash
# Makes the broker's user and virtual host, and a database with a role of its own for each room that keeps something, with the
# passwords in /etc/chaperone. What is there already gets the password anew. Run as root, with both servers up.
#   SECRETS (/etc/chaperone)  PSQL (runuser -u postgres -- psql)  RABBITMQCTL (rabbitmqctl)
set -euo pipefail
secrets=${SECRETS:-/etc/chaperone}
read -r -a psql <<<"${PSQL:-runuser -u postgres -- psql}"
read -r -a rabbitmqctl <<<"${RABBITMQCTL:-rabbitmqctl}"

# By standard input, so that no password is in an argument list.
sql() { "${psql[@]}" -v ON_ERROR_STOP=1 -qtA -d postgres; }
for room in recorder approval policy; do
  password=$(<"$secrets/$room.password")
  [[ $password =~ ^[A-Za-z0-9]+$ ]] || { printf '%s/%s.password holds other characters than letters and digits.\n' "$secrets" "$room" >&2; exit 1; }
  [[ $(sql <<<"SELECT count(*) FROM pg_roles WHERE rolname = '$room'") == 1 ]] || sql <<<"CREATE ROLE $room LOGIN"
  sql <<<"ALTER ROLE $room PASSWORD '$password'"
  [[ $(sql <<<"SELECT count(*) FROM pg_database WHERE datname = '$room'") == 1 ]] || sql <<<"CREATE DATABASE $room OWNER $room"
  sql <<<"REVOKE ALL ON DATABASE $room FROM PUBLIC"
done

"${rabbitmqctl[@]}" -q list_vhosts name | grep -qx chaperone || "${rabbitmqctl[@]}" -q add_vhost chaperone
if "${rabbitmqctl[@]}" -q list_users | cut -f1 | grep -qx chaperone; then
  "${rabbitmqctl[@]}" -q change_password chaperone <"$secrets/broker.password"
else
  "${rabbitmqctl[@]}" -q add_user chaperone <"$secrets/broker.password"
fi
"${rabbitmqctl[@]}" -q set_permissions -p chaperone chaperone '.*' '.*' '.*'
printf 'Broker and databases are ready.\n'

#!/usr/bin/env bash
# Brings a backup of backup.sh into an empty place: empty databases (compose/systemd/prepare-servers.sh makes them), no keys, rooms
# stopped. Nothing that is there is overwritten. A recorder's log/ that survived may stay: should the backup be older than what it
# published, the recorder refuses to sign, and says so. Run as root.
#   STATE (/var/lib/chaperone)  DATABASES (policy approval recorder, or room=name)
#   PSQL (runuser -u postgres -- psql)  PG_RESTORE (runuser -u postgres -- pg_restore)
set -euo pipefail
umask 077
from=${1:?Name the folder that backup.sh made}
state=${STATE:-/var/lib/chaperone}
read -r -a psql <<<"${PSQL:-runuser -u postgres -- psql}"
read -r -a pg_restore <<<"${PG_RESTORE:-runuser -u postgres -- pg_restore}"
read -r -a databases <<<"${DATABASES:-policy approval recorder}"
(cd "$from" && sha256sum --check --quiet SHA256SUMS) || { printf '%s is not as backup.sh left it.\n' "$from" >&2; exit 1; }
if compgen -G "$state/keys/*" >/dev/null; then
  printf '%s/keys is not empty. Move it aside: a key that a room made anew opens nothing of the backup.\n' "$state" >&2; exit 1
fi
for each in "${databases[@]}"; do
  tables=$("${psql[@]}" -v ON_ERROR_STOP=1 -qtA -d "${each#*=}" -c "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")
  [[ $tables == 0 ]] || { printf 'Database %s holds %s tables already. Restore into an empty one.\n' "${each#*=}" "$tables" >&2; exit 1; }
done

mkdir -p "$state"
tar -C "$state" -xpf "$from/keys/keys.tar"
if [[ -f $from/records/policy-versions.tar ]]; then
  mkdir -p "$state/policy"
  tar -C "$state/policy" -xpf "$from/records/policy-versions.tar"
fi
for each in "${databases[@]}"; do
  # All or nothing, and owned by the room's role, which the database belongs to.
  "${pg_restore[@]}" --exit-on-error --single-transaction --no-owner --role="${each%%=*}" --dbname="${each#*=}" <"$from/records/${each%%=*}.dump"
done
cat <<END
Restored from $from. Before the rooms start, prove that nothing is missing:
  chaperone verify --postgres 'Host=127.0.0.1;Database=recorder;Username=recorder' --password-file /etc/chaperone/recorder.password \\
    --key $from/records/log.vkey --since $from/records/checkpoint
END

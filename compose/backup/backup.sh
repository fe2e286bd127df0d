#!/usr/bin/env bash
# Backs the production form up into a new folder, while it runs: records/ holds the databases and the published checkpoint, keys/ the
# keys. Whoever has both can read the records: take them to different places. Run as root.
#   STATE (/var/lib/chaperone)  DATABASES (policy approval recorder, or room=name)  PG_DUMP (runuser -u postgres -- pg_dump)
set -euo pipefail
umask 077
to=${1:?Name a folder that is not there yet, e.g. backup.sh /backup/$(date +%F)}
state=${STATE:-/var/lib/chaperone}
read -r -a pg_dump <<<"${PG_DUMP:-runuser -u postgres -- pg_dump}"
read -r -a databases <<<"${DATABASES:-policy approval recorder}"
[[ ! -e $to ]] || { printf '%s is there already. Name a new folder.\n' "$to" >&2; exit 1; }
mkdir -p "$to/records" "$to/keys"

# The checkpoint before the database: what it says is then in the dump, and can be proven after a restore. A recorder's log/ is made
# anew from its database and is not needed.
checkpoint=$(find "$state" -path "*/log/checkpoint" -print -quit)
[[ -n $checkpoint ]] || { printf 'No published checkpoint lies below %s: is STATE right, and does the recorder run here?\n' "$state" >&2; exit 1; }
cp "$checkpoint" "$to/records/checkpoint"
cp "$(dirname "$checkpoint")/log.vkey" "$to/records/log.vkey"

# The recorder's last: what the others hold by then has its record.
for each in "${databases[@]}"; do
  "${pg_dump[@]}" --format=custom --no-owner --no-privileges "${each#*=}" >"$to/records/${each%%=*}.dump"
done
[[ ! -d $state/policy/versions ]] || tar -C "$state/policy" -cf "$to/records/policy-versions.tar" versions

tar -C "$state" -cf "$to/keys/keys.tar" keys
(cd "$to" && find . -type f ! -name SHA256SUMS -print0 | sort -z | xargs -0 sha256sum >SHA256SUMS)
printf 'Backed up to %s. Take records/ and keys/ to different places, and SHA256SUMS to a third.\n' "$to"

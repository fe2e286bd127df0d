#!/usr/bin/env bash
# Brings a backup of backup.sh into an empty place: empty databases (prepare-servers.sh makes them), no keys, no versions of the
# policy, rooms stopped. It refuses where any of them is there already, and overwrites nothing. A recorder's log/ that survived may
# stay: should the backup be older than what it published, the recorder refuses to sign, and says so. Run as root. The compose form
# keeps keys in volumes: docs/production.md has the command that shows them as one tree.
#   STATE (/var/lib/chaperone)  DATABASES (policy approval recorder, or room=name)
#   PSQL (runuser -u postgres -- psql)  PG_RESTORE (runuser -u postgres -- pg_restore)
set -euo pipefail
umask 077
from=${1:?Name the folder that backup.sh made}
state=${STATE:-/var/lib/chaperone}
read -r -a psql <<<"${PSQL:-runuser -u postgres -- psql}"
read -r -a pg_restore <<<"${PG_RESTORE:-runuser -u postgres -- pg_restore}"
read -r -a databases <<<"${DATABASES:-policy approval recorder}"
fail() { printf '%s\n' "$*" >&2; exit 1; }
holds_files() { [[ -n $(find "$1" ! -type d -print -quit 2>/dev/null) ]]; }

# What is restored was named and summed by backup.sh: nothing altered, nothing away, nothing put beside it.
[[ -f $from/SHA256SUMS ]] || fail "$from/SHA256SUMS is not there: bring records/, keys/ and SHA256SUMS together again."
(cd "$from" && sha256sum --check --strict --quiet SHA256SUMS) || fail "$from is not as backup.sh left it."
more=$(cd "$from" && comm -13 <(sed 's/^[0-9a-f]\{64\} [ *]//' SHA256SUMS | LC_ALL=C sort) <(find . ! -type d ! -path ./SHA256SUMS | LC_ALL=C sort))
[[ -z $more ]] || fail "$from holds what SHA256SUMS does not name: ${more//$'\n'/, }. Move it away, if you know what it is."
tar -tf "$from/keys/keys.tar" >/dev/null || fail "$from/keys/keys.tar cannot be read."
for each in "${databases[@]}"; do
  "${pg_restore[@]}" --list <"$from/records/${each%%=*}.dump" >/dev/null || fail "$from/records/${each%%=*}.dump cannot be read: is this pg_restore as new as the pg_dump that made it?"
done

! holds_files "$state/keys" || fail "$state/keys is not empty. Move it aside: a key that a room made anew opens nothing of the backup."
! holds_files "$state/policy/versions" || fail "$state/policy/versions is not empty. Move it aside: it may know of versions that came after the backup."
for each in "${databases[@]}"; do
  tables=$("${psql[@]}" -v ON_ERROR_STOP=1 -qtA -d "${each#*=}" -c "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")
  [[ $tables == 0 ]] || fail "Database ${each#*=} holds $tables tables already. Restore into an empty one: move it aside (ALTER DATABASE ... RENAME TO), or drop it if a restore broke off; prepare-servers.sh makes it anew."
done

# The keys last: as long as they are not there no room can take what is half restored for its own, and it can be tried again.
for each in "${databases[@]}"; do
  # All or nothing, and owned by the room's role, which the database belongs to.
  "${pg_restore[@]}" --exit-on-error --single-transaction --no-owner --role="${each%%=*}" --dbname="${each#*=}" <"$from/records/${each%%=*}.dump" \
    || fail "Database ${each#*=} could not be restored and is empty; no keys were unpacked. Mend what it says above, drop those that were restored before it (of ${databases[*]}), and begin again with prepare-servers.sh."
done
made=()
make_folder() { [[ -d $1 ]] || { mkdir -p "$1" && made+=("$1"); }; }
make_folder "$state"
if [[ -f $from/records/policy-versions.tar ]]; then
  make_folder "$state/policy"
  tar -C "$state/policy" -xpf "$from/records/policy-versions.tar"
fi
tar -C "$state" -xpf "$from/keys/keys.tar"

# A folder that was made here is root's, and the rooms could not enter it: it is to be as that of the keys.
for each in "${made[@]}"; do
  chown --reference="$state/keys" "$each"
  chmod --reference="$state/keys" "$each"
done
cat <<END
Restored from $from. Before the rooms start, prove that nothing is missing:
  chaperone verify --postgres 'Host=127.0.0.1;Database=recorder;Username=recorder' --password-file /etc/chaperone/recorder.password \\
    --key $from/records/log.vkey --since $from/records/checkpoint
END

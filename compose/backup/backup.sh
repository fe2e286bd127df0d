#!/usr/bin/env bash
# Backs the production form up into a new folder, while it runs: records/ holds the databases and the published checkpoint, keys/ the
# keys. Whoever has both can read the records: take them to different places. Run as root. The compose form keeps keys in volumes:
# docs/production.md has the command that shows them as one tree.
#   STATE (/var/lib/chaperone)  DATABASES (policy approval recorder, or room=name)  PG_DUMP (runuser -u postgres -- pg_dump)
#   CHECKPOINT (the largest of STATE/*/log/checkpoint; folders with a dot in their name, as when moved aside, do not count)
set -euo pipefail
umask 077
to=${1:?Name a folder that is not there yet, e.g. backup.sh /backup/$(date +%F)}
state=${STATE:-/var/lib/chaperone}
read -r -a pg_dump <<<"${PG_DUMP:-runuser -u postgres -- pg_dump}"
read -r -a databases <<<"${DATABASES:-policy approval recorder}"
fail() { printf '%s\n' "$*" >&2; exit 1; }
[[ ! -e $to ]] || fail "$to is there already. Name a new folder."
[[ -n $(find "$state/keys" ! -type d -print -quit 2>/dev/null) ]] || fail "$state/keys holds no key: is STATE right?"

# Recorders of one ledger publish each into a folder of its own; the largest is the newest.
if [[ -n ${CHECKPOINT:-} ]]; then
  found=("$CHECKPOINT")
else
  mapfile -d '' -t found < <(find "$state" -mindepth 1 -maxdepth 3 -name '*.*' -prune -o -path '*/log/checkpoint' -print0)
fi
((${#found[@]})) || fail "No published checkpoint is there as $state/*/log/checkpoint: is STATE right, and does the recorder run here? CHECKPOINT names it otherwise."
checkpoint='' largest=-1
for each in "${found[@]}"; do
  vkey=$(dirname "$each")/log.vkey
  size=$(sed -n 2p "$each")
  [[ $size =~ ^(0|[1-9][0-9]{0,17})$ && -s $vkey ]] || fail "$each is no checkpoint with its log.vkey beside it. Move it aside, or name the right one in CHECKPOINT."
  cmp -s "$vkey" "$(dirname "${found[0]}")/log.vkey" || fail "$each and ${found[0]} are of different ledgers. Name the right one in CHECKPOINT."
  if ((size > largest)); then checkpoint=$each largest=$size; fi
done
((${#found[@]} == 1)) || printf 'Of %s checkpoints this is the largest, with %s records: %s\n' "${#found[@]}" "$largest" "$checkpoint"

# The checkpoint before the database: what it says is then in the dump, and can be proven after a restore. A recorder's log/ is made
# anew from its database and is not needed.
mkdir -p "$to/records" "$to/keys"
cp "$checkpoint" "$to/records/checkpoint"
cp "$(dirname "$checkpoint")/log.vkey" "$to/records/log.vkey"

# The recorder's last: what the others hold by then has its record.
for each in "${databases[@]}"; do
  "${pg_dump[@]}" --format=custom --no-owner --no-privileges "${each#*=}" >"$to/records/${each%%=*}.dump"
done
[[ ! -d $state/policy/versions ]] || tar -C "$state/policy" -cf "$to/records/policy-versions.tar" versions

tar -C "$state" -cf "$to/keys/keys.tar" keys
(cd "$to" && find . -type f ! -path ./SHA256SUMS -print0 | sort -z | xargs -0 sha256sum >SHA256SUMS)
printf 'Backed up to %s. Take records/ and keys/ to different places, and SHA256SUMS to a third.\n' "$to"

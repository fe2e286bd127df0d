#!/bin/sh
# Verifies the bundle of evidence that this script lies in, and says what was altered. Usage: sh verify.sh [KEY]
# KEY is the log's verifier key as you kept it (name+hash+key); without it log.vkey of the bundle is used.
# Needs openssl 3 and sha256sum. Exit codes: 0 intact, 1 not intact, 2 cannot check.
set -u
LC_ALL=C
export LC_ALL
cd -- "$(dirname -- "$0")" || exit 2
for tool in openssl sha256sum awk sed grep sort find split od cut tail head tr cmp mktemp xargs; do
  command -v "$tool" >/dev/null 2>&1 || { echo "CANNOT CHECK: this needs $tool"; exit 2; }
done
case $(openssl version) in
  'OpenSSL 0.'* | 'OpenSSL 1.'* | LibreSSL*) echo "CANNOT CHECK: this needs openssl 3, here is $(openssl version)"; exit 2 ;;
esac
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
bad=0
wrong() {
  echo "NOT INTACT: $1"
  bad=1
}
finish() {
  if [ "$bad" -eq 0 ]; then echo "$1"; fi
  exit "$bad"
}
hash_of() { sha256sum < "$1" | cut -c1-64; }
octal='BEGIN { digits = "0123456789abcdef" }
{ out = ""; for (i = 1; i < length($0); i += 2) out = out sprintf("\\%03o", (index(digits, substr($0, i, 1)) - 1) * 16 + index(digits, substr($0, i + 1, 1)) - 1); print out }'
# SHA-256 of 0x01 and two hashes in hex.
node() {
  printf '%s\n' "01$1$2" | awk "$octal" > "$tmp/node"
  while IFS= read -r bytes; do printf "$bytes"; done < "$tmp/node" | sha256sum | cut -c1-64
}

# 1. The key.
if [ $# -gt 0 ]; then
  vkey=$1
elif [ -f log.vkey ]; then
  vkey=$(cat log.vkey)
else
  wrong "log.vkey: it is missing"
  finish ""
fi
name=${vkey%%+*}
rest=${vkey#*+}
keyid=${rest%%+*}
printf '%s' "${rest#*+}" | openssl base64 -d -A > "$tmp/typed" 2>/dev/null
if [ "$(od -An -tx1 -N1 "$tmp/typed" | tr -d ' ')" != 01 ] || [ "$(($(wc -c < "$tmp/typed")))" -ne 33 ] ||
  [ "$({ printf '%s\n' "$name"; cat "$tmp/typed"; } | sha256sum | cut -c1-8)" != "$keyid" ] ||
  [ "$name+$keyid+$(openssl base64 -A -in "$tmp/typed")" != "$vkey" ]; then
  [ $# -eq 0 ] || { echo "CANNOT CHECK: the key you gave is not a verifier key (name+hash+key) whose hash fits"; exit 2; }
  wrong "log.vkey: it is not a verifier key whose hash fits"
  finish ""
fi
{ printf '\060\052\060\005\006\003\053\145\160\003\041\000'; tail -c 32 "$tmp/typed"; } > "$tmp/key.der"

# One key signs all logs of a ledger, each under its own name.
as() {
  signer=$1
  signerid=$({ printf '%s\n' "$1"; cat "$tmp/typed"; } | sha256sum | cut -c1-8)
}
as "$name"
# A signed note: the text before its first blank line, and a signature by the key over it. Leaves the text in $tmp/text.
signed() {
  sed '/^$/,$d' "$1" > "$tmp/text"
  blob=$(sed '1,/^$/d' "$1" | awk -v name="$signer" '$2 == name { print $3; exit }')
  printf '%s' "$blob" | openssl base64 -d -A > "$tmp/blob" 2>/dev/null
  [ "$(($(wc -c < "$tmp/blob")))" -eq 68 ] || return 1
  [ "$(od -An -tx1 -N4 "$tmp/blob" | tr -d ' \n')" = "$signerid" ] || return 1
  tail -c 64 "$tmp/blob" > "$tmp/sig"
  openssl pkeyutl -verify -pubin -keyform DER -inkey "$tmp/key.der" -rawin -in "$tmp/text" -sigfile "$tmp/sig" >/dev/null 2>&1
}

# 2. The manifest, and what it lists.
for file in manifest.json manifest.note; do
  [ -f "$file" ] || wrong "$file: it is missing"
done
[ "$bad" -eq 0 ] || finish ""
if signed manifest.note && [ "$(sed -n 1p "$tmp/text")" = 'dev.chaperone/evidence/v1' ] && [ "$(sed -n 2p "$tmp/text")" = "$name" ]; then
  { cat "$tmp/text"; printf '\n\342\200\224 %s %s\n' "$name" "$(openssl base64 -A -in "$tmp/blob")"; } > "$tmp/note"
  cmp -s "$tmp/note" manifest.note || wrong "manifest.note: it has other bytes than a signed note"
else
  wrong "manifest.note: it is not signed by $vkey"
fi
if [ "$(sed -n 4p "$tmp/text")" != "$(hash_of manifest.json)" ]; then
  wrong "manifest.json: it is not the one that was signed"
fi
sed -n 's/^{"path":"\([^"]*\)","bytes":[0-9]*,"sha256":"\([0-9a-f]*\)".*/\2 \1/p' manifest.json > "$tmp/files"
while read -r want path; do
  if [ ! -f "$path" ]; then
    wrong "$path: it is missing"
  elif [ "$(hash_of "$path")" != "$want" ]; then
    wrong "$path: it was altered"
  fi
done < "$tmp/files"
{ cut -d ' ' -f 2- "$tmp/files"; echo manifest.json; echo manifest.note; } > "$tmp/known"
find . -type f | sed 's|^\./||' | grep -Fxv -f "$tmp/known" > "$tmp/extra"
while IFS= read -r path; do wrong "$path: it does not belong to this bundle"; done < "$tmp/extra"
for file in checkpoint records.jsonl proofs.tsv; do
  [ -f "$file" ] || finish ""
done

# 3. The checkpoints: one, or one for each log of logs.tsv, whose first leaf says how the log before it was closed. Leaves a
# line for each log in $tmp/logs: number of its first record, size, root in hex, name.
tab=$(printf '\t')
mkdir "$tmp/leaf" "$tmp/header"
: > "$tmp/logs"
: > "$tmp/carried"
log() {
  as "$2"
  if signed "$3" && [ "$(sed -n 1p "$tmp/text")" = "$2" ]; then :; else
    wrong "$3: it is not signed by $vkey$([ "$2" = "$name" ] || echo " as $2")"
    finish ""
  fi
  size=$(sed -n 2p "$tmp/text")
  root64=$(sed -n 3p "$tmp/text")
  root=$(printf '%s' "$root64" | openssl base64 -d -A | od -An -tx1 | tr -d ' \n')
  printf '%s %s %s %s\n' "$1" "$size" "$root" "$2" >> "$tmp/logs"
}
begins=0
if [ -f logs.tsv ]; then
  logs=$(($(wc -l < logs.tsv)))
  number=0
  year=0
  before=
  while IFS="$tab" read -r first origin leaf proof; do
    next=${origin#"$name/"}
    case $origin in
      "$name") [ "$number" -eq 0 ] ;;
      "$name"/[0-9][0-9][0-9][0-9]) [ "$number" -gt 0 ] && [ "$next" -gt "$year" ] && year=$next ;;
      *) false ;;
    esac && [ "$first" = "$begins" ] || {
      wrong "logs.tsv: line $((number + 1)) is not a log of $name that follows the one before"
      finish ""
    }
    if [ "$number" -gt 0 ]; then
      case $leaf in
        *"\"l\":{\"note\":\"$(hash_of "$file")\",\"origin\":\"$before\",\"root\":\"$root64\",\"size\":$size},\"m\":"*) ;;
        *) wrong "record $first: it does not carry over how $before was closed" ;;
      esac
      printf '\000%s' "$leaf" > "$tmp/leaf/$((20000000 + number))"
      printf '%s %s\n' "$first" "$proof" >> "$tmp/carried"
    fi
    file=logs/$number.checkpoint
    number=$((number + 1))
    if [ "$number" -eq "$logs" ]; then file=checkpoint; fi
    [ -f "$file" ] || finish ""
    log "$first" "$origin" "$file"
    before=$origin
    if [ "$number" -lt "$logs" ]; then begins=$((begins + size)); fi
  done < logs.tsv
else
  log 0 "$name" checkpoint
fi
all=$((begins + size))
[ "$(sed -n 's/^"tree_size": \([0-9]*\),$/\1/p' manifest.json)" = "$all" ] && [ "$(sed -n 's/^"root": "\(.*\)",$/\1/p' manifest.json)" = "$root64" ] ||
  wrong "checkpoint: it is of another tree than manifest.json"
newest=$root64

# 4. The tree begins with the older one.
if [ -f checkpoint.older ]; then
  as "$(sed -n 1p checkpoint.older)"
  read -r size root <<END
$(awk -v name="$signer" '$4 == name { print $2, $3 }' "$tmp/logs")
END
  if [ "$root" ] && signed checkpoint.older && [ "$(sed -n 1p "$tmp/text")" = "$signer" ]; then
    old_size=$(sed -n 2p "$tmp/text")
    old_root=$(sed -n 3p "$tmp/text" | openssl base64 -d -A | od -An -tx1 | tr -d ' \n')
    at=$((old_size - 1))
    last=$((size - 1))
    ok=1
    if [ "$old_size" -eq "$size" ]; then
      [ "$old_root" = "$root" ] || ok=0
    elif [ "$old_size" -gt "$size" ]; then
      ok=0
    elif [ "$old_size" -gt 0 ]; then
      while [ $((at % 2)) -eq 1 ]; do at=$((at / 2)); last=$((last / 2)); done
      first=1
      if [ "$at" -eq 0 ]; then a=$old_root; b=$old_root; first=0; fi
      while read -r hash; do
        if [ "$first" -eq 1 ]; then
          a=$hash; b=$hash; first=0
        elif [ $((at % 2)) -eq 1 ] || [ "$at" -eq "$last" ]; then
          a=$(node "$hash" "$a"); b=$(node "$hash" "$b")
          while [ $((at % 2)) -eq 0 ] && [ "$at" -ne 0 ]; do at=$((at / 2)); last=$((last / 2)); done
          at=$((at / 2)); last=$((last / 2))
        else
          b=$(node "$b" "$hash"); at=$((at / 2)); last=$((last / 2))
        fi
      done < consistency.txt
      [ "$first" -eq 0 ] && [ "$last" -eq 0 ] && [ "$a" = "$old_root" ] && [ "$b" = "$root" ] || ok=0
    fi
    [ "$ok" -eq 1 ] || wrong "checkpoint.older: the tree does not begin with its $old_size records"
  else
    wrong "checkpoint.older: it is not signed by $vkey"
  fi
fi

# 5. Each record: its header fits its leaf, and its leaf is in the tree.
n=10000000
while IFS="$tab" read -r index leaf proof; do
  n=$((n + 1))
  printf '\000%s' "$leaf" > "$tmp/leaf/$n"
  printf '%s %s\n' "$index" "$proof" >&3
  printf '%s %s\n' "$index" "$leaf" >&4
done < proofs.tsv 3> "$tmp/proofs" 4> "$tmp/leaves"
leaves=$n
n=10000000
while IFS= read -r header; do
  n=$((n + 1))
  printf '%s' "$header" > "$tmp/header/$n"
done < records.jsonl
[ "$n" -eq "$leaves" ] || wrong "records.jsonl: it has $((n - 10000000)) records, proofs.tsv $((leaves - 10000000))"
hashes_of() { if [ "$(find "$1" -type f | head -n 1)" ]; then find "$1" -type f | sort | xargs sha256sum | cut -c1-64; fi; }
hashes_of "$tmp/header" > "$tmp/header.hashes"
hashes_of "$tmp/leaf" > "$tmp/leaf.hashes"
sed -n 's/^\([0-9]*\) .*"x":"\([0-9a-f]*\)"}$/\1 \2/p; t
s/ .*/ none/p' "$tmp/leaves" | awk -v hashes="$tmp/header.hashes" '{ if ((getline h < hashes) <= 0) h = ""; if (h != $2) print $1 }' > "$tmp/headers.wrong"
while read -r index; do wrong "record $index: its header is not the one that was logged"; done < "$tmp/headers.wrong"

# All inclusion proofs climb together, one level at a time: record, node, last, hash, remaining proof, root of its log's tree.
cat "$tmp/proofs" "$tmp/carried" | awk -v hashes="$tmp/leaf.hashes" -v logs="$tmp/logs" '
  BEGIN { while ((getline line < logs) > 0) { split(line, l, " "); n++; first[n] = l[1]; size[n] = l[2]; root[n] = l[3] } }
  { getline h < hashes
    for (i = n; i > 1 && first[i] + 0 > $1 + 0; i--) { }
    at = $1 - first[i]; print $1, at, ($1 ~ /^[0-9]+$/ && at < size[i] + 0 ? size[i] - 1 : -1), h, $2, root[i] }' > "$tmp/climb"
while :; do
  awk '$3 > 0 && $5 != "-" { n = index($5, ","); s = n ? substr($5, 1, n - 1) : $5
    if (s !~ /^[0-9a-f]+$/ || length(s) != 64) s = "0000000000000000000000000000000000000000000000000000000000000000"
    print "01" ($2 % 2 == 1 || $2 == $3 ? s $4 : $4 s) }' "$tmp/climb" > "$tmp/pairs"
  [ -s "$tmp/pairs" ] || break
  awk "$octal" "$tmp/pairs" > "$tmp/octal"
  while IFS= read -r bytes; do printf "$bytes"; done < "$tmp/octal" > "$tmp/nodes"
  rm -rf "$tmp/split"
  mkdir "$tmp/split"
  split -b 65 -a 6 "$tmp/nodes" "$tmp/split/n"
  hashes_of "$tmp/split" > "$tmp/level"
  awk -v level="$tmp/level" '$3 > 0 && $5 != "-" { getline h < level
    a = $2; b = $3
    if (a % 2 == 1 || a == b) while (a % 2 == 0 && a != 0) { a = int(a / 2); b = int(b / 2) }
    n = index($5, ","); print $1, int(a / 2), int(b / 2), h, (n ? substr($5, n + 1) : "-"), $6; next }
    { print }' "$tmp/climb" > "$tmp/next"
  mv "$tmp/next" "$tmp/climb"
done
awk '$3 != 0 || $5 != "-" || $4 != $6 { print $1 }' "$tmp/climb" > "$tmp/outside"
while read -r index; do wrong "record $index: its leaf is not in the tree that was signed"; done < "$tmp/outside"
finish "INTACT: $((leaves - 10000000)) records of $name, tree of $all, root $newest$([ $# -gt 0 ] || echo '; compare log.vkey with the key you kept')"

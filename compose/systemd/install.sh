#!/usr/bin/env bash
# make install: programs, units, settings and documentation on Debian, without containers. What is configured already stays.
#   PREFIX (/usr/local)  DESTDIR (none)  FORM (production, or embedded)
# Needs the .NET SDK to build, and at run time ASP.NET Core's runtime in its usual place and libpg-query1504.0.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
prefix=${PREFIX:-/usr/local}
destdir=${DESTDIR:-}
form=${FORM:-production}
etc=$destdir/etc/chaperone
lib=$destdir$prefix/lib
rooms=(host edge policy approval masking recorder console cli)

fail() { printf 'make install: %s\n' "$*" >&2; exit 1; }
[[ $form == production || $form == embedded ]] || fail "FORM is '$form': give production or embedded."
[[ $prefix == /* ]] || fail "PREFIX is '$prefix': give an absolute path."
[[ -z $destdir || $destdir == /* ]] || fail "DESTDIR is '$destdir': give an absolute path."

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
compose/publish.sh "$stage" "${rooms[@]}"
rm -f "$stage"/*.pdb "$stage"/*.xml
install -d "$lib/chaperone" "$destdir$prefix/bin"
cp -R --no-preserve=ownership "$stage/." "$lib/chaperone/"
ln -sfn ../lib/chaperone/chaperone "$destdir$prefix/bin/chaperone"

put() { install -D -m 0644 /dev/null "$2"; sed "s#@PREFIX@#$prefix#g" "$1" >"$2"; }
for unit in compose/systemd/*.service compose/systemd/*.target; do put "$unit" "$lib/systemd/system/${unit##*/}"; done
put compose/systemd/hardening.conf "$lib/systemd/system/chaperone-.service.d/10-hardening.conf"
put compose/systemd/sysusers.conf "$lib/sysusers.d/chaperone.conf"
put compose/systemd/tmpfiles.conf "$lib/tmpfiles.d/chaperone.conf"
share=$destdir$prefix/share
install -D -m 0755 compose/systemd/prepare-servers.sh "$share/chaperone/prepare-servers.sh"
install -D -m 0755 compose/backup/backup.sh "$share/chaperone/backup.sh"
install -D -m 0755 compose/backup/restore.sh "$share/chaperone/restore.sh"
for page in docs/*.md LICENSE NOTICE; do put "$page" "$share/doc/chaperone/${page##*/}"; done

install -d -m 0750 "$etc"
keep() { [[ -e $2 ]] || install -m 0640 "$1" "$2"; }
keep "compose/systemd/$form.env" "$etc/chaperone.env"
if [[ ! -e $etc/policy.yaml ]]; then
  sed 's#${env:CLINIC_TOKEN}#${file:/etc/chaperone/clinic.token}#' compose/policy.example.yaml | install -m 0640 /dev/stdin "$etc/policy.yaml"
fi
secret() { [[ -s $etc/$1 ]] || od -An -N24 -tx1 /dev/urandom | tr -d ' \n' | install -m 0640 /dev/stdin "$etc/$1"; }
secret clinic.token
if [[ $form == production ]]; then
  for name in broker recorder approval policy; do secret "$name.password"; done
fi

if [[ -z $destdir ]] && ((EUID == 0)); then
  systemd-sysusers chaperone.conf
  systemd-tmpfiles --create chaperone.conf
  [[ ! -d /run/systemd/system ]] || systemctl daemon-reload
fi
printf 'Installed the %s form. Next: docs/debian.md, from "Settings" on.\n' "$form"

#!/usr/bin/env bash
# Installs what the tests need beside the .NET SDK, on Debian. Says nothing and takes a second when all is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

missing=()
need() { [[ -e $1 ]] || missing+=("$2"); }
have() { command -v "$1" >/dev/null || missing+=("$2"); }
have make make
have curl curl
have git git
have node nodejs
have npm npm
have go golang-go
have chromium chromium
need /usr/lib/rabbitmq/bin/rabbitmq-server rabbitmq-server
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
compgen -G '/usr/lib/*/libpg_query.so.1504.0' >/dev/null || missing+=(libpg-query1504.0)
need /usr/sbin/rsyslogd rsyslog
compgen -G '/usr/lib/*/rsyslog/lmnsd_gtls.so' >/dev/null || missing+=(rsyslog-gnutls)
need /usr/share/gocode/src/golang.org/x/mod golang-golang-x-mod-dev

if ((${#missing[@]} > 0)); then
  printf 'Installing: %s\n' "${missing[*]}"
  as_root=()
  ((EUID == 0)) || as_root=(sudo)

  # The tests start servers of their own: no service of the system may start because of us.
  policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    trap '"${as_root[@]}" rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod 755 "$policy"
  fi

  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
fi

.ci/npm.sh

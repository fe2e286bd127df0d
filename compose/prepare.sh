#!/usr/bin/env bash
# Makes what compose.yml mounts: passwords in secrets/ and a first policy in policy/. What is there already stays as it is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# The files can be read by any user, because a room's user has no account on this machine; the folder keeps others out.
umask 077
mkdir -p secrets
umask 022

password() { [[ -s secrets/$1 ]] || od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"secrets/$1"; }
password broker.password
password postgres.password
password recorder.password
password approval.password
password policy.password
password clinic.token

[[ -s secrets/rabbitmq.conf ]] || cat >secrets/rabbitmq.conf <<CONF
default_vhost = chaperone
default_user = chaperone
default_pass = $(<secrets/broker.password)
default_user_tags.administrator = false
default_permissions.configure = .*
default_permissions.read = .*
default_permissions.write = .*
loopback_users = none
log.console.level = warning
CONF

# A folder is mounted, not the file: editors replace files, and a mounted file would stay the old one.
mkdir -p policy
[[ -s policy/policy.yaml ]] || sed 's#${env:CLINIC_TOKEN}#${file:/run/secrets/clinic.token}#' policy.example.yaml >policy/policy.yaml
printf 'Ready. Name your servers in %s/policy/policy.yaml, then: docker compose up --build --detach --wait\n' "$PWD"

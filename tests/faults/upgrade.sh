#!/usr/bin/env bash
# Builds the rooms of an older version (a git ref) into a folder of its own and replaces them by this checkout's, one process after
# the other, under load: workers first, then edge first. Every check of make faults holds.
set -euo pipefail
from=${1:?Name the older version, e.g. HEAD~60}
cd "$(dirname "$0")/../.."
old=$(mktemp -d)
trap 'git worktree remove --force "$old/checkout" 2>/dev/null || true; rm -rf "$old"' EXIT
git worktree add --quiet --detach "$old/checkout" "$from"
for room in edge policy approval masking recorder console; do
  dotnet build "$old/checkout/services/$room" -c Release -v q
done
dotnet build tests/faults -c Release -v q
dotnet run -c Release --no-build --project tests/faults -- --only "rolling upgrade" --old "$old/checkout"

#!/usr/bin/env bash
# The packages of tests/npm, exactly as locked; nothing to do when they are there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../tests/npm"
if ! cmp -s package-lock.json node_modules/.installed-lock; then
  npm ci
  cp package-lock.json node_modules/.installed-lock
fi

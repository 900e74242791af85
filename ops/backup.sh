#!/bin/sh
# A backup of Homeward for a timer: a new folder below the one given, and those older than KEEP_DAYS removed.
#
#   ops/backup.sh /srv/backups                 beside `npm start`, with its HOMEWARD_DATA
#   DATABASE_URL=… ops/backup.sh /srv/backups  for services; keep HOMEWARD_SEAL_KEY where you keep secrets
#
# The folder holds personal data and keys. Restore with: homeward ops restore FOLDER
set -eu
umask 077
into=${1:?usage: ops/backup.sh FOLDER}
keep_days=${KEEP_DAYS:-30}
here=$(cd "$(dirname "$0")/.." && pwd)
homeward=${HOMEWARD_CLI:-"node $here/dist/src/cli/main.js"}

name=homeward-$(date -u +%Y%m%dT%H%M%SZ)
mkdir -p "$into"
$homeward ops backup "$into/$name"
# Only what is whole counts as a backup; an old one goes only once a new one is there.
test -f "$into/$name/manifest.json"
find "$into" -mindepth 1 -maxdepth 1 -type d -name 'homeward-*' -mtime +"$keep_days" -exec rm -r {} +

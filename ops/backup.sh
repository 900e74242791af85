#!/bin/sh
# A backup of Homeward for a timer: a new folder below the one given, and those older than KEEP_DAYS removed.
#
#   BACKUP_TO=age1… ops/backup.sh /srv/backups                 beside `npm start`, with its HOMEWARD_DATA
#   BACKUP_TO=age1… DATABASE_URL=… ops/backup.sh /srv/backups  for services
#
# BACKUP_TO is whom it is encrypted to (several after one another); `homeward ops backup-key FILE` makes a key. The seal
# key is not in it: keep it elsewhere. Restore with: homeward ops restore FOLDER --identity FILE
set -eu
umask 077
into=${1:?usage: ops/backup.sh FOLDER}
to=${BACKUP_TO:?set BACKUP_TO to the age1… of whoever may read the backup}
keep_days=${KEEP_DAYS:-30}
here=$(cd "$(dirname "$0")/.." && pwd)
homeward=${HOMEWARD_CLI:-"node $here/dist/src/cli/main.js"}

name=homeward-$(date -u +%Y%m%dT%H%M%SZ)
mkdir -p "$into"
# Several recipients are several words.
# shellcheck disable=SC2086
$homeward ops backup "$into/$name" --to $to
# Only what is whole counts as a backup; an old one goes only once a new one is there.
test -f "$into/$name/manifest.json"
find "$into" -mindepth 1 -maxdepth 1 -type d -name 'homeward-*' -mtime +"$keep_days" -exec rm -r {} +

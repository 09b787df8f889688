#!/usr/bin/env bash
# ops/bench with the programs in BIN (argument 1), on a few thousand rows. Exit 77, which is a skip,
# where the databases are not installed: nothing is installed for a test.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
export REGIONS_BIN_DIR=$1
work=$(mktemp -d)
export TMPDIR=$work/tmp
mkdir "$TMPDIR"
chmod 711 "$work" "$TMPDIR"
trap 'rm -rf "$work"' EXIT
failed=0
fact() { local name=$1; shift; if "$@"; then echo "ok: $name"; else echo "FAILED: $name"; failed=1; fi; }
exits() { local want=$1 got=0; shift; "$@" >"$work/last" 2>&1 || got=$?; [ "$got" = "$want" ] || { cat "$work/last"; return 1; }; }
says() { grep -qE -- "$1" "$work/last" || { cat "$work/last"; return 1; }; }
bench=$top/ops/bench

fact 'an unknown option is wrong use' exits 2 "$bench" --row 5
fact 'a size that is no number is wrong use' exits 2 "$bench" --rows 1k
fact 'an unknown part is wrong use' exits 2 "$bench" --only cubes
fact 'numbers of peers are numbers' exits 2 "$bench" --only peers --peers 8,many
fact 'statements are measured without a database' exits 0 "$bench" --only commit --repeat 1
fact 'beside the disk' says 'committer, one at a time .*% of the disk'
mkdir "$work/full"
touch "$work/full/file"
fact '--keep refuses a folder that holds something' exits 1 "$bench" --keep "$work/full"

missing=
[ -n "$(find /usr/lib/postgresql -name postgres -type f 2>/dev/null)" ] || missing="$missing postgresql"
for program in sqlite3 node npm; do command -v "$program" >/dev/null || missing="$missing $program"; done
[ -d "$top/build/bench/node_modules/@duckdb" ] || missing="$missing @duckdb/node-api(run ops/bench once)"
if [ -n "$missing" ] && [ "$failed" = 0 ]; then
  echo "skipped: needs$missing"
  exit 77
fi

fact 'it runs through on few rows' exits 0 "$bench" --rows 4000 --repeat 1 --keep "$work/kept"
fact 'every count agrees with DuckDB, planned' says 'planned: all [0-9]+ counts .* agree'
fact 'and cubed' says 'cubed: all [0-9]+ counts .* agree'
for line in 'import: regionctl import' 'import: PostgreSQL COPY' 'import: SQLite .import' 'node beside PostgreSQL' \
  'planned margins from memory: node' 'cubed margins from disk: DuckDB' 'node beside DuckDB' '1 % of firms changed: update' 'the update takes'; do
  fact "it prints: $line" says "$line"
done
fact 'it leaves its readings' test -s "$work/kept/readings.tsv"
fact 'it leaves nothing else behind' test -z "$(ls "$TMPDIR")"
exit $failed

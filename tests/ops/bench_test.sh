#!/usr/bin/env bash
# ops/bench with the programs in BIN (argument 1), on a few thousand rows. Exit 77, which is a skip,
# where the databases are not installed: nothing is installed for a test.
. "$(dirname "$0")/../support/script.sh"
export REGIONS_BIN_DIR=$1
chmod 711 "$work" "$TMPDIR"  # the server of PostgreSQL is another user
bench=$top/ops/bench

fact 'an unknown option is wrong use' exits 2 "$bench" --row 5
fact 'a size that is no number is wrong use' exits 2 "$bench" --rows 1k
fact 'an unknown part is wrong use' exits 2 "$bench" --only cubes
fact 'numbers of peers are numbers' exits 2 "$bench" --only peers --peers 8,many
fact 'statements are measured without a database' exits 0 "$bench" --only statements --peers 2 --repeat 1 --brief
for line in 'openssl speed ed25519 +[1-9]' 'headline, judged as a follower does +[1-9].* % of openssl speed' \
  'table of technology groups, the same +[1-9]' 'committer, one at a time .*% of the disk' 'committer, 1,000 at a time +[1-9]' \
  'release called to verified at the peer +[0-9.]+ ms p50 +[0-9.]+ ms p99 +[0-9.]+ ms at most, of 20$' \
  'on the wire, a release at a time +[1-9]' 'catching up with many +[1-9]' \
  ' 2 peers: idle +[0-9.]+ % of a core, +[1-9].* ms CPU and serves +[0-9.]+ ms CPU a statement'; do
  fact "it prints: $line" says "$line"
done
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

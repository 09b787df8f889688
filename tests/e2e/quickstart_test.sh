#!/usr/bin/env bash
# ops/quickstart with the programs in BIN (argument 1), on its sample.
. "$(dirname "$0")/../support/script.sh"
export REGIONS_BIN_DIR=$1
quickstart=$top/ops/quickstart
ctl=$REGIONS_BIN_DIR/regionctl

# Wrong use.
mkdir -p "$work/empty/regions" "$work/full"
touch "$work/full/file"
fact 'an unknown option is wrong use' exits 2 "$quickstart" --onec
fact '--data without a folder is wrong use' exits 2 "$quickstart" --data
fact 'a folder without regions/ is refused' exits 1 "$quickstart" --once --data "$work"
fact 'a folder without a region is refused' exits 1 "$quickstart" --once --data "$work/empty"
fact '--keep refuses a folder that holds something' exits 1 "$quickstart" --once --keep "$work/full"
fact 'and leaves it as it was' test "$(ls "$work/full")" = file

# Two at the same time, one of them kept.
"$quickstart" --once >"$work/other.out" 2>&1 &
other=$!
fact 'the sample runs through' exits 0 "$quickstart" --once --keep "$work/kept"
cat "$work/last"
fact 'another at the same time does too' wait "$other"
genesis=$(cat "$work/kept/genesis.sha256")
fact 'the fingerprint is 64 hex digits and a newline' grep -qxE '[0-9a-f]{64}' "$work/kept/genesis.sha256"
fact 'it names eight regions' test "$(find "$work/kept" -name config.toml | wc -l)" = 8
for indicator in ENT-COOP SME-COOP; do
  answer=$work/kept/answers/$indicator.json
  fact "the answer to $indicator has figures and withheld cells" jq -e '
    .format == "regions4.answer/1" and (.coverage | length == 8)
    and any(.cells[]; .value != null) and any(.cells[]; .value == null)' "$answer"
  fact "no published $indicator is below 3" jq -e 'all(.cells[]; .value == null or .value >= 3)' "$answer"
done
log=$work/kept/PT16/log
fact 'an exported log is valid with its genesis' exits 0 "$ctl" audit verify "$log" --genesis "$genesis"
fact 'invalid with another' exits 1 "$ctl" audit verify "$log" --genesis "$(tr '0-9a-f' '1-9a-f0' <<<"$genesis")"
fact 'indeterminate with none' exits 3 "$ctl" audit verify "$log"
fact 'no governance key stays behind' test -z "$(find "$work" -name '*.key' -o -name '*.pass')"
fact 'nothing is left in the temporary folder' test -z "$(ls -A "$TMPDIR")"

# A run that is ended from outside takes its nodes with it.
nodes() { pgrep -f "regiond --home $TMPDIR/" | wc -l; }
wait_for() { local i; for ((i = 0; i < 600; i++)); do "$@" && return 0; sleep 0.1; done; return 1; }
stays_up() { grep -qs 'until Ctrl-C' "$work/up.out"; }
all_gone() { [ "$(nodes)" = 0 ]; }
for signal in TERM KILL; do
  rm -f "$work/up.out"  # that of the round before says what is waited for
  "$quickstart" >"$work/up.out" 2>&1 &
  up=$!
  fact 'without --once it stays up' wait_for stays_up
  fact 'with eight nodes' test "$(nodes)" = 8
  kill "-$signal" "$up"
  wait "$up" 2>/dev/null
  fact "SIG$signal ends every node" wait_for all_gone
done
exit $failed

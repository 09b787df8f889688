#!/usr/bin/env bash
# ops/trial federation with the programs in BIN (argument 1), on a few small nodes. Weather and kills
# are tests of their own.
. "$(dirname "$0")/../support/script.sh"
export REGIONS_BIN_DIR=$1
trial=$top/ops/trial

fact 'no trial is wrong use' exits 2 "$trial"
fact 'an unknown trial is wrong use' exits 2 "$trial" earthquake
fact "another trial's option is wrong use" exits 2 "$trial" weather --count 5
fact 'a number that is none is wrong use' exits 2 "$trial" kills --count many
fact 'more nodes than there is weather for is wrong use' exits 2 "$trial" weather --nodes 9
fact 'data and a number of nodes is wrong use' exits 2 "$trial" federation --data x --nodes 4
fact 'a folder without records is refused' exits 1 "$trial" federation --data "$work"
fact 'more nodes than regions are refused' exits 1 "$trial" federation --nodes 999

fact 'four nodes run to the end' exits 0 "$trial" federation --nodes 4 --rows 60
fact 'every phase has its time' says '^rest of the exchange +[0-9]+\.[0-9]$'
fact 'every node its memory' says '^resident memory, peak, MiB +[1-9][0-9.]+ +[1-9][0-9.]+ +[1-9][0-9.]+$'
fact 'every statement its bytes' says '^on disk, the shared stores: [1-9][0-9]+ bytes per statement held$'
fact 'four logs are verified by all' test "$(grep -c 'verified by 3 other nodes.*: valid$' "$work/last")" = 4
fact 'nothing is left in the temporary folder' test -z "$(ls -A "$TMPDIR")"
fact 'and no node' test -z "$(pgrep -f "regiond --home $TMPDIR/")"
exit $failed

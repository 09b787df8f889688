#!/usr/bin/env bash
# The real data: every published figure against a count made another way, with the programs in BIN.
#   real_data_test.sh BIN regions|countries
# Skips (exit 77) where ../shared is not beside this checkout.
. "$(dirname "$0")/../support/script.sh"
export REGIONS_BIN_DIR=$1
shared=${REGIONS_SHARED:-$top/../shared}
[ -d "$shared/data" ] || { echo "needs ../shared/data, which is not beside this checkout"; exit 77; }
ctl() { "$REGIONS_BIN_DIR/regionctl" "$@"; }

make_regions() { mkdir "$work/data"; cp -r "$shared/data/regions" "$work/data/regions"; chmod -R u+w "$work/data"; }

# Five countries as they are, with REGIONS_AT_LENGTH=1 all of them (RealData counts the files of all,
# without nodes); ES and PT also hold each other's rows whose actor is theirs.
make_countries() {
  local file name own other
  mkdir -p "$work/data/regions"
  for file in "$shared"/data/countries/*.csv.gz; do
    name=${file##*/}
    [[ -n ${REGIONS_AT_LENGTH:-} || $name =~ _(ES|PT|HU|IS|LV)\. ]] || continue
    gunzip -c "$file" >"$work/data/regions/${name%.gz}"
  done
  for own in ES PT; do
    [ $own = ES ] && other=PT || other=ES
    awk -F, -v own=$own 'NR == 1 || $9 == own' "$work/data/regions/cooperations_$other.csv" \
      >"$work/data/regions/cooperations_with_actor_in_$own.csv"
  done
}

# "YEAR FIRMS": distinct firms with a row that is active in the year. The columns counted stand
# before any that may be quoted.
count_firms() {
  awk -F, 'NR > 1 && $4 != "" && $4 != "NA" && $11 ~ /^[0-9]/ && $12 ~ /^[0-9]/ {
    for (year = substr($11, 1, 4) + 0; year <= substr($12, 1, 4) + 0; year++) print year, $4 }' "$1" |
    sort -u | cut -d' ' -f1 | uniq -c | awk '{ print $2, $1 }'
}

# "REGION YEAR value": what each region must have let out, years $1..$2.
expected_figures() {
  local file region
  for file in "$work"/data/regions/cooperations_*.csv; do
    region=${file##*/cooperations_}
    region=${region%.csv}
    case $region in with_*) continue ;; esac
    count_firms "$file" | awk -v region="$region" -v first="$1" -v last="$2" '
      { n[$1] = $2 }
      END { for (y = first; y <= last; y++) print region, y, (n[y] >= 3 ? n[y] : "withheld") }'
  done | LC_ALL=C sort
}

answered_figures() {
  jq -r '.cells[] | "\(.region) \(.period) \(.value // (if .obs_status == "Q" then "withheld" else "absent" end))"' \
    "$1" | LC_ALL=C sort
}

# Rows without a firm, or an organisation, and rows rejected, over all nodes.
nobody() {
  awk -F, 'FNR > 1 && (FILENAME ~ /organisations_/ ? $1 : $4) ~ /^(NA)?$/' "$work"/data/regions/*.csv | wc -l
}
rejected() { find "$work/kept" -path '*/rejects/*.rejects.csv' -exec cat {} + | grep -c 'names nobody; '; }
rejected_for_more() { find "$work/kept" -path '*/rejects/*.rejects.csv' -exec tail -qn +2 {} + | grep -v 'names nobody; '; }
no_other() { ! rejected_for_more; }

check_run() {
  local answer=$work/kept/answers/ENT-COOP.json genesis years home region
  "$top/ops/quickstart" --once --data "$work/data" --keep "$work/kept" >"$work/out" 2>&1 ||
    { cat "$work/out"; echo "FAILED: quickstart"; exit 1; }
  fact 'it says why SME-COOP cannot be computed' grep -q '^SME-COOP cannot be computed.*NACE' "$work/out"
  fact 'SME-COOP has no cell' jq -e 'all(.cells[]; .release == null)' "$work/kept/answers/SME-COOP.json"
  years=$(jq -r '[.cells[].period] | "\(min) \(max)"' "$answer")
  # shellcheck disable=SC2086  # two words are meant
  expected_figures $years >"$work/expected"
  answered_figures "$answer" >"$work/answered"
  fact "every cell of ENT-COOP is right ($(wc -l <"$work/expected") of them)" diff "$work/expected" "$work/answered"
  fact 'some are withheld' grep -q withheld "$work/expected"
  fact "exactly the rows that name nobody were rejected ($(nobody))" test "$(rejected)" = "$(nobody)"
  fact 'and no other' no_other
  genesis=$(cat "$work/kept/genesis.sha256")
  for home in "$work"/kept/*/config.toml; do
    region=$(basename "$(dirname "$home")")
    fact "$region: the log is valid" valid "$work/kept/$region/log" "$genesis"
    if command -v go >/dev/null; then
      fact "$region: and to the Go authors' packages" verify_with_go "$work/kept/$region/log"
    fi
  done
}
valid() { ctl audit verify "$1" --genesis "$2"; }
verify_with_go() { GO111MODULE=off GOPATH=/usr/share/gocode "$work/xmod" "$1"; }
if command -v go >/dev/null; then
  GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$work/gocache go build -o "$work/xmod" "$top/tests/e2e/xmod/main.go" ||
    { echo "FAILED: the Go program does not build"; exit 1; }
fi

partners() { ctl status --json --home "$work/kept/$1" | jq .records.partner_cooperations; }

case $2 in
  regions)
    make_regions
    check_run
    fact 'five regions' test "$(cut -d' ' -f1 "$work/expected" | sort -u | wc -l)" = 5
    fact 'RO42 has no row and states a table of withheld cells' \
      test "$(grep -c '^RO42 .* withheld$' "$work/answered")" = "$(grep -c '^RO42' "$work/expected")"
    fact 'RO42 has stated them' jq -e 'all(.cells[] | select(.region == "RO42"); .release != null)' \
      "$work/kept/answers/ENT-COOP.json"
    ;;
  countries)
    make_countries
    check_run
    fact 'every country that was taken' test "$(cut -d' ' -f1 "$work/expected" | sort -u | wc -l)" = "$(ls "$work"/data/regions/cooperations_[A-Z][A-Z].csv | wc -l)"
    # Both nodes hold these rows; above, every firm was counted once, at home.
    rows=$(($(wc -l <"$work/data/regions/cooperations_with_actor_in_PT.csv") - 1))
    fact 'PT holds the rows of ES whose actors are its own' test "$(partners PT)" = "$rows"
    size=$(ctl status --json --home "$work/kept/PT" | jq .records.own_cooperations)
    awk -F, 'NR == 1 || ($6 != "" && $6 != "NA")' "$work/data/regions/cooperations_ES.csv" >"$work/claimed"
    ctl import cooperations "$work/claimed" --role own --home "$work/kept/PT" \
      --rejects "$work/claimed.csv" --json >"$work/claimed.json" 2>/dev/null
    fact 'rows that claim a place of another member as own are all rejected' \
      jq -e '.read > 0 and .rejected == .read and .added == 0 and .changed == 0' "$work/claimed.json"
    fact 'with the reason' grep -q '"sme_nuts","belongs to ES; where the actor is yours import it with --role partner"' "$work/claimed.csv"
    fact 'and none came in' test "$(ctl status --json --home "$work/kept/PT" | jq .records.own_cooperations)" = "$size"
    ;;
  *) echo "regions or countries expected" >&2; exit 2 ;;
esac
exit $failed

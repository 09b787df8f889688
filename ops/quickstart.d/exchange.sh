# Import, release, and waiting until every node has every log. Sourced by ops/quickstart.

ctl() { local region=$1; shift; "$bin/regionctl" "$@" --home "$homes/$region"; }
export -f ctl

# Organisations first or last makes no difference to the node; a file that is not there is not asked for.
import_records() {
  local region=$1 kind name role file
  while read -r kind role name; do
    file=$data/regions/$name.csv
    [ -f "$file" ] || continue
    ctl "$region" import "$kind" "$file" --role "$role" --json </dev/null \
      >"$scratch/import.$region.$name.json" || jq -e '.rejected > 0' "$scratch/import.$region.$name.json" >/dev/null ||
      die "$region: import of $name.csv failed"
  done <<TXT
organisations own organisations_$region
cooperations own cooperations_$region
cooperations partner cooperations_with_actor_in_$region
TXT
  ctl "$region" status --json >"$scratch/status.$region.json" || true
  jq -e .records "$scratch/status.$region.json" >/dev/null || die "$region: status shows no records"
}

# first_year, last_year: in which any node has an active row of its own.
find_years() {
  read -r first_year last_year < <(jq -rs '
    [.[].records | select(.first_year != null)]
    | if length == 0 then "none none" else "\(map(.first_year) | min) \(map(.last_year) | max)" end' \
    "$scratch"/status.*.json)
  [ "$first_year" != none ] || die "$data: no dated row of any region's own, so there is nothing to release"
  export first_year last_year
}

# A region whose records cannot answer an indicator states nothing about it; the reason is kept.
release_years() {
  local region=$1 year indicator log=$scratch/release.$1
  for indicator in SME-COOP ENT-COOP; do
    for ((year = first_year; year <= last_year; year++)); do
      ctl "$region" release "$indicator" --period "$year" --json >"$log.json" 2>"$log.err" && continue
      if grep -q not_computable "$log.json" "$log.err"; then
        cat "$log.err" "$log.json" >"$scratch/not_computable.$indicator.$region"
        break
      fi
      cat "$log.json" "$log.err" >&2
      die "$region: release $indicator $year failed"
    done
  done
}

# Every table of the release plan whose period has ended, of the years that there are records of:
# exactly what a dry run showed, or nothing.
release_planned() {
  local region=$1 years=$first_year..$last_year dry=$scratch/dry.$1.json
  ctl "$region" release --due --period "$years" --dry-run --json >"$dry" || die "$region: the dry run failed"
  ctl "$region" release --due --period "$years" --confirm "$(jq -r .digest "$dry")" --json \
    >"$scratch/due.$region.json" || die "$region: release --due failed"
}

# A node that is not healthy yet (a peer not reached yet) says so by its exit status and is asked all
# the same. Every node must hold every peer's log up to its present size, and have verified all of it.
wait_for_exchange() {
  local region deadline=$((SECONDS + 60 + 4 * ${#region_list[@]}))
  say "waiting until every node has every log"
  for region in "${region_list[@]}"; do
    { ctl "$region" status --json || true; } | jq -c --arg member "$region" '{key: $member, value: .log.size}'
  done | jq -s from_entries >"$scratch/sizes.json"
  for region in "${region_list[@]}"; do
    until node_is_complete "$region"; do
      check_nodes
      ! jq -e ".peers | any(.bad > 0)" "$scratch/peers.$region.json" >/dev/null ||
        die "$region found bad statements: $(jq -c . "$scratch/peers.$region.json")"
      [ "$SECONDS" -lt "$deadline" ] || die "$region: not every log arrived: $(jq -c . "$scratch/peers.$region.json")"
      sleep 0.2
    done
  done
}

node_is_complete() {
  ctl "$1" peers --json >"$scratch/peers.$1.json" &&
    jq -e --arg self "$1" --slurpfile sizes "$scratch/sizes.json" '
      (.peers | map({key: .member, value: .}) | from_entries) as $peers
      | $sizes[0] | to_entries
      | all(.key == $self or ($peers[.key].size >= .value and $peers[.key].verified >= .value))' \
      "$scratch/peers.$1.json" >/dev/null
}

# One answer per indicator from every node; they may differ in nothing but the time they were given.
collect_answers() {
  local region indicator first=${region_list[0]}
  for_each ask_node
  for indicator in SME-COOP ENT-COOP; do
    for region in "${region_list[@]}"; do
      cmp -s "$scratch/same.$first.$indicator" "$scratch/same.$region.$indicator" ||
        die "$indicator: $region and $first give different answers"
    done
    cp "$scratch/answer.$first.$indicator" "$homes/answers/$indicator.json"
  done
}

ask_node() {
  local region=$1 indicator
  for indicator in SME-COOP ENT-COOP; do
    ctl "$region" query "$indicator" --by region,year --format json >"$scratch/answer.$region.$indicator"
    jq -S 'walk(if type == "object" then del(.as_of) else . end)' "$scratch/answer.$region.$indicator" \
      >"$scratch/same.$region.$indicator"
  done
}

export_own_log() { ctl "$1" log export "$homes/$1/log" >/dev/null; }

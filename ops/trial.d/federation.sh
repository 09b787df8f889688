# Many nodes on one machine, phase by phase, with what each phase and each node takes. Sourced by
# ops/trial, behind the parts of the quickstart that it is made of.

now() { echo "${EPOCHREALTIME/[.,]/}"; }
# phase NAME COMMAND...: its time goes into the table.
phase() {
  local name=$1 from; shift
  say "$name"
  from=$(now)
  "$@"
  printf '%-34s %9.1f\n' "$name" "$((($(now) - from) / 100000))e-1" >>"$scratch/phases"
}

# A network of the run's own, where that is allowed: then every byte on its loopback is ours.
own_network() {
  [ -z "${REGIONS_OWN_NETWORK:-}" ] || return 0
  command -v ip >/dev/null && unshare --net true 2>/dev/null || return 0
  # shellcheck disable=SC2016  # the inner shell expands them
  REGIONS_OWN_NETWORK=1 exec unshare --net bash -c 'ip link set lo up && exec "$@"' _ "$top/ops/trial" "${arguments[@]}"
}
# Bytes that went over the loopback so far, headers, handshakes and TLS included.
wire_bytes() { awk '$1 == "lo:" { print $2 }' /proc/net/dev; }

# Packed files, or generated ones: the records of one region, moved to others.
make_records() {
  local file
  if [ -n "$data" ]; then
    [ -d "$data/regions" ] || {
      mkdir -p "$scratch/data/regions"
      for file in "$data"/*.csv.gz; do
        [ -e "$file" ] || die "$data: neither regions/ nor packed files in it"
        gunzip -c "$file" >"$scratch/data/regions/$(basename "$file" .gz)"
      done
      data=$scratch/data
    }
    return
  fi
  data=$scratch/data
  mkdir -p "$data/regions"
  local codes=() i code every
  mapfile -t codes < <(grep -xE '[A-Z]{2}[A-Z0-9]{2}' "$top/policies/codes/nuts_2021.txt" | grep -v ZZ)
  [ "$nodes" -le "${#codes[@]}" ] || die "--nodes $nodes: there are ${#codes[@]} regions"
  every=$((${#codes[@]} / nodes))
  for ((i = 0; i < nodes; i++)); do
    code=${codes[$((i * every))]}
    "$bin/regions-sample" "$scratch/made" --seed "$i" --region PT16 --rows "$rows" >"$scratch/sample.log" || die "$(cat "$scratch/sample.log")"
    for file in cooperations organisations; do
      sed -E "s/\\bPT16[0-9A-Z]?\\b/$code/g; s/\\bPT1\\b/${code:0:3}/g" "$scratch/made/${file}_PT16.csv" >"$data/regions/${file}_$code.csv"
    done
  done
}

# Every node follows every other again, since it was started.
wait_until_all_follow() {
  local region deadline=$((SECONDS + 60 + 4 * ${#region_list[@]}))
  for region in "${region_list[@]}"; do
    until ctl "$region" peers --json >"$scratch/peers.$region.json" &&
      jq -e '.peers | all(.state == "following")' "$scratch/peers.$region.json" >/dev/null; do
      check_nodes
      [ "$SECONDS" -lt "$deadline" ] || die "$region does not follow everybody: $(jq -c '[.peers[] | select(.state != "following")][0]' "$scratch/peers.$region.json")"
      sleep 0.2
    done
  done
}

spread() { sort -n | awk -v name="$1" '{ v[NR] = $1 } END { printf "%-34s %9.1f %9.1f %9.1f\n", name, v[1], v[int((NR + 1) / 2)], v[NR] }'; }
each_node() { local pid; for pid in "${node_pids[@]}"; do "$@" "$pid"; done; }
peak_mib() { awk '/^VmHWM:/ { print $2 / 1024 }' "/proc/$1/status"; }
cpu_seconds() { awk -v hz="$(getconf CLK_TCK)" '{ sub(/^.*\) /, ""); print ($12 + $13) / hz }' "/proc/$1/stat"; }
descriptors() { find "/proc/$1/fd" -mindepth 1 | wc -l; }
print_nodes() {
  printf '%-34s %9s %9s %9s\n' 'per node' least median most
  each_node peak_mib | spread 'resident memory, peak, MiB'
  each_node cpu_seconds | spread 'CPU, s'
  each_node descriptors | spread 'descriptors'
}

answer_bytes() { ctl "$1" metrics | awk '$1 == "regions4_port_answer_bytes_total" { print $2 }'; }
sum_over() { local region; for region in "${region_list[@]}"; do "$@" "$region"; done | awk '{ n += $1 } END { printf "%d", n }'; }
disk_bytes() { du -sb "$homes/$1/shared" | cut -f1; }

# Statements: what all logs hold together, and how often one was fetched by another node.
print_bytes() {
  local stated fetched wire=$1
  stated=$(jq -s 'map(to_entries[].value) | add' "$scratch/sizes.json")
  fetched=$((stated * (${#region_list[@]} - 1)))
  printf '\n%s statements in %s logs, each at every node: %s fetched\n' "$stated" "${#region_list[@]}" "$fetched"
  [ -z "$wire" ] || echo "on the wire, handshakes and headers included: $((wire / fetched)) bytes per statement fetched"
  echo "bodies of answers: $(($(sum_over answer_bytes) / fetched)) bytes per statement fetched"
  echo "on disk, the shared stores: $(($(sum_over disk_bytes) / (fetched + stated))) bytes per statement held"
}

ask_and_verify() {
  collect_answers
  for_each export_own_log
  print_verification >"$scratch/verification"
}

run_federation() {
  local wire= before=0
  own_network
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/regions4-trial.XXXXXX")
  trap stop_everything EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  build_programs regiond regionctl regions-sample
  umask 077
  nodes=${nodes:-100} rows=${rows:-300} sample= homes=$scratch/homes
  mkdir -p "$homes/answers" "$scratch/governance"
  make_records
  find_regions
  export top bin homes scratch data regions
  say "${#region_list[@]} nodes, $(cat "$data"/regions/cooperations_*.csv | wc -l) cooperations, $(nproc) cores"
  take_ports
  phase 'founding' found_federation
  before=$(wire_bytes)
  phase 'start' start_nodes
  phase 'import' for_each import_records
  find_years
  phase "headlines $first_year..$last_year" for_each release_years
  phase 'release by plan' for_each release_planned
  phase 'rest of the exchange' wait_for_exchange
  [ -z "${REGIONS_OWN_NETWORK:-}" ] || wire=$(($(wire_bytes) - before))
  phase 'answers and verification' ask_and_verify
  print_nodes >"$scratch/nodes"
  print_bytes "$wire" >"$scratch/bytes"
  stop_nodes
  phase 'restart of all at once' restart_all
  { printf '\n%-34s %9s\n' phase s; cat "$scratch/phases"; printf '\n'; cat "$scratch/nodes" "$scratch/bytes"; }
  printf '\nbehind the restart\n'
  print_nodes
  tail -n +3 "$scratch/verification"
  stop_nodes
  say "done: every answer is the same at every node, every log valid"
}
restart_all() { start_nodes; wait_until_all_follow; }

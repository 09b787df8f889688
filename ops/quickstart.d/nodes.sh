# The programs, the regions, their ports and processes. Sourced by ops/quickstart.

node_pids=()
step_pid=

# build_programs NAME...: builds them into $bin, or finds them in REGIONS_BIN_DIR.
build_programs() {
  local name
  if [ -n "${REGIONS_BIN_DIR:-}" ]; then
    for name in "$@"; do
      [ -x "$REGIONS_BIN_DIR/$name" ] || die "REGIONS_BIN_DIR=$REGIONS_BIN_DIR: no $name in it"
    done
    bin=$(cd "$REGIONS_BIN_DIR" && pwd)
    return
  fi
  need_packages build
  bin=$top/build/release/bin
  say "building"
  build_lock
  (
    cd "$top"
    # A tree that was configured for its tests stays so.
    [ -f build/release/CMakeCache.txt ] ||
      cmake --preset release -DREGIONS_TESTS=OFF >build/configure.log 2>&1 || { cat build/configure.log; exit 1; }
    cmake --build --preset release --target "$@"
  ) || die "the build failed"
  build_unlock
}

make_sample() {
  sample=yes data=$scratch/sample
  "$bin/regions-sample" "$data/regions" >"$scratch/sample.log" || die "the sample could not be made: $(cat "$scratch/sample.log")"
}

# regions, region_list: every R with a file cooperations_R.csv, in bytewise order.
find_regions() {
  local file name
  region_list=()
  for file in "$data"/regions/cooperations_*.csv; do
    name=${file##*/cooperations_}
    name=${name%.csv}
    [[ $name =~ ^[A-Z]{2}[A-Z0-9]{0,3}$ ]] && region_list+=("$name")
  done
  [ "${#region_list[@]}" -gt 0 ] || die "$data/regions: no file cooperations_R.csv, R a region such as PT16"
  mapfile -t region_list < <(printf '%s\n' "${region_list[@]}" | LC_ALL=C sort)
  regions=${region_list[*]}
}

# for_each FUNCTION: FUNCTION REGION for every region, some at a time; fails if one of them does.
# It runs in the background so that a signal is acted on at once.
for_each() {
  export -f "$1" say die
  printf '%s\n' "${region_list[@]}" >"$scratch/for_each"
  xargs -a "$scratch/for_each" -P "$(($(nproc) + 1))" -I{} bash -euo pipefail -c 'SECONDS=$1; shift; "$@"' _ "$SECONDS" "$1" {} &
  step_pid=$!
  wait "$step_pid" || die "a node failed at this step ($1)"
  step_pid=
}

# A port for every node, below those that the kernel gives to outgoing connections. A lock per port
# keeps quickstarts that run at the same time apart; it goes with this process and its nodes.
take_ports() {
  local region port=$((20000 + RANDOM % 10000)) locks=/tmp/regions4-ports-$UID lock
  mkdir -p -m 700 "$locks" 2>/dev/null || true
  [ -O "$locks" ] || die "$locks belongs to somebody else"
  declare -gA port_of
  for region in "${region_list[@]}"; do
    while :; do
      port=$((port + 1))
      [ "$port" -lt 32000 ] || port=20000
      exec {lock}>"$locks/$port"
      if flock -n "$lock" && ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
      exec {lock}>&-
    done
    port_of[$region]=$port
  done
}

start_nodes() {
  local region pid deadline
  for region in "${region_list[@]}"; do
    # The node ends with this script even when the script is killed outright.
    setpriv --pdeathsig TERM "$bin/regiond" --home "$homes/$region" </dev/null >"$homes/$region/regiond.log" 2>&1 &
    node_pids+=($!)
  done
  deadline=$((SECONDS + 30))
  for region in "${region_list[@]}"; do
    until [ -S "$homes/$region/regiond.sock" ]; do
      [ "$SECONDS" -lt "$deadline" ] || die "$region does not start: $(tail -3 "$homes/$region/regiond.log")"
      check_nodes
      sleep 0.1
    done
  done
}

# Fails when a node has ended.
check_nodes() {
  local i
  for i in "${!node_pids[@]}"; do
    kill -0 "${node_pids[$i]}" 2>/dev/null ||
      die "${region_list[$i]} ended: $(tail -3 "$homes/${region_list[$i]}/regiond.log")"
  done
}

# Asks every node to end, waits ten seconds, then ends those that did not, by process id.
stop_nodes() {
  local pid tries=0 bad=0 left=("${node_pids[@]}")
  [ "${#left[@]}" -gt 0 ] || return 0
  kill -TERM "${left[@]}" 2>/dev/null || true
  while [ "$tries" -lt 100 ] && kill -0 "${left[@]}" 2>/dev/null; do
    tries=$((tries + 1))
    sleep 0.1
  done
  for pid in "${left[@]}"; do
    kill -0 "$pid" 2>/dev/null || continue
    echo "ops/quickstart: process $pid did not end within 10 s" >&2
    kill -KILL "$pid" 2>/dev/null || true
  done
  node_pids=()
  for pid in "${left[@]}"; do
    wait "$pid" 2>/dev/null || bad=$?
  done
  [ "$bad" = 0 ] || echo "ops/quickstart: a node ended with status $bad" >&2
  return "$((bad != 0))"
}

stop_everything() {
  local status=$?
  trap - EXIT INT TERM HUP
  # xargs ends its children only when each is told, and they may still write into the scratch folder.
  if [ -n "$step_pid" ]; then
    pkill -TERM -P "$step_pid" 2>/dev/null || true
    kill "$step_pid" 2>/dev/null || true
    wait "$step_pid" 2>/dev/null || true
  fi
  stop_nodes || [ "$status" != 0 ] || status=1
  rm -rf "$scratch" 2>/dev/null || { sleep 1; rm -rf "$scratch"; }
  exit "$status"
}

stay_up() {
  while :; do
    check_nodes
    sleep 1 &
    wait $! || true
  done
}

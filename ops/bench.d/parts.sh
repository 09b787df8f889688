# The parts of a run that are our own node, and the helpers of all. Sourced by ops/bench.

# step COMMAND...: what takes long runs in the background, so that a signal is acted on at once.
# Its standard output goes to $scratch/out.
step_pid=
step() {
  local status=0
  "$@" >"$scratch/out" 2>"$scratch/log" &
  step_pid=$!
  wait "$step_pid" || status=$?
  step_pid=
  [ "$status" = 0 ] || { cat "$scratch/log" >&2; die "failed: $*"; }
}
# measure COMMAND...: a step whose output are readings.
measure() { step "$@"; note "$rows" <"$scratch/out"; }

clean_up() {
  [ -z "$step_pid" ] || { kill "$step_pid"; wait "$step_pid"; } 2>/dev/null || true
  stop_postgres
  rm -rf "$scratch"
}

# note ROWS: readings of standard input into the list, behind the number of rows. Fails when none came.
note() {
  awk -v rows="$1" 'BEGIN { OFS = "\t" } { print rows, $0; n++ } END { exit n == 0 }' >>"$readings"
}
# note_disk NAME PATH...: what lies there, in MB.
note_disk() {
  local name=$1; shift
  printf '%s\t%s\t0\t0\t0\t%s\n' "$rows" "$name" "$(du -scm "$@" | awk 'END { print $1 }')" >>"$readings"
}
# quietly COMMAND...: what it prints is shown only when it fails.
quietly() {
  "$@" >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; die "failed: $1 ${2:-}"; }
}

# A home that can import: PT16, in a federation with ES13.
found_node() {
  say "founding"
  region_list=(PT16 ES13) regions="PT16 ES13" homes=$scratch/founded
  mkdir -p "$homes" "$scratch/governance"
  export top bin homes scratch regions
  (umask 077 && take_ports && found_federation)
}

make_records() {
  say "$rows cooperations"
  data=$scratch/data
  rm -rf "$data"
  step "$bin/regions-sample" "$data" --region PT16 --rows "$rows"
  note_disk disk.csv "$data/cooperations_PT16.csv"
}

# The last home stays for the other parts.
import_node() {
  local i times=$repeat
  does import || times=1
  for ((i = 0; i < times; i++)); do
    say "regionctl import"
    rm -rf "$scratch/home"
    cp -a "$scratch/founded/PT16" "$scratch/home"
    sync -f "$scratch"
    measure "$bin/regions-bench" run import.node "$rows" "$bin/regionctl" import cooperations \
      "$data/cooperations_PT16.csv" --home "$scratch/home"
    note_disk disk.node "$scratch/home/records"
  done
  step "$bin/regionctl" import organisations "$data/organisations_PT16.csv" --home "$scratch/home"
}

cube_node() {
  local which
  for which in planned cubed; do
    say "cube, $which margins"
    measure "$bin/regions-bench" cube "$scratch/home/records" "$which" "$repeat" "$scratch/$which.node"
  done
  say "who knows what"
  measure "$bin/regions-bench" knowledge "$scratch/home/records" "$repeat"
}

# Last of a size: it changes the home's records.
change_node() {
  say "one firm of a hundred changes"
  measure "$bin/regions-bench" change "$scratch/home/records" "$data/changed_PT16.csv" "$repeat"
}

# Every count of both, not a sample.
compare_figures() {
  local which
  for which in planned cubed; do
    LC_ALL=C sort -o "$scratch/$which.node" "$scratch/$which.node"
    LC_ALL=C sort -o "$scratch/$which.duckdb" "$scratch/$which.duckdb"
    cmp "$scratch/$which.node" "$scratch/$which.duckdb" ||
      die "the cube and DuckDB count differently ($which): $(diff "$scratch/$which.node" "$scratch/$which.duckdb" | head -4)"
    say "$which: all $(wc -l <"$scratch/$which.node") counts that are not 0 agree with DuckDB's"
  done
}

end_size() { rm -rf "$data" "$scratch"/*.duckdb.db; }

# Programs that are built with the tests.
build_with_tests() {
  if [ -z "${REGIONS_BIN_DIR:-}" ]; then
    need_packages build test
    build_lock
    (cd "$top" && cmake --preset release -DREGIONS_TESTS=ON >build/configure.log 2>&1) || { cat "$top/build/configure.log" >&2; die "the build failed"; }
    build_unlock
  fi
  build_programs "$@"
}

print_report() {
  echo
  echo "Medians of $repeat. Load average $load_before when it began, $(cut -d' ' -f1-3 /proc/loadavg) now, $(nproc) cores: what else ran makes wall times longer than CPU times say."
  local report=report
  ! about_statements || report=statements
  ! about_disclosure || report=disclosure
  awk -F'\t' -f "$top/ops/bench.d/median.awk" -f "$top/ops/bench.d/$report.awk" "$readings"
}

keep_all() {
  cp "$readings" "$keep/"
  cp "$scratch"/*.node "$scratch"/*.duckdb "$keep/" 2>/dev/null || true
  [ ! -d "$scratch/home" ] || cp -a "$scratch/home" "$keep/"
  say "kept in $keep: readings.tsv and, of records, home/ (with its keys) and the figures of the last size"
}

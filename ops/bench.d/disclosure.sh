# The part of a run that is about disclosure control. Sourced by ops/bench.

about_disclosure() { [ "$only" = disclosure ]; }

# It is built with the tests: GLPK stands beside it, which no program of ours links.
build_disclosure() {
  build_with_tests regions-bench-disclosure regions-bench-glpk
}

# What a program says of its tables, once.
tell() { [ "$i" != 0 ] || sed 's/^/        /' "$scratch/log"; }

# bounded COMMAND...: a measured step that is stopped after two minutes of CPU time, so that what else
# runs stops none. Fails when it was.
bounded() {
  local status=0
  (ulimit -S -t 120 && exec "$@") >"$scratch/out" 2>"$scratch/log" &
  step_pid=$!
  wait "$step_pid" || status=$?
  step_pid=
  case $status in
    0) note 0 <"$scratch/out"; tell ;;
    152) say "stopped at its limit, 120 s of CPU time: ${1##*/} $2 ${3:-}"; return 1 ;;
    *) cat "$scratch/log" >&2; die "failed: $*" ;;
  esac
}

# One attack by both; what they find must agree to the unit.
attack_both() {
  local ours=1 others=1
  bounded "$bin/regions-bench-disclosure" intervals "$1" "$scratch" || ours=
  bounded "$bin/regions-bench-disclosure" levels "$1" "$scratch" || true
  bounded "$bin/regions-bench-glpk" "$1" "$scratch/$1.lp" "$scratch/$1.glpk" || others=
  [ -n "$ours" ] && [ -n "$others" ] || return 0
  awk 'NR == FNR { below[FNR] = $1; above[FNR] = $2; next }
       { n++; if (($1 - below[FNR]) ^ 2 > 1 || ($2 - above[FNR]) ^ 2 > 1) wrong++ }
       END { if (wrong || n == 0) { print wrong + 0 " of " n + 0 " intervals differ"; exit 1 } }' \
    "$scratch/$1.intervals" "$scratch/$1.glpk" >"$scratch/out" || die "$1 cells: $(cat "$scratch/out")"
}

# The largest once: they take a minute.
measure_disclosure() {
  local i size classes
  for ((i = 0; i < repeat; i++)); do
    for size in 162 1665; do
      say "$size cells to the optimum"
      bounded "$bin/regions-bench-disclosure" optimum "$size" || true
    done
    for size in 1000 1665 3000 10000 14160 30000 100000; do
      [ "$i" = 0 ] || [ "$size" -le 10000 ] || continue
      say "$size cells: a pattern, and the attack on it beside GLPK"
      [ "$i" != 0 ] || bounded "$bin/regions-bench-disclosure" pattern "$size" "$scratch" || continue
      attack_both "$size"
    done
    for classes in 1 10 100 400 1610; do
      say "1665 cells against $classes classes of observers"
      bounded "$bin/regions-bench-disclosure" observers 1665 "$scratch" "$classes" || true
    done
  done
}

# The part of a run that is about disclosure control. Sourced by ops/bench.

about_disclosure() { [ "$only" = disclosure ]; }

# It is built with the tests: GLPK stands beside it, which no program of ours links.
build_disclosure() {
  if [ -z "${REGIONS_BIN_DIR:-}" ]; then
    need_packages build test
    build_lock
    (cd "$top" && cmake --preset release -DREGIONS_TESTS=ON >build/configure.log 2>&1) || { cat "$top/build/configure.log" >&2; die "the build failed"; }
    build_unlock
  fi
  build_programs regions-bench-disclosure regions-bench-glpk
}

# What a program says of its tables, once.
tell() { [ "$i" != 0 ] || sed 's/^/        /' "$scratch/log"; }

# One attack by both; what they find must agree to the unit.
attack_both() {
  measure "$bin/regions-bench-disclosure" outsider "$1" "$scratch"
  tell
  measure "$bin/regions-bench-glpk" "$1" "$scratch/$1.lp" "$scratch/$1.glpk"
  awk 'NR == FNR { below[FNR] = $1; above[FNR] = $2; next }
       { n++; if (($1 - below[FNR]) ^ 2 > 1 || ($2 - above[FNR]) ^ 2 > 1) wrong++ }
       END { if (wrong || n == 0) { print wrong + 0 " of " n + 0 " intervals differ"; exit 1 } }' \
    "$scratch/$1.intervals" "$scratch/$1.glpk" >"$scratch/out" || die "$1 cells: $(cat "$scratch/out")"
}

measure_disclosure() {
  local i size classes
  for ((i = 0; i < repeat; i++)); do
    for size in 162 1665; do
      say "$size cells to the optimum"
      measure "$bin/regions-bench-disclosure" optimum "$size"
      tell
    done
    for size in 1665 1000 3000 10000 14160 30000 100000; do
      say "$size cells: a pattern, and the attack on it beside GLPK"
      if [ "$i" = 0 ]; then
        measure "$bin/regions-bench-disclosure" pattern "$size" "$scratch"
        tell
      fi
      attack_both "$size"
    done
    for classes in 1 10 100 400; do
      say "1665 cells against $classes classes of observers"
      measure "$bin/regions-bench-disclosure" observers 1665 "$scratch" "$classes"
      tell
    done
  done
}

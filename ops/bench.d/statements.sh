# The parts of a run that are about statements. Sourced by ops/bench.

statement_parts="verify commit exchange peers"
about_statements() { [ -n "$only" ] && [[ " statements $statement_parts " == *" $only "* ]]; }
# Whether this one of them is asked for.
states() { [ "$only" = statements ] || [ "$only" = "$1" ]; }

# They are built with the tests, whose federations they use.
build_statements() {
  build_with_tests regions-bench-statements
}

# A fresh folder on the disk that is measured, as $place.
new_place() {
  place=$scratch/place
  rm -rf "$place"
  mkdir "$place"
  sync -f "$scratch"
}

# Verifications a second of CPU time, as one reading.
openssl_speed() {
  step openssl speed -seconds "$verify_s" ed25519
  awk '/Ed25519/ && NF > 3 { printf "verify.openssl\t1\t1\t0\t%s\n", $NF }' "$scratch/out" | note 0
}

measure_statements() {
  local i count verify_s=3 idle_s=10 releases=1000
  [ -z "$brief" ] || verify_s=1 idle_s=1 releases=20
  for ((i = 0; i < repeat; i++)); do
    if states verify; then
      say "verification beside openssl speed"
      openssl_speed
      measure "$bin/regions-bench-statements" verify "$verify_s"
      openssl_speed
    fi
    if states commit; then
      say "durable statements beside syncs"
      new_place
      measure "$bin/regions-bench-statements" commit "$place"
    fi
    if states exchange; then
      say "release to visible, bytes on the wire"
      new_place
      measure "$bin/regions-bench-statements" exchange "$place" "$releases"
    fi
    if states peers; then
      for count in ${peers//,/ }; do
        say "a node with $count peers"
        new_place
        measure "$bin/regions-bench-statements" peers "$place" "$count" "$idle_s"
      done
    fi
  done
}

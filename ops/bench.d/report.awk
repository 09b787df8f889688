# Medians and ratios of the readings about records; behind median.awk.
# A line of the table; `rate` rows or megabytes a second, where one is meant.
function row(key, label, rate, unit) {
  if (!has(key)) return
  printf "  %-38s %9.3f s  %9.3f s CPU  %8.0f MB", label, middle(3, key), middle(4, key), middle(5, key)
  if (rate) printf "  %11.0f %s/s  %9.0f %s/s CPU", middle(6, key) / middle(3, key), unit, middle(6, key) / middle(4, key), unit
  print ""
}
function ratio(ours, theirs, label) {
  if (!has(ours) || !has(theirs)) return
  printf "  %-38s %9.2f times as fast  (CPU time: %.2f times)\n", label, middle(3, theirs) / middle(3, ours), middle(4, theirs) / middle(4, ours)
}
function disk(key, label) { if (has(key)) printf "  %-38s %9.0f MB on disk\n", label, middle(6, key) }
END {
  print "\nThe machine, one thread"
  for (i = 1; i <= split("write read memory", limit, " "); i++) {
    key = 0 SUBSEP "limit." limit[i]
    if (has(key)) printf "  %-38s %9.0f MB/s\n", limit[i] == "memory" ? "memory, read" : "disk, " limit[i] (limit[i] == "write" ? " and sync" : ""), middle(6, key) / middle(3, key)
  }
  for (s = 1; s <= sizes; s++) {
    r = size[s]
    if (r == 0) continue
    k = r SUBSEP
    printf "\n%d cooperations\n", r
    row(k "import.node", "import: regionctl import", 1, "rows")
    row(k "import.postgres", "import: PostgreSQL COPY", 1, "rows")
    row(k "import.sqlite", "import: SQLite .import", 1, "rows")
    ratio(k "import.node", k "import.postgres", "node beside PostgreSQL")
    ratio(k "import.node", k "import.sqlite", "node beside SQLite")
    disk(k "disk.csv", "the CSV file")
    disk(k "disk.node", "the node's records")
    disk(k "disk.postgres", "PostgreSQL's table and key")
    disk(k "disk.sqlite", "SQLite's table and key")
    disk(k "disk.duckdb", "DuckDB's file of the flat table")
    for (w = 1; w <= split("planned cubed", which, " "); w++) for (f = 1; f <= split("memory disk", from, " "); f++) {
      ours = k "cube." which[w] "." from[f]
      theirs = k "cube." which[w] ".duckdb." from[f]
      row(ours, which[w] " margins from " from[f] ": node")
      row(theirs, which[w] " margins from " from[f] ": DuckDB")
      ratio(ours, theirs, "node beside DuckDB")
      copy = k "cube." which[w] ".copy"
      if (from[f] == "disk" && has(copy)) {
        row(copy, which[w] " margins from the node's copy")
        ratio(copy, theirs, "node's copy beside DuckDB")
      }
    }
    row(k "knowledge.disk", "who knows which cooperation, from disk")
    row(k "knowledge.amounts", "rows of amounts, with who knows them")
    row(k "knowledge.headline", "who knows a headline's enterprises")
    row(k "change.update", "1 % of firms changed: update")
    row(k "change.full", "the same from all facts in memory")
    row(k "change.anew", "the same from disk")
    if (has(k "change.update")) {
      printf "  %-38s %9.2f %% of all in memory, %.2f %% of all from disk (wall)\n", "the update takes", 100 * middle(3, k "change.update") / middle(3, k "change.full"), 100 * middle(3, k "change.update") / middle(3, k "change.anew")
    }
  }
}

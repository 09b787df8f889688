# Medians and ratios of the readings about disclosure control; behind median.awk.
function known(name) { return has(0 SUBSEP name) }
function wall(name) { return middle(3, 0 SUBSEP name) }
function cpu(name) { return middle(4, 0 SUBSEP name) }
function peak(name) { return middle(5, 0 SUBSEP name) }
function count(name) { return middle(6, 0 SUBSEP name) }
function took(name, label, what) {
  if (!known(name)) return
  printf "  %-38s %9.3f s  %9.3f s CPU  %6.0f MB  %9.0f %s\n", label, wall(name), cpu(name), peak(name), count(name), what
}
END {
  print "\nSuppression, one thread"
  for (i = 1; i <= split("162 1665", of, " "); i++) took("optimum." of[i], of[i] " cells to the optimum", "programs")
  for (i = 1; i <= split("1000 1665 3000 10000 14160 30000 100000", of, " "); i++) took("pattern." of[i], of[i] " cells, elimination", "cells")
  print "\nAttack of an outsider, one thread"
  for (i = 1; i <= split("1000 1665 3000 10000 14160 30000 100000", of, " "); i++) {
    took("intervals." of[i], of[i] " cells: intervals", "unsafe cells")
    took("levels." of[i], of[i] " cells: whether levels hold", "unsafe cells")
    took("glpk." of[i], of[i] " cells: intervals by GLPK", "unsafe cells")
    if (known("glpk." of[i])) printf "  %-38s %9.2f times as fast for intervals, %.2f times for levels (CPU time)\n", "beside GLPK", cpu("glpk." of[i]) / cpu("intervals." of[i]), cpu("glpk." of[i]) / cpu("levels." of[i])
  }
  print "\nAttack of observers on 1665 cells, one thread"
  for (i = 1; i <= 10000; i++) took("observers." i, i " classes", "guards")
}

# Medians and ratios of the readings about statements; behind median.awk.
function known(name) { return has(0 SUBSEP name) }
function wall(name) { return middle(3, 0 SUBSEP name) }
function cpu(name) { return middle(4, 0 SUBSEP name) }
function peak(name) { return middle(5, 0 SUBSEP name) }
function count(name) { return middle(6, 0 SUBSEP name) }
function verified(name, label, rate) {
  if (!known(name)) return
  rate = count(name) / cpu(name)
  printf "  %-38s %9.0f /s of one core", label, rate
  if (known("verify.openssl")) printf "  %5.1f %% of openssl speed", 100 * rate / count("verify.openssl")
  print ""
}
function durable(name, label) {
  if (!known(name)) return
  printf "  %-38s %9.0f statements/s  %9.0f statements/s CPU", label, count(name) / wall(name), count(name) / cpu(name)
  if (name == "commit.1" && known("limit.sync")) printf "  %5.1f %% of the disk's syncs", 100 * count(name) / wall(name) / (count("limit.sync") / wall("limit.sync"))
  print ""
}
function latency(name, label) {
  name = "latency." name
  if (known(name ".p50")) printf "  %-38s %9.1f ms p50 %9.1f ms p99 %9.1f ms at most, of %d\n", label, 1000 * wall(name ".p50"), 1000 * wall(name ".p99"), 1000 * wall(name ".max"), count(name ".p50")
}
function wire(name, label) {
  if (known("wire." name)) printf "  %-38s %9.0f bytes\n", label, count("wire." name) / wall("wire." name)
}
END {
  if (known("verify.openssl")) printf "\nVerification\n  %-38s %9.0f /s of one core\n", "openssl speed ed25519", count("verify.openssl")
  verified("verify.headline", "headline, judged as a follower does")
  verified("verify.table", "table of technology groups, the same")
  if (known("limit.sync")) printf "\nDurable\n  %-38s %9.0f /s\n", "4 KiB appended and synced", count("limit.sync") / wall("limit.sync")
  durable("commit.1", "committer, one at a time")
  durable("commit.100", "committer, 100 at a time")
  durable("commit.1000", "committer, 1,000 at a time")
  if (known("latency.visible.p50")) print "\nRelease to a peer over TLS on loopback"
  latency("answered", "release called to answered")
  latency("visible", "release called to verified at the peer")
  wire("one", "on the wire, a release at a time")
  wire("many", "on the wire, catching up with many")
  if (known("catch-up")) printf "  %-38s %9.0f statements/s\n", "catching up with many", count("catch-up") / wall("catch-up")
  for (i = 1; i <= 999; i++) {
    if (!known("peers.idle." i)) continue
    if (!headed++) print "\nOne node with so many peers, its own process"
    printf "  %3d peers: idle %6.2f %% of a core, %4.0f MB; follows %6.2f ms CPU and serves %6.2f ms CPU a statement\n", i, 100 * cpu("peers.idle." i) / wall("peers.idle." i), peak("peers.serve." i), 1000 * cpu("peers.follow." i) / count("peers.follow." i), 1000 * cpu("peers.serve." i) / count("peers.serve." i)
  }
}

// The tables of the oracle and the rules of counting in SQL.
#pragma once

namespace regions {

inline constexpr const char* kTables = R"(
CREATE TABLE member(id, code, self);
CREATE TABLE period(kind, text, first, last, from_year, to_year);
CREATE TABLE year(year INTEGER PRIMARY KEY);
CREATE TABLE coop(id PRIMARY KEY, own, ent, eplace, actor, akind, acountry, aplace,
                  y0, y1, cancelled, cents);
CREATE TABLE coop_tech(coop, tech, PRIMARY KEY(coop, tech));
CREATE TABLE org(id, since, own, kind, place, country, nace, size, holding,
                 PRIMARY KEY(id, since));
CREATE TABLE said(kind, code);
CREATE TABLE member_of(grouping, code, category, PRIMARY KEY(grouping, code));
CREATE TABLE industry40(tech PRIMARY KEY);
CREATE TABLE holder_key(holder PRIMARY KEY, key INTEGER);
CREATE INDEX coop_ent ON coop(ent);
)";

inline constexpr const char* kDerive[] = {
    // What counts, with what the actor's organisation adds; an enterprise is no actor.
    R"(CREATE TABLE row AS
       SELECT c.id, c.ent, c.y0, c.y1, c.cents,
              CASE WHEN c.akind <> '' THEN c.akind ELSE COALESCE(o.kind, '') END AS akind,
              CASE WHEN c.aplace <> '' THEN c.aplace WHEN o.place <> '' THEN o.place
                   ELSE CASE CASE WHEN c.acountry <> '' THEN c.acountry
                                  ELSE COALESCE(o.country, '') END
                        WHEN 'GR' THEN 'EL' WHEN 'GB' THEN 'UK'
                        ELSE CASE WHEN c.acountry <> '' THEN c.acountry
                                  ELSE COALESCE(o.country, '') END END END AS spot
       FROM coop c LEFT JOIN org o ON o.id = c.actor AND o.rowid =
         (SELECT l.rowid FROM org l WHERE l.id = c.actor AND l.kind NOT IN ('SME', 'PRC')
          ORDER BY l.since DESC LIMIT 1)
       WHERE c.own AND NOT c.cancelled AND c.y0 IS NOT NULL AND c.y1 IS NOT NULL)",
    // Profiles as numbers, so that the first that fits is the least.
    R"(CREATE TABLE placed AS
       SELECT r.*, CASE
         WHEN EXISTS (SELECT 1 FROM member m WHERE NOT m.self AND spot GLOB m.code || '*') THEN 0
         WHEN EXISTS (SELECT 1 FROM member m WHERE m.self AND spot GLOB m.code || '*') THEN 3
         WHEN spot = '' OR EXISTS (SELECT 1 FROM member m WHERE m.code GLOB spot || '*') THEN 2
         ELSE 1 END AS profile FROM row r)",
    // A row per technology; one without where there is none. rank and n split an amount.
    R"(CREATE TABLE piece AS
       SELECT p.*, t.tech,
              MAX(1, (SELECT COUNT(*) FROM coop_tech x WHERE x.coop = p.id)) AS n,
              (SELECT COUNT(*) FROM coop_tech x WHERE x.coop = p.id AND x.tech < t.tech) AS rank,
              t.tech IN (SELECT tech FROM industry40) AS i40
       FROM placed p LEFT JOIN coop_tech t ON t.coop = p.id)",
    // Every enterprise on the last day of every year.
    R"(CREATE TABLE claimed AS
       SELECT e.ent,
         EXISTS (SELECT 1 FROM coop c JOIN member m ON m.self AND c.eplace GLOB m.code || '*'
                 WHERE c.ent = e.ent AND c.own) AS ours,
         EXISTS (SELECT 1 FROM coop c WHERE c.ent = e.ent AND NOT c.own AND c.eplace <> '' AND
                 NOT EXISTS (SELECT 1 FROM member m WHERE m.self AND m.code GLOB c.eplace || '*'))
           AS away
       FROM (SELECT DISTINCT ent FROM row) e)",
    // On a day holds the last own state, unless a dated one of a partner that is later says that
    // the enterprise is elsewhere; without an own one the partner's.
    R"(CREATE TABLE state AS
       SELECT o.rowid AS org, o.*, CASE
         WHEN EXISTS (SELECT 1 FROM member m WHERE m.self AND place GLOB m.code || '*') THEN 'known'
         WHEN place = '' OR EXISTS (SELECT 1 FROM member m WHERE m.self AND m.code GLOB place || '*')
           THEN '_U' ELSE 'away' END AS home
       FROM org o WHERE o.kind IN ('SME', 'PRC'))",
    "CREATE INDEX state_id ON state(id, own, since)",
    "CREATE UNIQUE INDEX state_org ON state(org)",
    R"(CREATE TABLE last AS
       SELECT e.*, y.year,
         (SELECT s.org FROM state s WHERE s.id = e.ent AND s.own = 1 AND
          s.since <= y.year || '-12-31' ORDER BY s.since DESC LIMIT 1) AS own,
         (SELECT s.org FROM state s WHERE s.id = e.ent AND s.own = 0 AND
          s.since <= y.year || '-12-31' ORDER BY s.since DESC LIMIT 1) AS partner
       FROM claimed e JOIN year y)",
    R"(CREATE TABLE day AS
       SELECT l.ent, l.year, COALESCE(s.nace, '') AS nace, COALESCE(s.size, '') AS size,
         CASE WHEN s.holding <> '' THEN s.holding ELSE l.ent END AS holder,
         CASE WHEN s.home <> '_U' AND (s.own OR s.since <> '') THEN s.home
              WHEN l.ours THEN 'known' WHEN s.home <> '_U' THEN s.home
              WHEN l.away THEN 'away' ELSE '_U' END AS home
       FROM last l LEFT JOIN state o ON o.org = l.own LEFT JOIN state p ON p.org = l.partner
       LEFT JOIN state s ON s.org = CASE
         WHEN l.own IS NULL OR (p.since > o.since AND p.home = 'away') THEN l.partner
         ELSE l.own END)",
    "CREATE UNIQUE INDEX day_key ON day(ent, year)",
    R"(CREATE TABLE active AS
       SELECT p.kind, p.text, p.last, c.* FROM period p JOIN piece c
       ON c.y0 <= p.to_year AND c.y1 >= p.from_year)",
    // The profile of an enterprise in a period, over all its cooperations and over those on
    // Industry 4.0.
    R"(CREATE TABLE profile AS
       SELECT kind, text, ent, 0 AS gate, MIN(profile) AS profile FROM active
         GROUP BY kind, text, ent
       UNION ALL
       SELECT kind, text, ent, 1, MIN(profile) FROM active WHERE i40 GROUP BY kind, text, ent)",
    "CREATE UNIQUE INDEX profile_key ON profile(gate, kind, text, ent)",
};

}  // namespace regions

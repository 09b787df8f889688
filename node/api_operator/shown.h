// A table as peers see it, and why cells of it are withheld, as JSON for the operator.
#pragma once

#include <boost/json.hpp>

#include "node/publish/publisher.h"

namespace regions {

// One object a cell, with the keys that a cell of an answer has: dimensions, value (in the
// indicator's smallest unit, null when withheld), method, obs_status, conf_status.
boost::json::array cells_json(const SafeTable& table, bool provisional);

// [{"reason","cells"}]; it stays in the node.
boost::json::array why_json(const WithheldCounts& why);

// [{"figure","period","observers":[{"kind","name"}],"known","remains"}]; it stays in the node.
boost::json::array near_json(const std::vector<HeadlineFinding>& findings);

// [{"indicator","cells","why"}] of both headlines of the year, or of the one that is computable.
boost::json::array decided_json(const DecidedHeadlines& decided, bool provisional);

// [{"cells","who","asked_below","asked_above","below","above"}] in the smallest unit; likewise.
boost::json::array disclosed_json(const std::vector<AmountFinding>& findings);

// "2018-2020 actor_group=_U".
std::string text_of(const AmountCell& cell);

// "regions4.due/1". The values are in the smallest unit of the line's `unit` and `decimals`.
// `published` and `withheld` count the cells of what goes out now, else of the release that holds;
// a line that has neither is without these keys.
std::string due_json(const DueReport& report, const Catalogue& catalogue, bool dry_run);

}  // namespace regions

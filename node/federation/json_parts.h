// What every answer has as JSON.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <vector>

#include "node/federation/member_log.h"

namespace regions {

template <class Value>
boost::json::value or_null(const std::optional<Value>& value) {
  return value ? boost::json::value(*value) : boost::json::value(nullptr);
}

inline boost::json::value coverage_json(const std::vector<Coverage>& all) {
  namespace json = boost::json;
  json::array out;
  for (const Coverage& coverage : all) {
    out.push_back(
        {{"region", coverage.region},
         {"state", coverage.state},
         {"releases", coverage.releases},
         {"as_of", coverage.as_of == 0 ? json::value(nullptr) : json::value(coverage.as_of)}});
  }
  return out;
}

}  // namespace regions

// The log of a program: one JSON object a line on standard error, "time", "level" and "event"
// first, then the fields of the event. Every value is escaped, so that nothing a peer sends can end
// a line or forge another. No record, key or secret is a field.
//
// Threads: any.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace regions {

enum class LogLevel { info, warning, error };

using LogFields = std::initializer_list<std::pair<std::string_view, std::string>>;

// Once, before anything is logged: lines below `least` are left out.
void start_log(LogLevel least);

// `event` is one word of ours, "peer"; values longer than kLogValueBytesMax are cut.
void log(LogLevel level, std::string_view event, LogFields fields = {});

// What stands behind the time and level of a line: "event":"peer","member":"ES".
std::string log_body(std::string_view event, LogFields fields);

}  // namespace regions

#include "ops/vectors/folders.h"

#include <algorithm>
#include <functional>

#include "ops/vectors/files.h"
#include "ops/vectors/forms.h"
#include "ops/vectors/tiles.h"

namespace regions::vectors {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

using Outcomes = std::vector<Outcome>;

void append(Outcomes& to, Outcomes more) {
  for (Outcome& one : more) to.push_back(std::move(one));
}

Error unknown(std::string what) { return fail(Errc::invalid_input, std::move(what)); }

bool has(const json::value& value, std::string_view key) {
  return value.is_object() && value.get_object().contains(key);
}

// The form of one vector of a folder, known by the field that no other form has.
using FormOf = Form (*)(const json::value& vector);

Form merkle_form(const json::value& vector) {
  if (has(vector, "start")) return subtree;
  if (has(vector, "leafIdx")) return inclusion;
  return has(vector, "size1") ? consistency : nullptr;
}
Form note_form(const json::value& vector) {
  if (has(vector, "vkeys")) return note;
  return has(vector, "vkey") ? vkey : nullptr;
}
Form dsse_form(const json::value& vector) { return has(vector, "payloadType") ? dsse : nullptr; }
Form proof_form(const json::value& vector) { return has(vector, "proof") ? tlog_proof : nullptr; }
Form policy_form(const json::value& vector) {
  return has(vector, "policy") ? tlog_policy : nullptr;
}
Form rotation_form(const json::value& vector) {
  return has(vector, "versions") ? rotation : nullptr;
}

std::string name_of(const std::string& file, std::size_t number, const json::value& vector) {
  for (const std::string_view key : {"id", "desc"}) {
    if (has(vector, key) && vector.get_object().at(key).is_string()) {
      return file + " " + std::string(vector.get_object().at(key).get_string());
    }
  }
  return file + " " + std::to_string(number + 1);
}

Outcomes run_one(const std::string& name, const json::value& vector, FormOf form_of) {
  const Form form = form_of(vector);
  if (form == nullptr) return {unknown_form(name, unknown("no known form of vector"))};
  return run(name, vector, form);
}

// A file is one vector, or holds lists of them under one of these names.
constexpr std::string_view kLists[] = {"vectors", "cases", "valid", "invalid"};

Outcomes run_list(const std::string& file, std::string_view list, const json::value& vectors,
                  FormOf form_of) {
  if (!vectors.is_array()) return {unknown_form(file, unknown(std::string(list) + ": no list"))};
  Outcomes outcomes;
  for (std::size_t i = 0; i < vectors.get_array().size(); ++i) {
    const json::value& vector = vectors.get_array()[i];
    append(outcomes, run_one(name_of(file, i, vector), vector, form_of));
  }
  return outcomes;
}

Outcomes run_json(const std::string& file, const json::value& value, FormOf form_of) {
  if (form_of(value) != nullptr) return run_one(file, value, form_of);
  auto fields = Fields::of(value);
  if (!fields) return {unknown_form(file, fields.error())};
  Outcomes outcomes;
  for (const std::string_view list : kLists) {
    if (!fields->has(list)) continue;
    fields->ignore({list});
    append(outcomes, run_list(file, list, value.get_object().at(list), form_of));
  }
  if (const auto end = fields->end(); !end) outcomes.push_back(unknown_form(file, end.error()));
  if (outcomes.empty()) outcomes.push_back(unknown_form(file, unknown("no vectors in it")));
  return outcomes;
}

using RunJson = std::function<Outcomes(const std::string& file, const json::value& value)>;

Outcomes run_json_files(const fs::path& folder, const std::string& name, const RunJson& run_file) {
  const auto files = files_below(folder);
  if (!files) return {unknown_form(name, files.error())};
  Outcomes outcomes;
  for (const auto& [path, file] : *files) {
    const auto bytes = read(file);
    const auto value = bytes ? parse_json(*bytes) : Result<json::value>(bytes.error());
    if (!value) {
      outcomes.push_back(unknown_form(path, value.error()));
    } else {
      append(outcomes, run_file(path, *value));
    }
  }
  return outcomes;
}

RunJson vectors_of(FormOf form_of) {
  return [form_of](const std::string& file, const json::value& value) {
    return run_json(file, value, form_of);
  };
}

RunJson whole_file(Outcomes (*run_file)(const std::string&, Fields)) {
  return [run_file](const std::string& file, const json::value& value) -> Outcomes {
    const auto fields = Fields::of(value);
    if (!fields) return {unknown_form(file, fields.error())};
    return run_file(file, *fields);
  };
}

// Every text below a key "vkey" or "vkeys".
void find_keys(const json::value& value, std::vector<VerifierKey>& keys) {
  if (value.is_array()) {
    for (const json::value& one : value.get_array()) find_keys(one, keys);
  } else if (value.is_object()) {
    for (const auto& field : value.get_object()) find_keys(field.value(), keys);
  } else if (value.is_string()) {
    if (auto key = parse_vkey(value.get_string())) keys.push_back(std::move(*key));
  }
}

std::vector<VerifierKey> published_keys(const fs::path& dir) {
  std::vector<VerifierKey> keys;
  if (!fs::is_directory(dir / "signed-note")) return keys;
  run_json_files(dir / "signed-note", "", [&](const std::string&, const json::value& value) {
    find_keys(value, keys);
    return Outcomes{};
  });
  return keys;
}

Result<std::vector<fs::path>> folders_in(const fs::path& dir) {
  std::vector<fs::path> folders;
  std::error_code error;
  for (fs::directory_iterator at(dir, error), end; !error && at != end; at.increment(error)) {
    if (at->is_directory(error)) folders.push_back(at->path());
  }
  if (error) return fail(Errc::io, dir.string() + ": " + error.message());
  std::sort(folders.begin(), folders.end());
  return folders;
}

Outcomes run_logs(const fs::path& folder) {
  const std::vector<VerifierKey> keys = published_keys(folder.parent_path());
  const auto logs = folders_in(folder);
  if (!logs) return {unknown_form(folder.filename().string(), logs.error())};
  Outcomes outcomes;
  for (const fs::path& log : *logs) append(outcomes, run_tiles(log, log.filename().string(), keys));
  return outcomes;
}

Outcomes run_folder(const fs::path& folder, const std::string& name) {
  const auto vectors = [&](const RunJson& form) { return run_json_files(folder, name, form); };
  if (name == "merkle") return vectors(vectors_of(merkle_form));
  if (name == "rfc6962") return vectors(whole_file(tree_hashes));
  if (name == "signed-note") return vectors(vectors_of(note_form));
  if (name == "dsse") return vectors(vectors_of(dsse_form));
  if (name == "tlog-proof") return vectors(vectors_of(proof_form));
  if (name == "tlog-policy") return vectors(vectors_of(policy_form));
  if (name == "tuf-conformance") return vectors(vectors_of(rotation_form));
  if (name == "wycheproof") return vectors(whole_file(wycheproof));
  if (name == "tlog-tiles") return run_logs(folder);
  return {unknown_form(name, unknown("no known folder of vectors"))};
}

}  // namespace

std::size_t FolderReport::count(Verdict verdict) const {
  return static_cast<std::size_t>(
      std::count_if(outcomes.begin(), outcomes.end(),
                    [&](const Outcome& outcome) { return outcome.verdict == verdict; }));
}

Result<std::vector<FolderReport>> run_folders(const fs::path& dir) {
  TRY(const std::vector<fs::path> folders, folders_in(dir));
  std::vector<FolderReport> reports;
  for (const fs::path& folder : folders) {
    FolderReport report{folder.filename().string(), {}};
    report.outcomes = run_folder(folder, report.folder);
    if (report.outcomes.empty()) {
      report.outcomes.push_back(unknown_form(report.folder, unknown("no vectors in it")));
    }
    reports.push_back(std::move(report));
  }
  if (reports.empty()) return fail(Errc::not_found, dir.string() + ": no folders of vectors in it");
  return reports;
}

}  // namespace regions::vectors

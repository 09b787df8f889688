#include "policies/catalogue/dimension.h"

#include "policies/catalogue/nace.h"
#include "policies/catalogue/tables.h"

namespace regions {

Dimension::Dimension(std::string id, std::string title, Attribute attribute,
                     std::vector<Category> groups)
    : id_(std::move(id)),
      title_(std::move(title)),
      attribute_(attribute),
      categories_(std::move(groups)) {
  categories_.push_back({std::string(kUnknownCategory), "Unknown", {}});
}

Dimension Dimension::of_list(Attribute attribute, const CodeList& list) {
  std::vector<Category> groups;
  for (const Code& code : list.codes()) groups.push_back({code.code, code.title, {code.code}});
  Dimension out(std::string(name(attribute)), std::string(regions::title(attribute)), attribute,
                std::move(groups));
  for (std::size_t i = 0; i < out.unknown(); ++i) {
    out.category_of_.emplace(out.categories_[i].code, i);
  }
  return out;
}

std::size_t Dimension::category_of(std::string_view code) const {
  if (attribute_ == Attribute::nace) code = NaceCodes::rev2().canonical(code).value_or("");
  const auto found = category_of_.find(code);
  return found == category_of_.end() ? unknown() : found->second;
}

}  // namespace regions

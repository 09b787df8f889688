#include "policies/disclosure/task/singleton_method.h"

#include <algorithm>

#include "policies/catalogue/toml_reader.h"

namespace regions {
namespace {

Error wrong(const DisclosureSpec& spec, Convention convention, std::string_view what,
            const std::vector<std::string_view>& names) {
  std::string text = spec.file + ": singletons: '" + std::string(what.substr(0, 64)) +
                     "' is no option of " + std::string(name(convention)) + "; nearest: '";
  text += nearest(what, names);
  return fail(Errc::invalid_input, text += "' (policies/disclosure/tables.md)");
}

// The last three parameters of MOD of tau-ARGUS, by name and joined by "+". Nothing said: none, as
// OPT has none, and a proven optimum is what its pattern is compared with.
Result<SingletonMethod> of_tauargus(const DisclosureSpec& spec) {
  SingletonMethod method;
  std::string_view rest = spec.singletons.empty() ? "none" : std::string_view(spec.singletons);
  for (;;) {
    const std::size_t end = rest.find('+');
    const std::string_view word = rest.substr(0, end);
    if (word == "single") {
      method.two_singles = true;
    } else if (word == "multiple") {
      method.single_and_other = true;
    } else if (word == "frequency") {
      method.below_minimum = true;
    } else if (word == "all") {
      method.two_singles = method.single_and_other = method.below_minimum = true;
    } else if (word != "none") {
      return wrong(spec, Convention::tauargus, word,
                   {"none", "single", "multiple", "frequency", "all"});
    }
    if (end == std::string_view::npos) return method;
    rest.remove_prefix(end + 1);
  }
}

Result<SingletonMethod> of_sdctable(const DisclosureSpec& spec) {
  SingletonMethod method;
  method.threshold = spec.threshold;
  if (spec.singletons == "detectSingletons") {
    method.two_singles = method.single_and_other = true;
  } else if (!spec.singletons.empty() && spec.singletons != "none") {
    return wrong(spec, Convention::sdctable, spec.singletons, {"none", "detectSingletons"});
  }
  return method;
}

// numXXXXX of GaussSuppression: singleton2Primary, integerUnique, sum2, elimination, combinations;
// missing letters are F.
std::optional<SingletonMethod> of_letters(std::string_view letters) {
  constexpr std::string_view kAllowed[] = {"FTt", "FTt", "FTH", "FTMWftmw", "FTt"};
  if (letters.size() > 5) return std::nullopt;
  std::string all(letters);
  all.resize(5, 'F');
  for (std::size_t at = 0; at < 5; ++at) {
    if (kAllowed[at].find(all[at]) == std::string_view::npos) return std::nullopt;
  }
  SingletonMethod method;
  method.all_unsafe = all[0] == 'T';
  method.by_contributor = all[1] != 'F';
  method.pair_sums = all[2] != 'F' || all[4] != 'F';
  method.difference_sums = all[2] == 'H';
  method.contributors = all[3] != 'F' && all[3] != 'f';
  return method;
}

Result<SingletonMethod> of_gauss(const DisclosureSpec& spec) {
  const bool counts = spec.input.value.empty();
  std::string_view text = spec.singletons;
  // What SuppressSmallCounts, SuppressFewContributors and SuppressDominantCells take.
  if (text.empty()) text = counts ? "anySum" : "numttHTT";
  SingletonMethod method;
  if (text == "none") return method;
  if (counts && (text == "anySum" || text == "anySumNOTprimary" || text == "anySum0")) {
    method.any_sum = true;
    method.with_secondary = text != "anySum" || spec.zeros == Zeros::eligible;
    return method;
  }
  if (counts && text == "subSum") {
    method.group_sums = true;
    return method;
  }
  if (!counts && text == "sub2Sum") text = "numFFT";
  const bool letters = !counts && text.starts_with("num");
  if (const auto found = letters ? of_letters(text.substr(3)) : std::nullopt) return *found;
  const std::vector<std::string_view> names =
      counts
          ? std::vector<std::string_view>{"none", "anySum", "anySumNOTprimary", "anySum0", "subSum"}
          : std::vector<std::string_view>{"none", "sub2Sum", "numFTT", "numTTT", "numttHTT"};
  return wrong(spec, Convention::gauss, text, names);
}

}  // namespace

bool SingletonMethod::none() const {
  return !two_singles && !single_and_other && !below_minimum && threshold == 0 && !any_sum &&
         !group_sums && !pair_sums && !difference_sums && !contributors && !all_unsafe;
}

Result<SingletonMethod> singleton_method(const DisclosureSpec& spec, Convention convention) {
  if (spec.threshold > 0 && convention != Convention::sdctable && convention != Convention::full) {
    return fail(Errc::invalid_input, spec.file +
                                         ": threshold: an option of sdctable alone; take "
                                         "it out, or compare with --as sdctable");
  }
  switch (convention) {
    case Convention::tauargus:
      return of_tauargus(spec);
    case Convention::sdctable:
      return of_sdctable(spec);
    case Convention::gauss:
      return of_gauss(spec);
    case Convention::full:
      break;
  }
  return SingletonMethod();
}

}  // namespace regions

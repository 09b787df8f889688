#include "ops/sample/distributions.h"

#include <cmath>
#include <iterator>

namespace regions::sample {
namespace {

constexpr Weighted<int> kFirms[] = {
    {1, .18259},  {2, .1599},   {3, .13744},  {4, .11731},  {5, .08751},  {6, .06916},
    {7, .05716},  {8, .04515},  {9, .03013},  {10, .02469}, {11, .0189},  {12, .01279},
    {13, .0099},  {14, .00856}, {15, .00556}, {16, .00512}, {17, .00411}, {18, .00278},
    {19, .00222}, {20, .00267}, {24, .01635}};

constexpr Weighted<int> kActors[] = {
    {1, .06983},  {2, .0715},   {3, .08796},  {4, .09997},  {5, .1082},   {6, .09152},
    {7, .08051},  {8, .0675},   {9, .0576},   {10, .04559}, {11, .03703}, {12, .02858},
    {13, .02469}, {14, .02124}, {15, .01501}, {16, .01401}, {17, .01123}, {18, .01001},
    {19, .00756}, {20, .00645}, {21, .00578}, {22, .00489}, {23, .00478}, {24, .00356},
    {25, .00289}, {26, .00234}, {27, .00278}, {28, .00234}, {29, .00211}, {30, .00122},
    {32, .01132}};

constexpr Weighted<std::string_view> kActorKinds[] = {
    {"HES", .4387}, {"REC", .3633}, {"OTH", .1167}, {"PUB", .0813}};

constexpr Weighted<std::string_view> kFirmCountries[] = {
    {"DE", .14},   {"ES", .1154}, {"IT", .113},  {"FR", .106},  {"UK", .0933}, {"NL", .0688},
    {"BE", .0457}, {"EL", .0349}, {"AT", .033},  {"SE", .0315}, {"CH", .0277}, {"PT", .0231},
    {"FI", .0209}, {"DK", .0191}, {"IE", .018},  {"NO", .0153}, {"PL", .0123}, {"CZ", .01},
    {"HU", .0087}, {"RO", .0083}, {"CY", .0077}, {"TR", .0075}, {"SI", .0062}, {"BG", .0061},
    {"LU", .0046}, {"HR", .0043}, {"EE", .0037}, {"SK", .0037}, {"RS", .0034}, {"LT", .0027},
    {"LV", .0023}, {"IS", .0018}, {"MT", .001}};

constexpr Weighted<std::string_view> kTechnologies[] = {{"", .4852},
                                                        {"energy-technologies", .0798},
                                                        {"advanced-materials-nano", .0707},
                                                        {"advanced-manufacturing", .0702},
                                                        {"transport-mobility", .0619},
                                                        {"digital-other", .0371},
                                                        {"photonics", .023},
                                                        {"cloud-hpc", .0208},
                                                        {"cybersecurity", .0203},
                                                        {"internet-of-things", .019},
                                                        {"big-data-analytics", .0173},
                                                        {"robotics", .0171},
                                                        {"biotechnology", .0165},
                                                        {"5g-communications", .0157},
                                                        {"artificial-intelligence", .0149},
                                                        {"micro-nano-electronics", .011},
                                                        {"digital-twin-simulation", .0081},
                                                        {"additive-manufacturing", .0052},
                                                        {"augmented-virtual-reality", .0042},
                                                        {"blockchain", .0018}};

constexpr Weighted<int> kStartYears[] = {{2014, .0655}, {2015, .121},  {2016, .1423},
                                         {2017, .145},  {2018, .132},  {2019, .1593},
                                         {2020, .181},  {2021, .0426}, {2022, .0088}};

constexpr Weighted<int> kStartMonths[] = {{1, .2973}, {2, .063},   {3, .0605},  {4, .0498},
                                          {5, .0805}, {6, .0808},  {7, .0282},  {8, .0068},
                                          {9, .0993}, {10, .1015}, {11, .0783}, {12, .0538}};

constexpr Weighted<int> kDurations[] = {{48, .2783}, {36, .2584}, {24, .0754}, {42, .0627},
                                        {60, .055},  {30, .0405}, {54, .0254}, {39, .0169},
                                        {18, .0142}, {40, .0119}, {12, .0115}, {27, .0087}};

struct Quantile {
  double u;
  double eur;
};
constexpr Quantile kAmounts[] = {{0, 0.01},      {.01, 10500},        {.05, 37421.63},
                                 {.10, 65000},   {.25, 138000},       {.50, 252812.5},
                                 {.75, 413875},  {.90, 663687.5},     {.95, 959175},
                                 {.99, 2420175}, {.999, 10373342.79}, {1, 36625779.19}};

}  // namespace

Numbers firms_per_project() { return kFirms; }
Numbers actors_per_project() { return kActors; }
Words actor_kinds() { return kActorKinds; }
Words firm_countries() { return kFirmCountries; }
Words project_technologies() { return kTechnologies; }
Numbers start_years() { return kStartYears; }
Numbers start_months() { return kStartMonths; }
Numbers duration_months() { return kDurations; }

double amount_eur(double u) {
  std::size_t k = 1;
  while (k + 1 < std::size(kAmounts) && u >= kAmounts[k].u) ++k;
  const Quantile& low = kAmounts[k - 1];
  const Quantile& high = kAmounts[k];
  const double part = (u - low.u) / (high.u - low.u);
  return std::exp(std::log(low.eur) + part * (std::log(high.eur) - std::log(low.eur)));
}

}  // namespace regions::sample

// regions-bench-glpk: the attack that a user of a solver would write, on what
// regions-bench-disclosure left: two programs for every unsafe cell, warm primal simplex. A program
// of its own, because GLPK is under the GPL and Clp under the EPL.
//   regions-bench-glpk NAME PROGRAM.lp INTERVALS
#include <glpk.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "ops/bench.d/meter.h"

namespace {

[[noreturn]] void die(const char* what) {
  std::fprintf(stderr, "regions-bench-glpk: %s\n", what);
  std::exit(1);
}

struct Program {
  glp_prob* lp = glp_create_prob();
  std::vector<int> asked;  // columns

  explicit Program(const char* path) {
    std::ifstream file(path);
    int columns = 0, rows = 0;
    if (!(file >> columns >> rows)) die("no program");
    glp_add_cols(lp, columns);
    for (int column = 1; column <= columns; ++column) {
      double lower = 0, upper = 0;
      int is_asked = 0;
      file >> lower >> upper >> is_asked;
      glp_set_col_bnds(lp, column, lower < upper ? GLP_DB : GLP_FX, lower, upper);
      if (is_asked != 0) asked.push_back(column);
    }
    if (rows > 0) glp_add_rows(lp, rows);
    for (int row = 1; row <= rows; ++row) {
      std::size_t terms = 0;
      file >> terms;
      std::vector<int> index(terms + 1);
      std::vector<double> factor(terms + 1);
      for (std::size_t at = 1; at <= terms; ++at) file >> index[at] >> factor[at];
      glp_set_mat_row(lp, row, static_cast<int>(terms), index.data(), factor.data());
      glp_set_row_bnds(lp, row, GLP_FX, 0, 0);
    }
    if (!file) die("half a program");
    glp_adv_basis(lp, 0);
  }

  // How far the column goes.
  double farthest(int column, bool up) {
    glp_set_obj_coef(lp, column, 1);
    glp_set_obj_dir(lp, up ? GLP_MAX : GLP_MIN);
    glp_smcp settings;
    glp_init_smcp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    // It gives up where rounding has piled up; from a fresh basis it goes on.
    if (glp_simplex(lp, &settings) != 0 || glp_get_status(lp) != GLP_OPT) {
      glp_adv_basis(lp, 0);
      if (glp_simplex(lp, &settings) != 0 || glp_get_status(lp) != GLP_OPT) die("no optimum");
    }
    const double value = glp_get_obj_val(lp);
    glp_set_obj_coef(lp, column, 0);
    return std::abs(value);
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) die("usage: regions-bench-glpk NAME PROGRAM.lp INTERVALS");
  glp_term_out(GLP_OFF);  // standard output is for readings
  Program program(argv[2]);
  std::ofstream out(argv[3]);
  const regions::bench::Meter meter;
  for (const int column : program.asked) {
    const double above = program.farthest(column, true), below = program.farthest(column, false);
    out << std::llround(std::floor(below + 0.01)) << ' ' << std::llround(std::floor(above + 0.01))
        << '\n';
  }
  regions::bench::print(std::string("glpk.") + argv[1], meter.stop(),
                        static_cast<double>(program.asked.size()));
  return out.good() ? 0 : 1;
}

// Whose rows a file holds.
#pragma once

namespace regions {

// own: our enterprises, counted. partner: enterprises of other members, kept and never counted.
enum class ImportRole { own, partner };

}  // namespace regions

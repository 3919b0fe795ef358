#include "base/json.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace candela {
namespace {

TEST(Json, PrintsNumbersAsPeopleWriteThem) {
  EXPECT_EQ(to_text({{"power", 240.5}, {"level", 40}, {"low", 0.1}}), R"({"power":240.5,"level":40,"low":0.1})");
}

TEST(Json, KeepsOrderAndEscapes) {
  EXPECT_EQ(to_text({{"b", "a\"\n"}, {"a", boost::json::array{nullptr, true}}}), R"({"b":"a\"\n","a":[null,true]})");
}

}  // namespace
}  // namespace candela

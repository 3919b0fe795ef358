# The headers that cost most to read are read once (docs/decisions/build.md has the measurements).

# Asio is a header library. Its functions that are no templates are compiled here and not in each file again; whoever uses
# Asio links candela_asio. The definition holds for all files, so that no two of them see two Asios.
add_compile_definitions(BOOST_ASIO_SEPARATE_COMPILATION)
add_library(candela_asio STATIC ${CMAKE_CURRENT_LIST_DIR}/asio.cpp)
target_link_libraries(candela_asio PUBLIC OpenSSL::SSL Threads::Threads)
target_precompile_headers(candela_asio PRIVATE
  <boost/asio/as_tuple.hpp> <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp> <boost/asio/detached.hpp>
  <boost/asio/ip/tcp.hpp> <boost/asio/steady_timer.hpp> <boost/asio/use_awaitable.hpp>)

if(CANDELA_TESTS)
  find_package(GTest REQUIRED)
  find_package(rapidcheck REQUIRED)
  # All that a test program links; and a library only because a precompiled header has to belong to one.
  add_library(candela_testing STATIC ${CMAKE_CURRENT_LIST_DIR}/testing.cpp)
  target_link_libraries(candela_testing PUBLIC GTest::gtest GTest::gmock GTest::gtest_main rapidcheck rapidcheck_gtest)
  target_precompile_headers(candela_testing PRIVATE <gtest/gtest.h>)
endif()

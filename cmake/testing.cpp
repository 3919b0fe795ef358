// Exists so that GoogleTest's header is precompiled once for all test programs; see precompiled.cmake.
#include <gtest/gtest.h>

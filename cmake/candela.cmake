# How a folder of src/ becomes a library, its tests a test program, and its fuzz targets programs of their own.

include(${CMAKE_CURRENT_LIST_DIR}/precompiled.cmake)

# What scripts/check builds: all test programs, those of libraries that have threads, and the fuzz targets.
add_custom_target(unit_tests)
add_custom_target(threaded_tests)
add_custom_target(fuzz_targets)

# Defines CANDELA_SOURCE_DIR, the root of this checkout, for those of the files that use it. Not for the others, because
# ccache would then take nothing over from another checkout. (A file that begins to use it needs a new cmake run.)
function(candela_tell_source_directory)
  foreach(file ${ARGN})
    file(STRINGS ${file} uses REGEX CANDELA_SOURCE_DIR LIMIT_COUNT 1)
    if(uses)
      set_property(SOURCE ${file} APPEND PROPERTY COMPILE_DEFINITIONS CANDELA_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    endif()
  endforeach()
endfunction()

# candela_library(NAME [ASIO] [THREADS] [DEPENDS target...]): all *.cpp of this folder and below but tests and fuzz
# targets. ASIO: it uses Asio. THREADS: it has threads or is used by several.
# Tests (*_test.cpp) become one program candela_NAME_test, run by ctest under the label "unit" (and "threads").
# Fuzz targets (*_fuzz.cpp) each become a program of their own when CANDELA_FUZZ is on.
function(candela_library name)
  cmake_parse_arguments(ARG "ASIO;THREADS" "" "DEPENDS" ${ARGN})
  file(GLOB_RECURSE all CONFIGURE_DEPENDS *.cpp)
  set(sources ${all})
  list(FILTER sources EXCLUDE REGEX "(_test|_fuzz|/main)\\.cpp$")
  set(tests ${all})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  set(fuzzers ${all})
  list(FILTER fuzzers INCLUDE REGEX "_fuzz\\.cpp$")

  set(target candela_${name})
  if(sources)
    add_library(${target} STATIC ${sources})
    set(visibility PUBLIC)
  else()
    add_library(${target} INTERFACE)
    set(visibility INTERFACE)
  endif()
  target_include_directories(${target} ${visibility} ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(${target} ${visibility} ${ARG_DEPENDS})
  if(ARG_ASIO)
    target_link_libraries(${target} ${visibility} candela_asio)
    if(sources)
      target_precompile_headers(${target} REUSE_FROM candela_asio)
    endif()
  endif()

  if(CANDELA_TESTS AND tests)
    add_executable(${target}_test ${tests})
    target_link_libraries(${target}_test PRIVATE ${target} candela_testing)
    target_precompile_headers(${target}_test REUSE_FROM candela_testing)
    candela_tell_source_directory(${tests})
    add_test(NAME unit.${name} COMMAND ${target}_test)
    set_tests_properties(unit.${name} PROPERTIES LABELS unit TIMEOUT 300)
    add_dependencies(unit_tests ${target}_test)
    if(ARG_THREADS)
      set_tests_properties(unit.${name} PROPERTIES LABELS "unit;threads")
      add_dependencies(threaded_tests ${target}_test)
    endif()
  endif()
  if(CANDELA_FUZZ)
    foreach(fuzzer ${fuzzers})
      get_filename_component(fuzz_target ${fuzzer} NAME_WE)
      add_executable(${fuzz_target} ${fuzzer})
      target_link_libraries(${fuzz_target} PRIVATE ${target})
      target_link_options(${fuzz_target} PRIVATE -fsanitize=fuzzer)
      add_dependencies(fuzz_targets ${fuzz_target})
    endforeach()
  endif()
endfunction()

# candela_embed(TARGET FILE SYMBOL): makes the text of FILE available as extern const std::string_view SYMBOL in the
# namespace candela::embedded, so that the programs need no data files beside them.
function(candela_embed target file symbol)
  get_filename_component(path ${file} ABSOLUTE)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cpp)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DINPUT=${path} -DOUTPUT=${output} -DSYMBOL=${symbol} -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${path} ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    VERBATIM)
  # Standard C++ promises no more than 65536 characters in a text; both compilers take far more.
  set_source_files_properties(${output} PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
  target_sources(${target} PRIVATE ${output})
endfunction()

# SPDX-License-Identifier: Apache-2.0
# The SCORM engine a second time, for the browser: scorm.wasm, without imports. It must give the same bits as the
# engine in the program, so neither may fuse a multiplication with an addition.
get_target_property(scorm_type kenes_scorm TYPE)
if(scorm_type STREQUAL "STATIC_LIBRARY")
	target_compile_options(kenes_scorm PRIVATE -ffp-contract=off)
	find_program(WASM_CLANG NAMES clang clang-14 clang-15 clang-16 clang-17 clang-18 clang-19 REQUIRED)
	file(GLOB scorm_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/scorm/*.c)
	file(GLOB scorm_headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/scorm/*.h)
	add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/scorm.wasm
		COMMAND ${WASM_CLANG} --target=wasm32-wasi -std=gnu17 -Oz -flto -ffp-contract=off -nostartfiles
			-Wall -Wextra -Werror -I${CMAKE_SOURCE_DIR}/src -include${CMAKE_SOURCE_DIR}/src/base/banned.h
			-Wl,--no-entry -Wl,--strip-all -Wl,--lto-O2 -Wl,-z,stack-size=262144
			-o ${CMAKE_BINARY_DIR}/scorm.wasm ${scorm_sources} ${CMAKE_SOURCE_DIR}/src/base/base.c
		DEPENDS ${scorm_sources} ${scorm_headers} ${CMAKE_SOURCE_DIR}/src/base/base.c ${CMAKE_SOURCE_DIR}/src/base/base.h
		COMMENT "Building the engine for the browser")
	add_custom_target(scorm_wasm DEPENDS ${CMAKE_BINARY_DIR}/scorm.wasm)
endif()

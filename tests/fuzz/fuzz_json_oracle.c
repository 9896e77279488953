/* SPDX-License-Identifier: Apache-2.0 */
/* needs: PkgConfig::JANSSON */
/* json_valid against jansson, which does the same slowly: what one takes the other takes.
 * Left out is what they may differ on: NUL bytes (jansson stops there), U+0000 in texts,
 * repeated names, depth beyond our 32, numbers beyond a double. */
#include "base/json.h"
#include "fuzz/fuzz.h"

#include <jansson.h>
#include <stdlib.h>

/* The deepest nesting of brackets outside strings. */
static int depth(str text)
{
	int now = 0, most = 0;
	bool inside = false;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (inside && c == '\\')
			i++;
		else if (c == '"')
			inside = !inside;
		else if (!inside && (c == '[' || c == '{'))
			most = ++now > most ? now : most;
		else if (!inside && (c == ']' || c == '}'))
			now--;
	}
	return most;
}

static bool outside_the_question(str text)
{
	return memchr(text.p, 0, text.n) || memmem(text.p, text.n, "\\u0000", 6) ||
	       depth(text) > 30;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	str text = { (const char *)bytes, n };
	if (n == 0 || outside_the_question(text)) return 0;
	json_error_t error;
	json_t *tree = json_loadb(text.p, text.n, JSON_DECODE_ANY, &error);
	enum json_error_code code = tree ? json_error_unknown : json_error_code(&error);
	json_decref(tree);
	if (code == json_error_numeric_overflow || code == json_error_out_of_memory)
		return 0;
	if (json_valid(text) != (tree != NULL)) abort();
	return 0;
}

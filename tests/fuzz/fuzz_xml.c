/* SPDX-License-Identifier: Apache-2.0 */
/* A tree that xml_read gives, written plainly and read again, is the same tree; all of it
 * is UTF-8, whatever the bytes were. */
#include "base/buf.h"
#include "base/xml.h"
#include "fuzz/fuzz.h"

static const struct xml_limits limits = { .nodes = 2000, .depth = 40 };

static void write_text(struct buf *b, str text)
{
	check(text.p && str_is_utf8(text));
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c == '<' || c == '&' || c == '>' || c == '"' || c == '\r' ||
		    c == '\n' || c == '\t')
			buf_printf(b, "&#%d;", c);
		else
			buf_char(b, c);
	}
}

/* Prefixes that were never declared tell attributes of one local name apart. */
static void write_node(struct buf *b, const struct xml_node *node, int depth)
{
	check(depth < limits.depth);
	check(node->name.n > 0 && str_is_utf8(node->name));
	check(!node->ns.p || str_is_utf8(node->ns));
	buf_printf(b, "<p:%.*s", STR_ARG(node->name));
	for (size_t i = 0; i < node->n_attributes; i++) {
		const struct xml_attribute *at = &node->attribute[i];
		check(at->name.n > 0 && str_is_utf8(at->name));
		buf_printf(b, " p%zu:%.*s=\"", i, STR_ARG(at->name));
		write_text(b, at->value);
		buf_char(b, '"');
	}
	buf_char(b, '>');
	write_text(b, node->text);
	for (const struct xml_node *child = node->first; child; child = child->next)
		write_node(b, child, depth + 1);
	buf_printf(b, "</p:%.*s>", STR_ARG(node->name));
}

static void compare(const struct xml_node *a, const struct xml_node *b)
{
	check(str_is(a->name, b->name));
	check(str_is(a->text, b->text));
	check(a->n_attributes == b->n_attributes);
	for (size_t i = 0; i < a->n_attributes; i++) {
		check(str_is(a->attribute[i].name, b->attribute[i].name));
		check(str_is(a->attribute[i].value, b->attribute[i].value));
	}
	const struct xml_node *in_a = a->first, *in_b = b->first;
	for (; in_a && in_b; in_a = in_a->next, in_b = in_b->next) compare(in_a, in_b);
	check(!in_a && !in_b);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *a = arena_open(4 << 20), *again = arena_open(64 << 20);
	struct xml_node *first, *second;
	enum err e = xml_read((str){ (const char *)bytes, n }, limits, a, &first);
	check(e == ERR_OK || e == ERR_INVALID || e == ERR_TOO_LARGE);
	if (e == ERR_OK) {
		struct buf b;
		buf_init(&b, 64 << 20);
		write_node(&b, first, 0);
		check(!b.over);
		check(xml_read(buf_as_str(&b), limits, again, &second) == ERR_OK);
		compare(first, second);
		buf_free(&b);
	}
	arena_close(a);
	arena_close(again);
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* expat reports tags and text; we hang them into a tree. Namespaces are resolved here, not
 * by expat, because many manifests use prefixes they never declared. A stack with an entry
 * for each open element replaces recursion.
 *
 * Encodings: bytes that look like UTF-16 are; bytes that are UTF-8 are read so, whatever
 * the declaration says (what is written in a one-byte encoding is never UTF-8 by chance);
 * only then is the declaration asked. */
#include "base/xml.h"

#include "base/xml_encodings.h"

#include <expat.h>
#include <limits.h>

enum { MOST_BINDINGS = 256 };

/* xmlns:prefix="uri" of an open element; the default namespace has the prefix "". */
struct binding {
	str prefix, uri;
	const struct binding *outer;
	size_t n; /* this one and the outer ones */
};

struct piece {
	str text;
	struct piece *next;
};

struct level {
	struct xml_node *node, *last_child;
	const struct binding *bindings; /* in force inside */
	struct piece *first, *last;
	size_t n; /* bytes in the pieces */
};

struct reading {
	XML_Parser parser;
	struct xml_limits limits;
	struct arena *arena;
	struct level *level; /* [0] stands for the document, [depth] is the innermost */
	int depth;
	size_t nodes;
	enum err failure; /* ours, not expat's */
};

static void stop(struct reading *r, enum err failure)
{
	r->failure = failure;
	XML_StopParser(r->parser, XML_FALSE);
}

static unsigned long line_of(struct reading *r)
{
	return (unsigned long)XML_GetCurrentLineNumber(r->parser);
}

static fallible no_room(struct reading *r)
{
	return FAIL(ERR_TOO_LARGE, "XML, line %lu: too large", line_of(r));
}

static fallible copy(struct reading *r, str s, str *out)
{
	*out = arena_copy(r->arena, s);
	return s.p && !out->p ? no_room(r) : ERR_OK;
}

/* "xml:lang" into "xml" and "lang"; a name never comes out empty. */
static void split(const char *qualified, str *prefix, str *local)
{
	str name = str_of(qualified);
	size_t colon = str_index(name, ':');
	bool prefixed = colon + 1 < name.n;
	*prefix = str_part(name, 0, prefixed ? colon : 0);
	*local = str_part(name, prefixed ? colon + 1 : 0, name.n);
}

static str uri_of(const struct binding *b, str prefix)
{
	if (str_is(prefix, S("xml"))) return S("http://www.w3.org/XML/1998/namespace");
	while (b && !str_is(b->prefix, prefix)) b = b->outer;
	return b && b->uri.n ? b->uri : STR_NONE;
}

static bool is_binding(const char *attribute, str *prefix_out)
{
	str prefix, local;
	split(attribute, &prefix, &local);
	bool fallback = str_is(local, S("xmlns")) && prefix.n == 0;
	*prefix_out = fallback ? S("") : local;
	return fallback || str_is(prefix, S("xmlns"));
}

/* Adds what the attributes of a start tag declare to `*bindings`. */
static fallible bind(struct reading *r, const char **attributes,
                     const struct binding **bindings, size_t *n_out)
{
	size_t n = 0;
	str prefix;
	for (; attributes[0]; attributes += 2) {
		if (!is_binding(attributes[0], &prefix)) {
			n++;
			continue;
		}
		size_t outer = *bindings ? (*bindings)->n : 0;
		if (outer == MOST_BINDINGS) return no_room(r);
		struct binding *b = arena_try(r->arena, sizeof *b);
		if (!b) return no_room(r);
		*b = (struct binding){ .outer = *bindings, .n = outer + 1 };
		TRY(copy(r, prefix, &b->prefix));
		TRY(copy(r, str_of(attributes[1]), &b->uri));
		*bindings = b;
	}
	*n_out = n;
	return ERR_OK;
}

static fallible add_attributes(struct reading *r, const char **attributes,
                               const struct binding *bindings, struct xml_node *node)
{
	if (node->n_attributes == 0) return ERR_OK;
	struct xml_attribute *to = arena_try(r->arena, node->n_attributes * sizeof *to);
	if (!to) return no_room(r);
	node->attribute = to;
	str prefix;
	for (; attributes[0]; attributes += 2) {
		if (is_binding(attributes[0], &prefix)) continue;
		str local;
		split(attributes[0], &prefix, &local);
		to->ns = prefix.n ? uri_of(bindings, prefix) : STR_NONE;
		TRY(copy(r, local, &to->name));
		TRY(copy(r, str_of(attributes[1]), &to->value));
		to++;
	}
	return ERR_OK;
}

static fallible open_node(struct reading *r, const char *name, const char **attributes)
{
	if (r->depth == r->limits.depth)
		return FAIL(ERR_TOO_LARGE, "XML, line %lu: deeper than %d", line_of(r),
		            r->limits.depth);
	if (r->nodes++ == r->limits.nodes)
		return FAIL(ERR_TOO_LARGE, "XML, line %lu: more than %zu elements",
		            line_of(r), r->limits.nodes);
	struct xml_node *node = arena_try(r->arena, sizeof *node);
	if (!node) return no_room(r);

	struct level *outer = &r->level[r->depth];
	const struct binding *bindings = outer->bindings;
	TRY(bind(r, attributes, &bindings, &node->n_attributes));
	TRY(add_attributes(r, attributes, bindings, node));
	str prefix, local;
	split(name, &prefix, &local);
	node->ns = uri_of(bindings, prefix);
	TRY(copy(r, local, &node->name));
	node->line = (int)line_of(r);
	node->text = S("");

	if (outer->last_child)
		outer->last_child->next = node;
	else
		outer->node->first = node;
	outer->last_child = node;
	r->level[++r->depth] = (struct level){ .node = node, .bindings = bindings };
	return ERR_OK;
}

static void on_start(void *reading, const char *name, const char **attributes)
{
	struct reading *r = reading;
	if (r->failure) return;
	enum err e = open_node(r, name, attributes);
	if (e) stop(r, e);
}

static fallible add_text(struct reading *r, str text)
{
	struct level *l = &r->level[r->depth];
	struct piece *piece = arena_try(r->arena, sizeof *piece);
	if (!piece) return no_room(r);
	TRY(copy(r, text, &piece->text));
	if (l->last)
		l->last->next = piece;
	else
		l->first = piece;
	l->last = piece;
	l->n += text.n;
	return ERR_OK;
}

static void on_text(void *reading, const char *text, int n)
{
	struct reading *r = reading;
	if (r->failure) return;
	enum err e = add_text(r, (str){ text, (size_t)n });
	if (e) stop(r, e);
}

static fallible join_text(struct reading *r, const struct level *l)
{
	if (!l->first) return ERR_OK;
	if (l->first == l->last) {
		l->node->text = l->first->text;
		return ERR_OK;
	}
	char *p = arena_try(r->arena, l->n + 1);
	if (!p) return no_room(r);
	l->node->text = (str){ p, l->n };
	for (const struct piece *piece = l->first; piece; piece = piece->next) {
		memcpy(p, piece->text.p, piece->text.n);
		p += piece->text.n;
	}
	return ERR_OK;
}

static void on_end(void *reading, const char *name)
{
	struct reading *r = reading;
	(void)name;
	if (r->failure) return;
	enum err e = join_text(r, &r->level[r->depth]);
	if (e) stop(r, e);
	r->depth--;
}

static int on_encoding(void *unused, const char *name, XML_Encoding *out)
{
	(void)unused;
	return xml_encoding_map(name, out->map) ? XML_STATUS_OK : XML_STATUS_ERROR;
}

struct mark {
	str bytes;
	size_t skip;
	const char *wide; /* the UTF-16 that it tells of */
};

/* Takes one mark or blank off the front. False when the document begins. */
static bool skip_mark(str *bytes, const char **wide)
{
	static const struct mark marks[] = {
		{ { "\xFE\xFF", 2 }, 2, "UTF-16BE" },
		{ { "\xFF\xFE", 2 }, 2, "UTF-16LE" },
		{ { "\0<", 2 }, 0, "UTF-16BE" },
		{ { "<\0", 2 }, 0, "UTF-16LE" },
		{ { "\0 ", 2 }, 2, "UTF-16BE" },
		{ { " \0", 2 }, 2, "UTF-16LE" },
		{ { "\0\t", 2 }, 2, "UTF-16BE" },
		{ { "\t\0", 2 }, 2, "UTF-16LE" },
		{ { "\0\r", 2 }, 2, "UTF-16BE" },
		{ { "\r\0", 2 }, 2, "UTF-16LE" },
		{ { "\0\n", 2 }, 2, "UTF-16BE" },
		{ { "\n\0", 2 }, 2, "UTF-16LE" },
		{ { "\xEF\xBB\xBF", 3 }, 3, NULL },
		{ { " ", 1 }, 1, NULL },
		{ { "\t", 1 }, 1, NULL },
		{ { "\r", 1 }, 1, NULL },
		{ { "\n", 1 }, 1, NULL },
	};
	for (size_t i = 0; i < countof(marks); i++) {
		const struct mark *m = &marks[i];
		if ((*wide && !m->wide) || !str_starts(*bytes, m->bytes)) continue;
		if (m->wide) *wide = m->wide;
		*bytes = str_part(*bytes, m->skip, bytes->n);
		return m->skip > 0;
	}
	return false;
}

/* What stands in encoding="…" of a declaration; STR_NONE when nothing does. */
static str declared(str bytes)
{
	if (!str_starts(bytes, S("<?xml"))) return STR_NONE;
	str rest = str_part(bytes, 0, str_index(bytes, '>')), piece, value;
	while (str_cut(&rest, '=', &piece)) {
		if (!str_ends(str_trim(piece), S("encoding"))) continue;
		rest = str_trim(rest);
		if (rest.n == 0 || (rest.p[0] != '"' && rest.p[0] != '\'')) break;
		char quote = rest.p[0];
		rest = str_part(rest, 1, rest.n);
		if (str_cut(&rest, quote, &value)) return str_trim(value);
	}
	return STR_NONE;
}

/* Takes what stands before the document off the front. What expat must be told of the
 * encoding; NULL to let it complain. */
static const char *find_encoding(str *bytes)
{
	const char *wide = NULL;
	while (skip_mark(bytes, &wide)) {}
	if (wide) return wide;
	if (str_is_utf8(*bytes)) return "UTF-8";
	return xml_encoding_find(declared(*bytes));
}

static void parser_free_at(XML_Parser *parser)
{
	if (*parser) XML_ParserFree(*parser);
}

static fallible run(struct reading *r, str bytes)
{
	XML_SetUserData(r->parser, r);
	XML_SetElementHandler(r->parser, on_start, on_end);
	XML_SetCharacterDataHandler(r->parser, on_text);
	XML_SetUnknownEncodingHandler(r->parser, on_encoding, NULL);
	if (XML_Parse(r->parser, bytes.p, (int)bytes.n, XML_TRUE) == XML_STATUS_OK)
		return ERR_OK;
	if (r->failure) return r->failure;
	return FAIL(ERR_INVALID, "XML, line %lu, column %lu: %s", line_of(r),
	            (unsigned long)XML_GetCurrentColumnNumber(r->parser) + 1,
	            XML_ErrorString(XML_GetErrorCode(r->parser)));
}

fallible xml_read(str bytes, struct xml_limits limits, struct arena *a,
                  struct xml_node **out)
{
	if (bytes.n > INT_MAX) return FAIL(ERR_TOO_LARGE, "XML: %zu bytes", bytes.n);
	const char *encoding = find_encoding(&bytes);
	on_exit_of_scope(parser_free_at) XML_Parser parser = XML_ParserCreate(encoding);
	if (!parser) return FAIL(ERR_TOO_LARGE, "XML: no memory");

	struct xml_node document = { 0 };
	struct reading r = { .parser = parser, .limits = limits, .arena = a };
	r.level = arena_alloc(a, ((size_t)limits.depth + 1) * sizeof *r.level);
	r.level[0].node = &document;
	TRY(run(&r, bytes));
	*out = document.first;
	return ERR_OK;
}

const struct xml_node *xml_named(const struct xml_node *node, const char *name)
{
	str wanted = str_of(name);
	while (node && !str_is_nocase(node->name, wanted)) node = node->next;
	return node;
}

const struct xml_node *xml_child(const struct xml_node *node, const char *name)
{
	return node ? xml_named(node->first, name) : NULL;
}

str xml_attr(const struct xml_node *node, const char *name)
{
	str wanted = str_of(name);
	for (size_t i = 0; node && i < node->n_attributes; i++)
		if (str_is_nocase(node->attribute[i].name, wanted))
			return node->attribute[i].value;
	return STR_NONE;
}

str xml_child_text(const struct xml_node *node, const char *name)
{
	const struct xml_node *child = xml_child(node, name);
	return child ? str_trim(child->text) : STR_NONE;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Hubs and sites that a verifier knows, as a text file. It is not signed: whoever makes a
 * verification page decides whom it trusts. */
#include "base/text.h"
#include "certificate/verify.h"

#define FIRST_LINE "kenes-trust 1"

void trust_list_write(struct buf *out, const struct trust_list *list)
{
	const struct hub_known *hub = list->hubs.items;
	const struct site_known *site = list->sites.items;
	char text[2 * TRUST_CERTIFICATE];
	buf_str(out, S(FIRST_LINE "\n"));
	for (size_t i = 0; i < list->hubs.n; i++) {
		text_hex(hub[i].public_key, SEAL_PUBLIC, text);
		buf_printf(out, "hub %s %.*s\n", text, STR_ARG(hub[i].name));
	}
	const struct key_cut *cut = list->cut.items;
	for (size_t i = 0; i < list->cut.n; i++) {
		text_hex(cut[i].id, KEY_ID, text);
		buf_printf(out, "cut %s\n", text);
	}
	for (size_t i = 0; i < list->sites.n; i++) {
		str bytes = site[i].certificate;
		if (bytes.n > TRUST_CERTIFICATE) continue;
		text_base64url((const uint8_t *)bytes.p, bytes.n, text);
		buf_printf(out, "site %s %.*s\n", text, STR_ARG(site[i].name));
	}
}

static bool read_hub(struct arena *a, str key, str name, struct hub_known *out)
{
	out->name = arena_copy(a, name);
	return text_unhex(key, out->public_key, SEAL_PUBLIC);
}

static bool read_site(struct arena *a, str text, str name, struct site_known *out)
{
	size_t n = text.n * 3 / 4;
	uint8_t *bytes = n <= TRUST_CERTIFICATE ? arena_try(a, n + 1) : NULL;
	struct site_certificate certificate;
	out->name = arena_copy(a, name);
	out->certificate = (str){ (const char *)bytes, n };
	return bytes && text_unbase64url(text, bytes, n) &&
	       trust_read(out->certificate, &certificate);
}

struct reading_list {
	struct hub_known *hub;
	struct site_known *site;
	struct key_cut *cut;
	size_t n_hubs, n_sites, n_cut;
};

/* "hub KEY NAME", "site CERTIFICATE NAME", "cut KEY-ID" */
static bool read_line(struct arena *a, str line, struct reading_list *r)
{
	str word, value;
	if (!str_cut(&line, ' ', &word) || !str_cut(&line, ' ', &value)) return false;
	if (str_is(word, S("hub"))) return read_hub(a, value, line, &r->hub[r->n_hubs++]);
	if (str_is(word, S("site")))
		return read_site(a, value, line, &r->site[r->n_sites++]);
	return str_is(word, S("cut")) && text_unhex(value, r->cut[r->n_cut++].id, KEY_ID);
}

enum err trust_list_read(struct arena *a, str text, struct trust_list *out)
{
	size_t lines = 1;
	for (size_t i = 0; i < text.n; i++) lines += text.p[i] == '\n';
	struct reading_list r = { .hub = arena_try(a, lines * sizeof *r.hub),
		                  .site = arena_try(a, lines * sizeof *r.site),
		                  .cut = arena_try(a, lines * sizeof *r.cut) };
	str line;
	bool good = r.hub && r.site && r.cut && str_cut(&text, '\n', &line) &&
	            str_is(str_trim(line), S(FIRST_LINE));
	while (good && str_cut(&text, '\n', &line)) {
		line = str_trim(line);
		good = !line.n || read_line(a, line, &r);
	}
	if (!good)
		return FAIL_WHY(ERR_INVALID, "no-trust",
		                "this is not a list of hubs and sites");
	*out = (struct trust_list){ { r.hub, r.n_hubs },
		                    { r.site, r.n_sites },
		                    { r.cut, r.n_cut } };
	return ERR_OK;
}

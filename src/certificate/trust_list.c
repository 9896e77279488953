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

enum err trust_list_read(struct arena *a, str text, struct trust_list *out)
{
	size_t lines = 1, n_hubs = 0, n_sites = 0;
	for (size_t i = 0; i < text.n; i++) lines += text.p[i] == '\n';
	struct hub_known *hub = arena_try(a, lines * sizeof *hub);
	struct site_known *site = arena_try(a, lines * sizeof *site);
	str line, word, value;
	bool good = hub && site && str_cut(&text, '\n', &line) &&
	            str_is(str_trim(line), S(FIRST_LINE));
	while (good && str_cut(&text, '\n', &line)) {
		line = str_trim(line);
		if (!line.n) continue;
		good = str_cut(&line, ' ', &word) && str_cut(&line, ' ', &value) &&
		       (str_is(word, S("hub")) ? read_hub(a, value, line, &hub[n_hubs++])
		        : str_is(word, S("site"))
		                ? read_site(a, value, line, &site[n_sites++])
		                : false);
	}
	if (!good)
		return FAIL_WHY(ERR_INVALID, "no-trust",
		                "this is not a list of hubs and sites");
	*out = (struct trust_list){ { hub, n_hubs }, { site, n_sites } };
	return ERR_OK;
}

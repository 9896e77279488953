/* SPDX-License-Identifier: Apache-2.0 */
#include "certificate/sheet.h"

static const struct json_field signatory_fields[] = {
	JSON_TEXT(struct signatory, name, true, 1, 80),
	JSON_TEXT(struct signatory, role, false, 0, 120),
};
static const struct shape signatory_shape =
	SHAPE("Signatory", struct signatory, signatory_fields);

static const struct json_field template_fields[] = {
	JSON_TEXT(struct template, title, true, 1, 30),
	JSON_TEXT(struct template, intro_kk, true, 0, 110),
	JSON_TEXT(struct template, intro_ru, true, 0, 110),
	JSON_TEXT(struct template, done_kk, true, 0, 110),
	JSON_TEXT(struct template, done_ru, true, 0, 110),
	JSON_LIST(struct template, signatories, false, SIGNATORIES, signatory_shape),
	JSON_INT(struct template, hours, true, 0, 1000),
	JSON_INT(struct template, valid_months, true, 0, 120),
	JSON_BOOL(struct template, logo, false),
	JSON_TEXT(struct template, centre, false, 1, 20),
};
const struct shape template_shape =
	SHAPE("CertificateTemplate", struct template, template_fields);

struct template template_default(void)
{
	return (struct template){
		.title = S("СЕРТИФИКАТ"),
		.intro_kk = S("Осы сертификат мынаны растайды:"),
		.intro_ru = S("Настоящий сертификат подтверждает, что"),
		.done_kk = S("курсты сәтті аяқтады"),
		.done_ru = S("успешно завершил(а) курс"),
	};
}

static uint32_t lacking(enum font font, const str *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t rune = font_lacks(font, text[i]);
		if (rune) return rune;
	}
	return 0;
}

uint32_t sheet_lacks(const struct facts *f, const struct template *t)
{
	const str titles[] = { t->title, f->surname, f->given, f->patronymic };
	const str serifs[] = { f->course };
	const str plain[] = { f->council,  f->event,    f->place,   f->issuer,
		              t->intro_kk, t->intro_ru, t->done_kk, t->done_ru };
	uint32_t rune = lacking(FONT_TITLE, titles, countof(titles));
	if (!rune) rune = lacking(FONT_SERIF, serifs, countof(serifs));
	if (!rune) rune = lacking(FONT_TEXT, plain, countof(plain));
	const struct signatory *s = t->signatories.items;
	for (size_t i = 0; !rune && i < t->signatories.n; i++) {
		const str both[] = { s[i].name, s[i].role };
		rune = lacking(FONT_TEXT, both, countof(both));
	}
	return rune;
}

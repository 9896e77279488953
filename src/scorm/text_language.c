/* SPDX-License-Identifier: Apache-2.0 */
/* Languages: ISO 639-1 and 639-2 codes, withdrawn ones included, by their first letter;
 * each entry is what follows it, two letters (or one) after the other. */
#include "scorm/text.h"

/* clang-format off */
static const char *const codes_2[26] = {
	"abefkmnrsvyz",
	"aeghimnors",
	"aehorsuvy",
	"aevz",
	"elnostu",
	"afijory",
	"adlnuv",
	"aeiortuyz",
	"adegikostu",
	"av",
	"agijklmnorsuvwy",
	"abginotuv",
	"ghiklnorsty",
	"abdeglnorvy",
	"cjmrs",
	"ailst",
	"u",
	"mnouw",
	"acdegiklmnoqrstuvw",
	"aeghiklnorstwy",
	"gkrz",
	"eio",
	"ao",
	"h",
	"io",
	"ahu",
};
static const char *const codes_3[26] = {
	"arbkcechdadyfafhfrinkakklblelgltmhngnppararcrgrmrnrprtrwsmst"
	"thusvavewaymze",
	"adaiakalamanaqasatejelemenerhoihikinislantodosraretkuaugulur"
	"yn",
	"adaiaratauebeleshahbhehghihkhmhnhohphrhuhvhymcnroporospepfpp"
	"rerhrpsbusymze",
	"akanarayeleneugrinivoirasbuaumutyuzo",
	"figykalllxngnmpostuswewo",
	"anaoasatijiliniuonrarermrorrrsryulur",
	"aaaybaemeoerezillalelglvmhohonorotrbrcrernswujwi",
	"aiatauaweberiliminitmnmorvsbunupye",
	"babocedoiijokulelonancndnenhpkraroslta",
	"avbopnprrb",
	"aaabacalamanarasatauawazbdhahihmhoikinirmbokomonorospercrlro"
	"ruuaumurut",
	"adahamaoataveziminitoloztzuaubuguiunuous",
	"acadagahaiakalanaoaparasaydfdrengaiciniskdkhlgltncninooholon"
	"osrisaulunuswlwryaynyv",
	"ahaiapauavbldedodsepewiaiciuldnoobogonorqosoubwcyaymynyozi",
	"cijirirmsasstato",
	"aaagalamanapaueoerhihnliolonorrarous",
	"ue",
	"ajaparoaohomonumunupus",
	"adagahaialamanasatcccncocrelemgagnhnidinioitlalklolvmamemimj"
	"mnmomsnandnkogomonotpaqirdrnrprrsaswukunusuxwaweycyr",
	"ahaiamatelemeretgkglhaibigirivkllhlimhogonpisisnsoukumupurut"
	"vlwiyv",
	"dmgaigkrmbndrdzb",
	"aienieolot",
	"akalaraselenlnol",
	"alho",
	"aoapidorpk",
	"apblenghhahondulunxxza",
};
/* clang-format on */

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool is_letter(char c)
{
	return lower(c) >= 'a' && lower(c) <= 'z';
}

static bool is_known(str code)
{
	char c[3] = { 0 };
	for (size_t i = 0; i < code.n; i++) {
		if (!is_letter(code.p[i])) return false;
		c[i] = lower(code.p[i]);
	}
	if (code.n == 3 && c[0] == 'q' && c[1] <= 't') return true; /* qaa-qtz: local use */
	const char *list = code.n == 2 ? codes_2[c[0] - 'a'] : codes_3[c[0] - 'a'];
	size_t step = code.n - 1;
	for (; *list; list += step)
		if (memcmp(list, c + 1, step) == 0) return true;
	return false;
}

bool text_language(str s)
{
	str code;
	if (!str_cut(&s, '-', &code)) return false;
	bool open = code.n == 1 && (lower(code.p[0]) == 'i' || lower(code.p[0]) == 'x');
	if (open && !s.n) return false;
	if (!open && !((code.n == 2 || code.n == 3) && is_known(code))) return false;
	bool more = s.p && s.p[-1] == '-';
	if (more && (!s.n || s.p[s.n - 1] == '-')) return false;
	while (str_cut(&s, '-', &code)) {
		if (code.n < 1 || code.n > 8) return false;
		for (size_t i = 0; i < code.n; i++)
			if (!is_letter(code.p[i]) &&
			    !(code.p[i] >= '0' && code.p[i] <= '9'))
				return false;
	}
	return true;
}

bool text_localized(str s)
{
	str mark = S("{lang=");
	if (!str_starts(s, mark)) return true;
	size_t end = str_index(s, '}');
	return end < s.n && text_language(str_part(s, mark.n, end));
}

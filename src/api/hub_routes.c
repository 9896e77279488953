/* SPDX-License-Identifier: Apache-2.0 */
/* Every address of a hub. */
#include "api/hub_api.h"
#include "api/hub_handlers.h"
#include "api/hub_shapes.h"
#include "api/shapes.h"
#include "hub/members.h"
#include "hub/publish.h"
#include "hub/report.h"
#include "hub/retention.h"

/* clang-format off */
const struct route hub_routes[] = {
	/* method, path                     where    who     pace    takes  gives */

	{ GET,  "/healthz",                 MAIN,    ANYONE, FREE,   NULL,  &health_shape, false, false,
	  hub_health,   "200 only while what is written reaches the disk; else 503." },
	{ GET,  "/metrics",                 MAIN,    ANYONE, NORMAL, NULL,  NULL, false, false,
	  hub_metrics,  "Figures for Prometheus; no names, no ids." },
	{ PUT,  "/sync/v1/exchange",        MAIN,    ANYONE, NORMAL, NULL,  NULL, false, true,
	  hub_exchange, "One signed request of a site, one signed reply (docs/protocol.md). 201 only with a reply that is signed." },
	{ PUT,  "/sync/v1/bundle",          MAIN,    ANYONE, COSTLY, NULL,  &hub_import_shape, true, true,
	  hub_bundle,   "A courier's file: its records count as if they had come by the line. 400 bad-bundle, 403 forged, 404 not-for-us." },
	{ GET,  "/sync/v1/receipt/{id}",    MAIN,    ANYONE, NORMAL, NULL,  NULL, false, false,
	  hub_receipt,  "The sealed receipt of a bundle, to be carried back, and with it what the site lacks." },

	/* Coming in */
	{ GET,    "/api/hub", MAIN,    ANYONE, NORMAL, NULL, &api_info_shape, false, false,
	  hub_about, "This description: every route and every shape of a hub." },
	{ GET,    "/api/hub/hello", MAIN,    ANYONE, FREE, NULL, &hub_hello_shape, false, false,
	  hub_hello, "Whether anybody has begun here, and who is asking." },
	{ POST,   "/api/hub/start", MAIN,    ANYONE, GUESS, &hub_start_shape, &hub_started_shape, false, false,
	  hub_start, "Beginning with a code: a key for the authenticator app. 401 wrong-start-code." },
	{ POST,   "/api/hub/start/confirm", MAIN,    ANYONE, GUESS, &hub_start_confirm_shape, &hub_begun_shape, false, false,
	  hub_start_confirm, "Sets the password and the app: 201 signed in, with the recovery codes. 400 wrong-digits." },
	{ POST,   "/api/hub/sign-in", MAIN,    ANYONE, GUESS, &hub_sign_in_shape, &coordinator_shape, false, false,
	  hub_sign_in, "Password and second factor. 401 wrong-password, wrong-digits, wait-a-quarter." },
	{ POST,   "/api/hub/sign-out", MAIN,    COORDINATOR, NORMAL, NULL, NULL, false, false,
	  hub_sign_out, "Ends this browser's session." },
	{ POST,   "/api/hub/language", MAIN,    COORDINATOR, NORMAL, &language_new_shape, NULL, false, false,
	  hub_language, "The language that this coordinator is spoken to." },

	/* Coordinators */
	{ GET,    "/api/hub/coordinators", MAIN,    NATIONAL, NORMAL, NULL, &coordinator_shape, true, false,
	  hub_coordinators, "Who may sign in here." },
	{ POST,   "/api/hub/coordinators", MAIN,    NATIONAL, NORMAL, &coordinator_new_shape, &hub_code_shape, false, false,
	  hub_coordinator_new, "Makes one: 201 with the code to begin with. 409 login-taken." },
	{ POST,   "/api/hub/coordinators/{id}/code", MAIN,    NATIONAL, NORMAL, NULL, &hub_code_shape, false, false,
	  hub_coordinator_code, "A new code, for a lost phone or a forgotten password." },
	{ POST,   "/api/hub/coordinators/{id}/iin", MAIN,    NATIONAL, NORMAL, &hub_may_shape, NULL, false, false,
	  hub_coordinator_iin, "Gives or takes the right to open sealed IINs. 409 auditor-reads." },
	{ DELETE, "/api/hub/coordinators/{id}", MAIN,    NATIONAL, NORMAL, NULL, NULL, false, false,
	  hub_coordinator_end, "Takes the right away. 409 last-national." },

	/* Overview */
	{ GET,    "/api/hub/overview", MAIN,    COORDINATOR, NORMAL, NULL, &report_overview_shape, false, false,
	  hub_overview, "One area of ?scope=: its sums, what lies in it, months, silent sites." },
	{ GET,    "/api/hub/areas", MAIN,    COORDINATOR, NORMAL, NULL, &report_area_shape, true, false,
	  hub_areas, "What lies in ?scope=, as a list." },
	{ GET,    "/api/hub/councils", MAIN,    COORDINATOR, NORMAL, NULL, &report_council_shape, true, false,
	  hub_councils, "The councils of ?scope=." },

	/* Sites */
	{ GET,    "/api/hub/sites", MAIN,    COORDINATOR, NORMAL, NULL, &hub_site_shape, true, false,
	  hub_sites, "Sites of ?scope= with ?find= in name, contact or scope; ?silent=1: not heard of for 21 days." },
	{ GET,    "/api/hub/sites/{id}", MAIN,    COORDINATOR, NORMAL, NULL, &report_site_shape, false, false,
	  hub_site_show, "One site, and what is here of it: counts and the sum of ids." },
	{ POST,   "/api/hub/sites/{id}/revoke", MAIN,    EDITOR, NORMAL, &hub_why_shape, NULL, false, false,
	  hub_site_cut, "Cuts a site off; what it sent stays." },
	{ GET,    "/api/hub/invites", MAIN,    COORDINATOR, NORMAL, NULL, &hub_invite_shape, true, false,
	  hub_invites, "Invitations of ?scope=, newest first." },
	{ POST,   "/api/hub/invites", MAIN,    EDITOR, NORMAL, &hub_invite_new_shape, &hub_code_shape, false, false,
	  hub_invite_new, "A one-time code for a site: 201, shown once." },
	{ DELETE, "/api/hub/invites/{id}", MAIN,    EDITOR, NORMAL, NULL, NULL, false, false,
	  hub_invite_end, "Takes an unused code back. 409 code-used." },

	/* Needs attention */
	{ GET,    "/api/hub/attention", MAIN,    COORDINATOR, NORMAL, NULL, &report_attention_shape, true, false,
	  hub_attention, "What somebody should look at, newest first." },
	{ POST,   "/api/hub/attention/{id}/settle", MAIN,    EDITOR, NORMAL, &hub_settle_shape, NULL, false, false,
	  hub_attention_settle, "Settles one with a reason; `apply`: what was quarantined counts after all." },

	/* People */
	{ GET,    "/api/hub/people", MAIN,    COORDINATOR, NORMAL, NULL, &report_person_shape, true, false,
	  hub_people, "People whose name begins with ?find=, letters of both languages alike." },
	{ GET,    "/api/hub/people/{id}", MAIN,    COORDINATOR, NORMAL, NULL, &report_person_detail_shape, false, false,
	  hub_person_show, "One person: results, certificates, other ids." },
	{ GET,    "/api/hub/people/{id}/export", MAIN,    EDITOR, COSTLY, NULL, &report_export_shape, false, false,
	  hub_person_all, "All that is held about one person, for the person; ?as=file to save it; audited." },
	{ POST,   "/api/hub/people/{id}/merge", MAIN,    EDITOR, NORMAL, &hub_into_shape, NULL, false, false,
	  hub_person_join, "This id is the same person as `into`. Undone by unmerge." },
	{ POST,   "/api/hub/people/{id}/unmerge", MAIN,    EDITOR, NORMAL, NULL, NULL, false, false,
	  hub_person_part, "They are two people after all." },
	{ POST,   "/api/hub/people/{id}/erase", MAIN,    EDITOR, NORMAL, NULL, NULL, false, false,
	  hub_person_wipe, "Takes names and payloads away, here and at the sites. Cannot be undone." },
	{ POST,   "/api/hub/people/{id}/iin", MAIN,    EDITOR, COSTLY, &hub_why_shape, &hub_iin_shape, false, false,
	  hub_person_iin, "Opens the sealed IIN, by who has that right and with a reason; audited. 403 no-iin-right, 404 no-iin." },
	{ GET,    "/api/hub/duplicates", MAIN,    COORDINATOR, COSTLY, NULL, &report_pair_shape, true, false,
	  hub_duplicates, "People of one name in one place who may be one person, 50 pairs." },

	/* Files that were brought */
	{ GET,    "/api/hub/files",              MAIN, COORDINATOR, NORMAL, NULL, &hub_import_shape, true, false,
	  hub_files, "Files of the caller's scope, newest first." },
	{ PUT,    "/api/hub/files",              MAIN, EDITOR, COSTLY, NULL, &hub_import_shape, true, true,
	  hub_file_new, "A site's file, looked into: nothing counts yet. 400 bad-bundle, 403 forged, 404 not-for-us." },
	{ POST,   "/api/hub/files/{id}/confirm", MAIN, EDITOR, COSTLY, NULL, NULL, false, false,
	  hub_file_yes, "Its records count. Again is fine." },
	{ POST,   "/api/hub/files/{id}/undo",    MAIN, EDITOR, NORMAL, NULL, NULL, false, false,
	  hub_file_no, "Puts it away uncounted. 409 already-decided." },

	/* What goes down to sites */
	{ GET,    "/api/hub/publications",       MAIN, COORDINATOR, NORMAL, NULL, &hub_publication_shape, true, false,
	  hub_publications, "What is published for ?scope= or reaches into it, of ?kind= course, news, template or roster; how many sites have it." },
	{ DELETE, "/api/hub/publications/{id}",  MAIN, EDITOR, NORMAL, NULL, NULL, false, false,
	  hub_publication_drop, "Takes one back: sites are told at their next contact. 403 other-scope." },
	{ PUT,    "/api/hub/courses",            MAIN, EDITOR, COSTLY, NULL, &hub_course_shape, false, true,
	  hub_course_new, "Publishes a course for ?scope= from ?not_before= to ?not_after=: the body is the zip, ?name= its file name. 422 with the findings when it is refused, 409 published-already." },
	{ POST,   "/api/hub/news",               MAIN, EDITOR, NORMAL, &hub_news_new_shape, &hub_publication_shape, false, false,
	  hub_news_new, "An announcement for the trainers of a scope. 400 no-text, bad-period." },
	{ PUT,    "/api/hub/rosters",            MAIN, EDITOR, COSTLY, NULL, &hub_roster_shape, false, true,
	  hub_roster_new, "A list of expected people (CSV) for ?scope= until ?not_after=; ?check=1 only reads it. Lines that cannot be used are named and left out." },
	{ POST,   "/api/hub/templates",          MAIN, EDITOR, NORMAL, &hub_template_new_shape, &hub_publication_shape, false, false,
	  hub_template_new, "How certificates of a scope look. The logo of the one before stays when `look.logo` is true." },
	{ POST,   "/api/hub/templates/preview",  MAIN, EDITOR, FREE, &template_shape, NULL, false, false,
	  hub_template_try, "A made-up certificate in this look, as SVG." },
	{ GET,    "/api/hub/templates/{id}",     MAIN, COORDINATOR, NORMAL, NULL, &hub_template_shape, false, false,
	  hub_template_show, "One that is in force." },
	{ PUT,    "/api/hub/templates/{id}/logo", MAIN, EDITOR, NORMAL, NULL, &hub_publication_shape, false, true,
	  hub_template_logo, "Its logo: the body is a JPEG of at most 300 KB. Published anew." },
	{ GET,    "/api/hub/sites/{id}/items.kenes", MAIN, EDITOR, COSTLY, NULL, NULL, false, false,
	  hub_site_items, "What a site lacks as a file that only it can read; courses up to ?courses_mb= as far as 15 MB hold them." },
	{ GET,    "/verify/revocations.txt",     MAIN, ANYONE, NORMAL, NULL, NULL, false, false,
	  hub_revocations_file, "The signed, dated list of certificates that hold no longer, of the whole country." },
	{ GET,    "/verify/trust.txt",           MAIN, ANYONE, COSTLY, NULL, NULL, false, false,
	  hub_trust_file, "This centre, its sites, and the keys that were cut off, for `kenes verify --trust`." },

	/* Certificates */
	{ GET,    "/api/hub/certificates", MAIN,    COORDINATOR, NORMAL, NULL, &report_certificate_shape, true, false,
	  hub_certificates, "The registry, of ?state=: newest first, or whose number, or holder's name, begins with ?find=." },
	{ GET,    "/api/hub/certificates/{serial}", MAIN,    COORDINATOR, NORMAL, NULL, &hub_certificate_shape, false, false,
	  hub_certificate_show, "One: its facts, who issued it by what right, what became of it. 404 no-certificate." },
	{ POST,   "/api/hub/certificates/verify", MAIN,    COORDINATOR, COSTLY, &verify_new_shape, &hub_verified_shape, false, false,
	  hub_certificate_check, "Whether a certificate is true: a link, the code's text, or a number of the caller's area; audited." },
	{ POST,   "/api/hub/certificates/{serial}/correct", MAIN,    EDITOR, NORMAL, &hub_name_shape, NULL, false, false,
	  hub_certificate_correct, "The holder's right name: the laptop issues it anew at its next contact. 400 same-name, bad-letter; 409 ended-already, erased." },
	{ POST,   "/api/hub/certificates/{serial}/revoke", MAIN,    EDITOR, NORMAL, &hub_revocation_shape, NULL, false, false,
	  hub_certificate_end, "Takes one back: here at once, at the laptop at its next contact. 400 bad-reason, why-missing; 409 ended-already." },

	/* Councils' members */
	{ PUT,    "/api/hub/members", MAIN,    EDITOR, COSTLY, NULL, &members_report_shape, false, true,
	  hub_members_look, "A CSV of councils and how many members each has, looked into: what would change, what is refused and why. 400 no-csv, no-columns." },
	{ PUT,    "/api/hub/members/apply", MAIN,    EDITOR, COSTLY, NULL, &members_report_shape, false, true,
	  hub_members_apply, "The same file: its good lines count; audited." },

	/* How long things are kept */
	{ GET,    "/api/hub/retention", MAIN,    NATIONAL, COSTLY, NULL, &retention_shape, false, false,
	  hub_retention_show, "The rule, its last run, and how many names are over now, or would be after ?names= months." },
	{ POST,   "/api/hub/retention", MAIN,    NATIONAL, NORMAL, &retention_new_shape, NULL, false, false,
	  hub_retention_change, "Sets the rule; the daily run carries it out. 400 bad-months." },

	/* Audit */
	{ GET,    "/api/hub/audit", MAIN,    COORDINATOR, NORMAL, NULL, &report_audit_shape, true, false,
	  hub_audit_list, "Who did what, newest first, before number ?before=. For the whole country only." },
};
/* clang-format on */
const size_t hub_n_routes = countof(hub_routes);

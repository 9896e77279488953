/* SPDX-License-Identifier: Apache-2.0 */
/* Every address of Kenes, who may ask for it, what it takes and what it gives. Dispatch,
 * sign-in and role checks, rate and body limits, GET /api, docs/api.md and the browser's
 * types all come from this table. Pages and files that are not here: app/files.c. */
#include "api/api.h"
#include "api/handlers.h"
#include "runtime/attempt_file.h"
#include "sync/news.h"
#include "training/expected.h"

#define NOTHING NULL, false, false
#define ONE(shape) &(shape), false, false
#define MANY(shape) &(shape), true, false
#define FROM_BYTES(shape) &(shape), false, true /* the body is a file */

/* clang-format off */
const struct route api_routes[] = {
	/* method, path                   where    who      pace    takes             gives */

	/* The site ------------------------------------------------------------------------- */
	{ GET,    "/api",                 MAIN,    ANYONE,  NORMAL, NULL,             ONE(api_info_shape),
	  site_routes,   "This description: every route and every shape." },
	{ GET,    "/healthz",             MAIN,    ANYONE,  FREE,   NULL,             ONE(health_shape),
	  site_health,   "200 only while what is written reaches the disk; else 503." },
	{ GET,    "/api/hello",           MAIN,    ANYONE,  FREE,   NULL,             ONE(hello_shape),
	  site_hello,    "What this site is and who is asking: the first thing that a page asks." },
	{ POST,   "/api/setup",           MAIN,    LAPTOP,  COSTLY, &setup_new_shape, ONE(welcome_shape),
	  site_setup,    "The first start: names the site and makes its trainer, whose login is the name. 409 once there is one." },
	{ POST,   "/api/sign-in",         MAIN,    ANYONE,  GUESS,  &sign_in_new_shape, ONE(welcome_shape),
	  site_sign_in,  "Signs a trainer in, on the laptop only (else 403 only-on-laptop). 401 wrong-password." },
	{ POST,   "/api/sign-out",        MAIN,    LEARNER, NORMAL, NULL,             NOTHING,
	  site_sign_out, "Ends this browser's session." },
	{ GET,    "/api/room",            MAIN,    TRAINER, NORMAL, NULL,             ONE(room_shape),
	  site_room,     "How this machine is reached in the room, its free disk and its load." },
	{ GET,    "/api/news",            MAIN,    TRAINER, NORMAL, NULL,             MANY(news_shape),
	  news_list,     "The centre's announcements of today that this trainer has not put away." },
	{ POST,   "/api/news/{id}/read",  MAIN,    TRAINER, NORMAL, NULL,             NOTHING,
	  news_put_away, "Puts one away for this trainer. Again is fine." },

	/* Joining -------------------------------------------------------------------------- */
	{ GET,    "/api/join/{code}",     MAIN,    ANYONE,  GUESS,  NULL,             ONE(join_info_shape),
	  join_info,     "The event behind a code. 404 wrong-code." },
	{ POST,   "/api/join/{code}",     MAIN,    ANYONE,  GUESS,  &join_new_shape,  ONE(joined_shape),
	  join_add,      "Joins: 201 with a session; 202 with a claim when somebody of that name and council is in already." },
	{ GET,    "/api/join-claims/{id}", MAIN,   ANYONE,  NORMAL, NULL,             ONE(claim_state_shape),
	  claim_look,    "Whether the trainer confirmed: then this browser is signed in." },

	/* A learner's own ------------------------------------------------------------------ */
	{ POST,   "/api/my/language",     MAIN,    LEARNER, NORMAL, &language_new_shape, NOTHING,
	  my_language,   "The language that this person is spoken to: kk, ru or en." },
	{ GET,    "/api/my/courses",      MAIN,    LEARNER, NORMAL, NULL,             MANY(my_course_shape),
	  my_courses,    "The courses of the learner's event and how far they are; a trainer sees all." },
	{ POST,   "/api/my/courses/{id}/launch", MAIN, LEARNER, NORMAL, NULL,         ONE(launched_shape),
	  my_launch,     "Opens the newest attempt, or the first, and gives the player's address. 403 event-closed." },
	{ POST,   "/api/replay/{cap}/commits", MAIN, ATTEMPT, FREE, &commit_shape,    ONE(commit_reply_shape),
	  player_commit, "A commit that the phone kept, sent again by the app's page." },

	/* Courses -------------------------------------------------------------------------- */
	{ GET,    "/api/courses",         MAIN,    TRAINER, NORMAL, NULL,             MANY(course_shape),
	  course_list,   "Every course that is not hidden, by title." },
	{ DELETE, "/api/courses/{id}",    MAIN,    TRAINER, NORMAL, NULL,             NOTHING,
	  course_drop,   "Takes a course off the lists; attempts under way go on." },
	{ GET,    "/api/courses/centre",  MAIN,    TRAINER, NORMAL, NULL,             MANY(centre_course_shape),
	  course_centre, "The packages that the centre sent: in force, not yet, over or withdrawn, and whether they are on the shelf." },
	{ PUT,    "/api/packages",        MAIN,    TRAINER, COSTLY, NULL,             FROM_BYTES(import_reply_shape),
	  package_add,   "Imports a package: the body is the zip, ?name= its file name. 422 with the findings when it is refused." },

	/* Events --------------------------------------------------------------------------- */
	{ GET,    "/api/events",          MAIN,    TRAINER, NORMAL, NULL,             MANY(event_shape),
	  event_list,    "Every event, newest first." },
	{ POST,   "/api/events",          MAIN,    TRAINER, NORMAL, &event_new_shape, ONE(event_shape),
	  event_new,     "A new training day, with its join code." },
	{ GET,    "/api/events/{id}",     MAIN,    TRAINER, NORMAL, NULL,             ONE(event_detail_shape),
	  event_show,    "One event and its courses." },
	{ POST,   "/api/events/{id}/close", MAIN,  TRAINER, NORMAL, NULL,             NOTHING,
	  event_end,     "Ends the day: nobody joins or launches any more." },
	{ POST,   "/api/events/{id}/reopen", MAIN, TRAINER, NORMAL, NULL,             NOTHING,
	  event_again,   "Opens a closed event again." },
	{ POST,   "/api/events/{id}/courses", MAIN, TRAINER, NORMAL, &event_courses_new_shape, NOTHING,
	  event_choose,  "Which courses the event shows." },
	{ GET,    "/api/events/{id}/poster", MAIN, TRAINER, NORMAL, NULL,             ONE(poster_shape),
	  event_poster,  "What goes on the wall: the code, and an address with its QR for each network of this machine." },
	{ GET,    "/api/events/{id}/grid", MAIN,   TRAINER, FREE,   NULL,             ONE(grid_shape),
	  event_grid,    "The live picture of the room. ETag and 304: made to be polled." },
	{ GET,    "/api/events/{id}/expected", MAIN, TRAINER, NORMAL, NULL,           ONE(expected_shape),
	  event_expected, "Who is expected by the centre's list, who of them has come, and who came by a name that is nearly one of the list." },
	{ GET,    "/api/events/{id}/results.csv", MAIN, TRAINER, COSTLY, NULL,        NOTHING,
	  event_csv,     "The results as a table for spreadsheets, in ?language=." },
	{ GET,    "/api/events/{id}/results.xlsx", MAIN, TRAINER, COSTLY, NULL,       NOTHING,
	  event_xlsx,    "The same table as XLSX." },

	/* People --------------------------------------------------------------------------- */
	{ GET,    "/api/events/{id}/people/{person}", MAIN, TRAINER, NORMAL, NULL,    ONE(person_detail_shape),
	  person_show,   "One learner: every attempt, activity by activity, and what the phone sent." },
	{ POST,   "/api/events/{id}/people/{person}/presence", MAIN, TRAINER, NORMAL, &presence_new_shape, NOTHING,
	  person_presence, "The trainer's correction: here or not." },
	{ POST,   "/api/events/{id}/people/{person}/name", MAIN, TRAINER, NORMAL, &name_new_shape, NOTHING,
	  person_rename, "The right spelling of a learner's name. 409 has-certificates when there is one to correct first." },
	{ POST,   "/api/people/{id}/iin", MAIN,    TRAINER, NORMAL, &iin_new_shape,   NOTHING,
	  person_iin,    "Seals a person's IIN to the centre's key; it cannot be read here again. 400 bad-iin, not-agreed; 404 not-enrolled." },
	{ GET,    "/api/attempts/{id}/trace", MAIN, TRAINER, NORMAL, NULL,            ONE(attempt_file_shape),
	  attempt_trace, "What explains an attempt's result: each activity and why it is not complete, what happened, what was disputed. A file without names." },
	{ POST,   "/api/claims/{id}/confirm", MAIN, TRAINER, NORMAL, NULL,            NOTHING,
	  claim_yes,     "It is the same person: the second phone is let in." },
	{ POST,   "/api/claims/{id}/refuse", MAIN, TRAINER, NORMAL, NULL,             NOTHING,
	  claim_no,      "It is somebody else: the second phone stays out." },

	/* Certificates --------------------------------------------------------------------- */
	{ GET,    "/api/events/{id}/certificates", MAIN, TRAINER, NORMAL, NULL,       ONE(certificate_room_shape),
	  certificate_list, "Who may have a certificate, who has one, and why others may not." },
	{ POST,   "/api/events/{id}/certificates", MAIN, TRAINER, COSTLY, &certificates_new_shape, ONE(certificates_made_shape),
	  certificate_new, "Issues to all who may have one, or to `person`; again makes nothing new. 400 date-in-future." },
	{ GET,    "/api/events/{id}/certificates.pdf", MAIN, TRAINER, COSTLY, NULL,   NOTHING,
	  certificate_print, "All certificates of the event, a page each." },
	{ GET,    "/api/certificates/{serial}/page.pdf", MAIN, LEARNER, COSTLY, NULL, NOTHING,
	  certificate_page, "One certificate on paper: one's own, for a trainer anybody's." },
	{ GET,    "/api/certificates/{serial}/picture.svg", MAIN, LEARNER, NORMAL, NULL, NOTHING,
	  certificate_picture, "The same as a picture." },
	{ GET,    "/api/certificates/{serial}/openbadge.json", MAIN, LEARNER, NORMAL, NULL, NOTHING,
	  certificate_badge_file, "The same as an Open Badges 3.0 credential." },
	{ POST,   "/api/certificates/{serial}/correct", MAIN, TRAINER, NORMAL, &name_new_shape, ONE(certificate_card_shape),
	  certificate_rename, "The right name: a new certificate that supersedes this one. 409 ended-already." },
	{ POST,   "/api/certificates/{serial}/revoke", MAIN, TRAINER, NORMAL, &revoke_new_shape, NOTHING,
	  certificate_end_it, "Takes it back, for a reason: mistake, not-earned, request, other." },
	{ GET,    "/api/my/certificates", MAIN,    LEARNER, NORMAL, NULL,             MANY(certificate_card_shape),
	  my_certificates, "The learner's own certificates that count, newest first." },
	{ GET,    "/api/certificate-template", MAIN, TRAINER, NORMAL, NULL,           ONE(template_shape),
	  template_show, "How certificates look: words, signatories, hours, validity." },
	{ POST,   "/api/certificate-template", MAIN, TRAINER, NORMAL, &template_shape, NOTHING,
	  template_change, "Changes that, for what is printed from now on." },
	{ DELETE, "/api/certificate-template", MAIN, TRAINER, NORMAL, NULL,           NOTHING,
	  template_drop, "Back to what the centre offers, or to what every site begins with." },
	{ POST,   "/api/certificate-template/preview", MAIN, TRAINER, FREE, &template_shape, NOTHING,
	  template_try,  "A made-up certificate in this look, as SVG." },
	{ PUT,    "/api/certificate-logo", MAIN,   TRAINER, NORMAL, NULL,             NULL, false, true,
	  logo_change,   "The issuer's logo: the body is a JPEG of at most 300 KB." },
	{ DELETE, "/api/certificate-logo", MAIN,   TRAINER, NORMAL, NULL,             NOTHING,
	  logo_drop,     "Takes the logo away." },
	{ POST,   "/api/verify",          MAIN,    ANYONE,  GUESS,  &verify_new_shape, ONE(verdict_shape),
	  verify_ask,    "Whether a certificate is true, by its link, its token or its number; by number alone names are shortened." },
	{ GET,    "/api/verify/known",    MAIN,    ANYONE,  NORMAL, NULL,             ONE(verify_known_shape),
	  verify_lists,  "What a verification page has to know: hubs, sites, revocations." },
	{ GET,    "/api/verify/revocations.txt", MAIN, ANYONE, NORMAL, NULL,          NOTHING,
	  verify_revocations, "The signed, dated list of this site's certificates that hold no longer." },
	{ GET,    "/api/verify/centre.txt", MAIN, ANYONE, NORMAL, NULL,               NOTHING,
	  verify_centre, "The same of the whole country, as the centre signed it. 404 before the first contact." },
	{ GET,    "/api/verify/page.html", MAIN,   ANYONE,  COSTLY, NULL,             NOTHING,
	  verify_file,   "The verification page as one file that works without any network, with what this site knows in it." },

	/* The centre ----------------------------------------------------------------------- */
	{ GET,    "/api/sync",            MAIN,    TRAINER, FREE,   NULL,             ONE(sync_state_shape),
	  sync_show,     "Whether this site is registered at a centre, and what the centre has not signed for." },
	{ POST,   "/api/sync/enrol",      MAIN,    TRAINER, COSTLY, &enrol_new_shape, NOTHING,
	  sync_enrolment, "Registers this site with a one-time code. 403 wrong-code, 503 no-line." },
	{ POST,   "/api/sync/now",        MAIN,    TRAINER, NORMAL, NULL,             NOTHING,
	  sync_start,    "Gets in touch with the centre now: 202. 404 not-enrolled." },
	{ GET,    "/api/sync/bundle",     MAIN,    TRAINER, COSTLY, NULL,             NOTHING,
	  sync_bundle,   "What the centre has not signed for as a file, sealed to it. 404 not-enrolled." },
	{ PUT,    "/api/sync/receipt",    MAIN,    TRAINER, COSTLY, NULL,             FROM_BYTES(sync_state_shape),
	  sync_receipt,  "Reads a file that was carried back: receipts count at once, what else it holds waits. 404 not-for-us." },
	{ POST,   "/api/sync/staged/{id}/take", MAIN, TRAINER, COSTLY, NULL,          ONE(sync_state_shape),
	  sync_take,     "What a file holds counts, as if it had come by the line. 409 already-decided." },
	{ POST,   "/api/sync/staged/{id}/drop", MAIN, TRAINER, NORMAL, NULL,          ONE(sync_state_shape),
	  sync_drop,     "Puts a file away untaken. 409 already-decided." },
	{ GET,    "/api/sync/courier",    MAIN,    TRAINER, NORMAL, NULL,             ONE(carry_pass_shape),
	  carry_pass,    "What a courier's phone scans: the address of its page, with a pass that is good for a day. 404 not-enrolled." },
	{ GET,    "/api/carry/{pass}",    MAIN,    ANYONE,  GUESS,  NULL,             ONE(carry_state_shape),
	  carry_show,    "What there is to carry, for the courier's page. 404 no-pass." },
	{ GET,    "/api/carry/{pass}/bundle", MAIN, ANYONE, COSTLY, NULL,             NOTHING,
	  carry_bundle,  "The file for the centre, as /api/sync/bundle gives it." },
	{ PUT,    "/api/carry/{pass}/receipt", MAIN, ANYONE, GUESS,  NULL,            FROM_BYTES(carry_state_shape),
	  carry_receipt, "A receipt that the courier brought back: the body is the file. 404 not-for-us." },

	/* The player (the other origin) ---------------------------------------------------- */
	{ GET,    "/keeper.html",         MAIN,    ANYONE,  FREE,   NULL,             NOTHING,
	  page_keeper,   "The frame that keeps a phone's unsent commits where no course can read them." },
	{ GET,    "/p/{cap}/",            CONTENT, ANYONE,  FREE,   NULL,             NOTHING,
	  page_player,   "The player's page. ?choose=ACTIVITY begins there; ?lang=kk sets its language. It says itself when the capability is none." },
	{ GET,    "/p/{cap}/launch",      CONTENT, ATTEMPT, FREE,   NULL,             ONE(launch_shape),
	  player_launch, "All that the player needs to begin or to go on." },
	{ GET,    "/t/{token}/{hash}",    CONTENT, ANYONE,  FREE,   NULL,             NOTHING,
	  player_tree,   "A course's activity tree as bytes (docs/scorm.md), by the names that a launch gave. Kept for ever." },
	{ POST,   "/p/{cap}/open",        CONTENT, ATTEMPT, FREE,   &launch_new_shape, ONE(opened_shape),
	  player_open,   "Makes this launch the one that may commit; older ones are fenced." },
	{ POST,   "/p/{cap}/commits",     CONTENT, ATTEMPT, FREE,   &commit_shape,    ONE(commit_reply_shape),
	  player_commit, "One commit, durable when this answers. sendBeacon's text/plain is taken." },
};
/* clang-format on */
const size_t api_n_routes = countof(api_routes);

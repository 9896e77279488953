/* SPDX-License-Identifier: Apache-2.0 */
/* The API object: API_1484_11 (RTE 3.1) and API (SCORM 1.2 RTE 3.3), its states and errors.
 */
#include "scorm/cmi.h"

/* ---- errors ---- */

struct sentence {
	int code;
	const char *text;
};
static const struct sentence errors_2004[] = {
	{ 0, "No Error" },
	{ 101, "General Exception" },
	{ 102, "General Initialization Failure" },
	{ 103, "Already Initialized" },
	{ 104, "Content Instance Terminated" },
	{ 111, "General Termination Failure" },
	{ 112, "Termination Before Initialization" },
	{ 113, "Termination After Termination" },
	{ 122, "Retrieve Data Before Initialization" },
	{ 123, "Retrieve Data After Termination" },
	{ 132, "Store Data Before Initialization" },
	{ 133, "Store Data After Termination" },
	{ 142, "Commit Before Initialization" },
	{ 143, "Commit After Termination" },
	{ 201, "General Argument Error" },
	{ 301, "General Get Failure" },
	{ 351, "General Set Failure" },
	{ 391, "General Commit Failure" },
	{ 401, "Undefined Data Model Element" },
	{ 402, "Unimplemented Data Model Element" },
	{ 403, "Data Model Element Value Not Initialized" },
	{ 404, "Data Model Element Is Read Only" },
	{ 405, "Data Model Element Is Write Only" },
	{ 406, "Data Model Element Type Mismatch" },
	{ 407, "Data Model Element Value Out Of Range" },
	{ 408, "Data Model Dependency Not Established" },
};
static const struct sentence errors_12[] = {
	{ 0, "No error" },
	{ 101, "General exception" },
	{ 201, "Invalid argument error" },
	{ 202, "Element cannot have children" },
	{ 203, "Element not an array - cannot have count" },
	{ 301, "Not initialized" },
	{ 401, "Not implemented error" },
	{ 402, "Invalid set value, element is a keyword" },
	{ 403, "Element is read only" },
	{ 404, "Element is write only" },
	{ 405, "Incorrect Data Type" },
};
static const char *const reasons[REASONS] = {
	[WHY_UNKNOWN] = "The data model has no element of that name",
	[WHY_NO_CHILDREN] = "The element has no children",
	[WHY_NO_COUNT] = "The element is not a collection",
	[WHY_NO_VERSION] = "Only cmi has a _version",
	[WHY_CONTAINER] = "The element has parts, no value",
	[WHY_BEYOND_COUNT] = "The index is not less than _count",
	[WHY_OUT_OF_ORDER] = "The next record is number _count",
	[WHY_FIXED] = "The number of records is given by the manifest",
	[WHY_ID_FIRST] = "A new record begins with its id",
	[WHY_TYPE_FIRST] = "The interaction has no type yet",
	[WHY_ONE_PATTERN] = "This type has one correct response only",
	[WHY_SAME_PATTERN] = "Another correct response is the same",
	[WHY_SAME_ID] = "Another record has that id",
	[WHY_ID_STAYS] = "The id of an objective cannot be changed",
	[WHY_TOO_LONG] = "The value is longer than 256 KiB",
	[WHY_NO_ROOM] = "There is no room for more data",
	[WHY_NOT_DELIVERED] = "No activity is delivered",
	[WHY_NO_ARGUMENT] = "An argument is missing or not empty",
};

/* STR_NONE for no code of this standard, which is written without leading zeros. */
static str sentence_of(const struct scorm *e, str code)
{
	const struct sentence *all = is_scorm12(e) ? errors_12 : errors_2004;
	size_t n = is_scorm12(e) ? countof(errors_12) : countof(errors_2004);
	char digits[TEXT_ROOM];
	for (size_t i = 0; i < n; i++)
		if (str_is(code, text_of_whole(digits, (uint64_t)all[i].code)))
			return str_of(all[i].text);
	return STR_NONE;
}

static str error_string(const struct scorm *e, str code)
{
	str s = sentence_of(e, code);
	return s.p ? s : S("");
}

/* "" asks for the last error. */
static str diagnostic(const struct scorm *e, str code)
{
	char digits[TEXT_ROOM];
	str last = text_of_whole(digits, e->rte->error);
	if (!code.n) code = last;
	if (str_is(code, last) && e->rte->reason) return str_of(reasons[e->rte->reason]);
	return error_string(e, code);
}

int scorm_last_error(const struct scorm *e)
{
	return (int)e->rte->error;
}

/* ---- states ---- */

/* The error of a method in the present phase; SCORM 1.2 knows one for all. */
static int not_open(const struct scorm *e, int before, int after)
{
	if (e->rte->phase == OPEN) return 0;
	if (is_scorm12(e)) return 301;
	return e->rte->phase == DONE ? after : before;
}

/* SCORM 2004 tells a call that comes after Terminate so, whatever its argument. */
static bool is_wrong_argument(const struct scorm *e, str argument)
{
	return argument.n && (is_scorm12(e) || e->rte->phase != DONE);
}

static int initialize(struct scorm *e, str argument)
{
	if (is_wrong_argument(e, argument)) return cmi_fail(e, 201, WHY_NO_ARGUMENT);
	switch ((enum phase)e->rte->phase) {
	case IDLE: return cmi_fail(e, is_scorm12(e) ? 101 : 102, WHY_NOT_DELIVERED);
	case OPEN: return is_scorm12(e) ? 101 : 103;
	case DONE: return is_scorm12(e) ? 101 : 104;
	case READY: break;
	}
	e->rte->phase = OPEN;
	scorm_changed(e);
	return 0;
}

static int terminate(struct scorm *e, str argument)
{
	int error = not_open(e, 112, 113);
	if (error) return error;
	if (argument.n) return cmi_fail(e, 201, WHY_NO_ARGUMENT);
	cmi_terminate(e, true);
	return 0;
}

static int commit(struct scorm *e, str argument)
{
	if (is_wrong_argument(e, argument)) return cmi_fail(e, 201, WHY_NO_ARGUMENT);
	int error = not_open(e, 142, 143);
	if (error) return error;
	rte_transfer(e);
	track_rollup(e, e->rte->activity);
	return 0;
}

static int get(struct scorm *e, str name, str *out)
{
	int error = not_open(e, 122, 123);
	if (error) return error;
	return is_scorm12(e) ? cmi12_get(e, name, out) : cmi2004_get(e, name, out);
}

static int set(struct scorm *e, str name, str value)
{
	int error = not_open(e, 132, 133);
	if (error) return error;
	if (!value.p) return cmi_fail(e, 201, WHY_NO_ARGUMENT);
	return is_scorm12(e) ? cmi12_set(e, name, value) : cmi2004_set(e, name, value);
}

/* ---- calls ---- */

enum method {
	INITIALIZE,
	TERMINATE,
	GET_VALUE,
	SET_VALUE,
	COMMIT,
	GET_LAST_ERROR,
	GET_ERROR_STRING,
	GET_DIAGNOSTIC,
	METHODS
};
static const char *const methods[METHODS][2] = {
	[INITIALIZE] = { "Initialize", "LMSInitialize" },
	[TERMINATE] = { "Terminate", "LMSFinish" },
	[GET_VALUE] = { "GetValue", "LMSGetValue" },
	[SET_VALUE] = { "SetValue", "LMSSetValue" },
	[COMMIT] = { "Commit", "LMSCommit" },
	[GET_LAST_ERROR] = { "GetLastError", "LMSGetLastError" },
	[GET_ERROR_STRING] = { "GetErrorString", "LMSGetErrorString" },
	[GET_DIAGNOSTIC] = { "GetDiagnostic", "LMSGetDiagnostic" },
};

static enum method method_of(str name)
{
	for (int i = 0; i < METHODS; i++)
		if (str_is(name, str_of(methods[i][0])) ||
		    str_is(name, str_of(methods[i][1])))
			return (enum method)i;
	return METHODS;
}

/* Who the learner is stays out of the trace. */
static bool tells_who(str name)
{
	return str_ends(name, S("learner_id")) || str_ends(name, S("learner_name")) ||
	       str_ends(name, S("student_id")) || str_ends(name, S("student_name"));
}

static void trace(struct scorm *e, enum method method, str name, str value)
{
	char what[96];
	str verb = str_of(methods[method][0]);
	memcpy(what, verb.p, verb.n);
	size_t at = verb.n;
	if (method == GET_VALUE || method == SET_VALUE) {
		what[at++] = ' ';
		if (name.n > sizeof what - at) name.n = sizeof what - at;
		if (name.n) memcpy(what + at, name.p, name.n);
		at += name.n;
		if (tells_who(name)) value = STR_NONE;
	} else {
		value = STR_NONE;
	}
	scorm_trace_add(e, e->rte->activity, (str){ what, at }, value, (int)e->rte->error);
}

/* The four that ask about errors leave the last one as it is. */
static str ask(const struct scorm *e, enum method method, str code)
{
	switch (method) {
	case GET_LAST_ERROR: return text_of_whole(e->rte->text, e->rte->error);
	case GET_ERROR_STRING: return error_string(e, code);
	case GET_DIAGNOSTIC: return diagnostic(e, code);
	default: return S("");
	}
}

str scorm_call(struct scorm *e, str name, str a, str b, int64_t now_ms)
{
	enum method method = method_of(name);
	if (method >= GET_LAST_ERROR) return ask(e, method, a);
	if (now_ms > e->now_ms) e->now_ms = now_ms;
	int error = 0;
	str value = S("");
	e->rte->reason = WHY_NOTHING;
	switch (method) {
	case INITIALIZE: error = initialize(e, a); break;
	case TERMINATE: error = terminate(e, a); break;
	case GET_VALUE: error = get(e, a, &value); break;
	case SET_VALUE: error = set(e, a, b); break;
	default: error = commit(e, a); break;
	}
	e->rte->error = (uint32_t)error;
	trace(e, method, a, method == SET_VALUE ? b : value);
	if (method == GET_VALUE) return value;
	return error ? S("false") : S("true");
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What the course tells the system that plays it, in SCORM 1.2. Without one (the page opened by itself) it
 * remembers nothing and works all the same. */
var scorm = (function () {
  var api = null, open = false;
  try {
    for (var from = window, up = 0; up < 10 && !(api = from.API) && from.parent !== from; up++) from = from.parent;
  } catch (e) {
    api = null; // a page of somebody else around us
  }

  function begin() { open = !!api && api.LMSInitialize('') === 'true'; }
  function get(element) { return open ? String(api.LMSGetValue('cmi.' + element)) : ''; }
  function set(element, value) { if (open) api.LMSSetValue('cmi.' + element, String(value)); }
  function commit() { if (open) api.LMSCommit(''); }

  function end() {
    if (!open) return;
    set('core.exit', get('core.lesson_status') === 'completed' ? '' : 'suspend');
    api.LMSFinish('');
    open = false;
  }

  // pagehide comes on every phone, unload on some older ones.
  window.addEventListener('pagehide', end);
  window.addEventListener('unload', end);
  window.addEventListener('pageshow', function (event) { if (event.persisted) begin(); });
  begin();
  return { get: get, set: set, commit: commit };
})();

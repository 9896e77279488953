// SPDX-License-Identifier: Apache-2.0
// A hostile course beside a victim (docs/threats.md): what its script tries, and that nothing comes of it. Once as it
// is, once with the browser's Content-Security-Policy switched off, so that what the server does alone is seen too.
import assert from 'node:assert/strict';
import { course12, single12 } from './fixtures.mjs';
import { lms, saved, sco } from './player.mjs';

const page = `<!doctype html><meta charset="utf-8"><title>Hostile</title><p>Nothing to see.</p>
<script>
  function outcome(promise) {
    const late = new Promise(done => setTimeout(() => done('nothing'), 1500));
    return Promise.race([Promise.resolve().then(promise).then(value => 'got ' + value, error => 'refused'), late]);
  }

  // Asks as the learner's browser would: the session cookie goes along where the browser sends it.
  const asking = (from, url, options) => outcome(async () => {
    const reply = await from.fetch(url, { credentials: 'include', ...options });
    return reply.type === 'opaque' ? 'nothing to read' : reply.status + ' ' + (await reply.text()).slice(0, 80);
  });

  const framed = url => outcome(() => new Promise((done, fail) => {
    const frame = document.createElement('iframe');
    frame.onload = () => { try { done(frame.contentDocument ? frame.contentDocument.title : 'nothing to read'); } catch { done('nothing to read'); } };
    frame.src = url;
    document.body.append(frame);
  }));

  const posted = (target, url, fields) => {
    const form = document.createElement('form');
    form.method = 'POST'; form.action = url; form.enctype = 'text/plain'; form.target = target;
    for (const name of Object.keys(fields)) { const field = document.createElement('input'); field.name = name; field.value = fields[name]; form.append(field); }
    document.body.append(form);
    return outcome(() => { form.submit(); return 'sent'; });
  };

  // Talks to the keeper: through the player's own frame, or in one of the course's own.
  const keeper = (frame, main, message) => outcome(() => new Promise(done => {
    const listen = event => { if (event.data && event.data.id === message.id) done(JSON.stringify(event.data)); };
    (frame.ownerDocument.defaultView).addEventListener('message', listen);
    frame.contentWindow.postMessage({ kenes: 1, ...message }, main);
  }));

  async function attack(main, content, other) {
    const body = { launch: 'lau_' + '0'.repeat(32), seq: 1, activity: 'item-one', cmi: '{"x":"evil"}', made_at: 1 };
    const commit = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
    const tried = {};
    for (const [who, from] of [['course', window], ['player', window.parent]]) {
      tried[who + ' reads my courses'] = await asking(from, main + '/api/my/courses');
      tried[who + ' reads hello'] = await asking(from, main + '/api/hello');
      tried[who + ' signs out'] = await asking(from, main + '/api/sign-out', { method: 'POST', mode: 'no-cors' });
      tried[who + ' changes the language'] = await asking(from, main + '/api/my/language', { method: 'POST', mode: 'no-cors', body: '{"language":"en"}' });
      tried[who + ' calls the app on its own port'] = await asking(from, content + '/api/my/courses');
    }
    tried['commits to another attempt'] = await asking(window, '/p/' + other.slice(0, -1) + (other.endsWith('A') ? 'B' : 'A') + '/commits', commit);
    tried['commits to no attempt'] = await asking(window, '/p/' + 'A'.repeat(44) + '/commits', commit);
    tried['reads the cookie'] = await outcome(() => document.cookie + parent.document.cookie);
    tried['looks into storage'] = await outcome(() => JSON.stringify(Object.keys(localStorage).filter(key => key.includes(other))));
    tried['frames the app'] = await framed(main + '/courses');
    tried['posts a form'] = await posted('nowhere', main + '/api/my/language', { '{"language":"en","x":"': '"}' });
    tried['leads the page away'] = await outcome(() => { top.location.href = main + '/courses'; return 'led'; });
    tried['service worker, everything'] = await outcome(() => navigator.serviceWorker.register('sw.js', { scope: '/' }).then(() => 'registered'));
    tried['service worker, own folder'] = await outcome(() => navigator.serviceWorker.register('sw.js').then(() => 'registered'));
    const own = document.createElement('iframe');
    own.src = main + '/keeper.html';
    document.body.append(own);
    await outcome(() => new Promise(done => { own.onload = done; }));
    for (const [who, frame] of [['own', own], ['player\\'s', parent.document.querySelector('iframe[aria-hidden]')]]) {
      tried['asks ' + who + ' keeper for all'] = await keeper(frame, main, { id: 901, do: 'get', cap: '' });
      tried['asks ' + who + ' keeper for a guess'] = await keeper(frame, main, { id: 902, do: 'get', cap: other.slice(0, 22) });
      tried['asks ' + who + ' keeper for names'] = await keeper(frame, main, { id: 903, do: 'list', cap: parent.location.pathname.split('/')[2] });
      tried['asks ' + who + ' keeper to break'] = await keeper(frame, main, { id: 904, do: 'put', cap: '../kenes.word', entries: [{ launch: body.launch, seq: 1, body: 'x' }] });
    }
    return tried;
  }
  function plant(value) { for (const path of ['/', '/api', '/p', '/c']) document.cookie = 'kenes=' + value + '; path=' + path; }
</script>`;

const packages = [['victim', single12()], ['hostile', course12('hostile', page, { 'sw.js': 'self.onfetch = event => event.respondWith(new Response("mine"));' })]];

// The victim leaves answers on the phone; then the hostile course is opened on the same phone.
async function play(t, bypassCSP) {
  const site = await t.server(packages);
  const phone = await t.phone({ bypassCSP, slow: 1 });
  await site.join(phone, { language: 'ru' });
  const victim = await site.open(phone, /Одна/);
  await lms(await sco(phone), 'Set', 'cmi.core.lesson_location', '7');
  await saved(phone);
  const { me, word } = phone.kenes;
  // Something of the victim is still kept, in the course origin's own storage, as after a crash.
  const stray = `kenes.commit/${victim.cap}/lau_${'9'.repeat(32)}/99`;
  await phone.evaluate(key => localStorage.setItem(key, '{"secret":"answer"}'), stray);
  await phone.goto(site.main);
  await site.open(phone, /hostile/);
  const frame = await sco(phone);
  const tried = await frame.evaluate(([main, content, cap]) => window.attack(main, content, cap), [site.main, site.content, victim.cap]);
  return { site, phone, frame, tried, victim, me, word, stray };
}

const nothing = value => value === 'refused' || value === 'nothing';

function check(tried) {
  for (const who of ['course', 'player']) {
    for (const what of ['reads my courses', 'reads hello'])
      assert.ok(nothing(tried[`${who} ${what}`]), `${who} ${what}: ${tried[`${who} ${what}`]}`);
    assert.match(tried[`${who} calls the app on its own port`], /refused|got 404/);
  }
  assert.match(tried['commits to another attempt'], /got 40[134]/);
  assert.match(tried['commits to no attempt'], /got 40[134]/);
  assert.equal(tried['reads the cookie'], 'got ');
  assert.equal(tried['looks into storage'], 'got []', 'the player has swept it away');
  assert.match(tried['frames the app'], /nothing/);
  assert.ok(nothing(tried['leads the page away']));
  assert.ok(nothing(tried['service worker, everything']));
  assert.ok(nothing(tried['service worker, own folder']), tried['service worker, own folder']);
  for (const [what, value] of Object.entries(tried))
    if (/keeper/.test(what)) assert.ok(nothing(value) || /"ok":false/.test(value), `${what}: ${value}`);
}

async function unharmed({ site, phone, victim, me, stray }) {
  const seen = await site.attempt(me.id, victim.attempt);
  assert.equal(seen.activities.find(each => each.kind === 'sco').location, '7');
  assert.ok(!JSON.stringify(seen).includes('evil'));
  assert.equal(phone.url().startsWith(site.content), true, 'the player is where it was');
  await phone.goto(site.main);
  const hello = await site.ask(phone, 'GET', '/api/hello');
  assert.equal(hello.me.id, me.id, 'still signed in, as oneself');
  assert.equal(hello.me.language, 'ru');
  assert.ok(stray);
}

export const tests = [
  {
    name: 'a hostile course gets nothing', run: async t => {
      const all = await play(t, false);
      check(all.tried);
      await unharmed(all);
    },
  },
  {
    name: 'a hostile course gets nothing even in a browser without Content-Security-Policy', run: async t => {
      const all = await play(t, true);
      check(all.tried);
      await unharmed(all);
    },
  },
  {
    name: 'planted cookies neither sign the learner out nor into another session', run: async t => {
      const all = await play(t, false), { site, phone, frame, me } = all;
      const thief = await t.phone({ slow: 1 });
      await site.join(thief, { surname: 'Вор', given: 'Сергей' });
      const [{ value }] = (await thief.context().cookies(site.main)).filter(cookie => cookie.name === 'kenes');
      for (const planted of ['nonsense', value]) {
        await frame.evaluate(text => window.plant(text), planted);
        const page = await phone.context().newPage();
        await page.goto(site.main);
        page.kenes = phone.kenes;
        assert.equal((await site.ask(page, 'GET', '/api/hello')).me.id, me.id);
        const { address } = await site.launch(page, /Одна/);
        assert.ok(address);
        await page.close();
      }
    },
  },
  {
    name: 'a cookie that took the place of ours signs the learner out, not in as somebody else', run: async t => {
      const site = await t.server([]);
      const phone = await t.phone({ slow: 1 }), thief = await t.phone({ slow: 1 });
      await site.join(phone);
      await site.join(thief, { surname: 'Вор', given: 'Сергей' });
      const ours = phone.context();
      const [planted] = (await thief.context().cookies(site.main)).filter(cookie => cookie.name === 'kenes');
      await ours.clearCookies();
      await ours.addCookies([planted]);
      await phone.goto(`${site.main}/courses`);
      await phone.waitForSelector('input');
      assert.equal(await phone.getByText('Вор').count(), 0);
    },
  },
];

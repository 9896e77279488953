// SPDX-License-Identifier: Apache-2.0
// What a coordinator publishes and what comes of it at a site: courses, announcements, lists of people, the look of
// certificates, revocations; by the line and by a file that somebody carries.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '../client.mjs';
import { colleague, command, first, must, PASSWORD } from '../hub.mjs';
import { manifest12, packages, zip } from '../packages.mjs';
import { cli, kenes } from '../site.mjs';

const bytes = (body) => ({ body, headers: { 'content-type': 'application/octet-stream', 'content-length': String(body.length) } });
const put = (who, path, body) => who.ask('PUT', path, bytes(body));
const NONE = 'pub_00000000000000000000000000000000';
const FAR = '2099-12-31';

// A laptop that is enrolled, and its trainer.
async function enrolled(t, hub, boss, scope = 'KZ-11/1132') {
  const site = await t.site(), trainer = t.browser(site);
  must(await trainer.post('/api/setup', { site: 'Зал', name: 'Ержан', password: PASSWORD, language: 'kk' }), 201);
  const { code } = must(await boss.post('/api/hub/invites', { scope, label: 'Зал', days: 14 }), 201);
  must(await trainer.post('/api/sync/enrol', { hub: hub.main, code, contact: '' }), 204);
  await contact(trainer);
  return { site, trainer };
}

async function until(trainer, holds) {
  for (let i = 0; i < 20000; i++) {
    const now = must(await trainer.get('/api/sync'), 200);
    if (holds(now)) return now;
  }
  throw new Error('it never came to that');
}

// A contact from beginning to end; one that runs by itself ends before.
async function contact(trainer) {
  const { tried_at: before = 0 } = await until(trainer, (s) => !s.running);
  must(await trainer.post('/api/sync/now'), 202);
  return until(trainer, (s) => !s.running && (s.tried_at ?? 0) > before);
}

const look = (more = {}) => ({ title: 'КУӘЛІК', intro_kk: 'Растайды', intro_ru: 'Подтверждает', done_kk: 'аяқтады', done_ru: 'завершил', hours: 12, valid_months: 24, signatories: [{ name: 'Ахметов Б.' }], ...more });

export const tests = {
  async 'a course and an announcement go from the desk to the shelf and the trainer'(t) {
    const hub = await t.hub(), boss = await first(t, hub), { trainer } = await enrolled(t, hub, boss);
    const refused = await put(boss, '/api/hub/courses?scope=KZ', packages['no-manifest.zip']);
    assert.equal(refused.status, 422);
    assert.ok(refused.json.report.findings.some((f) => f.level === 'refused'));
    assert.equal((await put(boss, '/api/hub/courses?scope=KZ', packages['not-a.zip'])).status, 422);
    assert.equal((await put(boss, '/api/hub/courses?scope=KZ&not_before=2027-02-30', packages['one.zip'])).json.reason, 'bad-date');
    assert.equal((await put(boss, '/api/hub/courses?scope=KZ&not_before=2027-02-02&not_after=2027-02-01', packages['one.zip'])).json.reason, 'bad-period');
    const made = must(await put(boss, `/api/hub/courses?scope=KZ-11&not_after=${FAR}`, packages['one.zip']), 201);
    assert.deepEqual([made.publication.title, made.publication.sites, made.publication.have], ['One part', 1, 0]);
    assert.equal((await put(boss, '/api/hub/courses?scope=KZ-11', packages['one.zip'])).json.reason, 'published-already');
    const far = must(await put(boss, '/api/hub/courses?scope=KZ-75', packages['two.zip']), 201);
    const nameless = zip({ 'imsmanifest.xml': manifest12('nameless', '', ['a.html']), 'a.html': '<p>a' });
    const named = must(await put(boss, `/api/hub/courses?scope=KZ-75&name=${encodeURIComponent('Құқық')}`, nameless), 201).publication;
    assert.equal(named.title, 'Құқық');
    must(await boss.ask('DELETE', `/api/hub/publications/${named.id}`), 204);
    assert.equal((await boss.post('/api/hub/news', { scope: 'KZ', kk: 'Сәлем', ru: '' })).json.reason, 'no-text');
    assert.equal((await boss.post('/api/hub/news', { scope: 'KZ', kk: 'Сәлем', ru: 'а'.repeat(801) })).json.reason, 'too-long');
    must(await boss.post('/api/hub/news', { scope: 'KZ-11', kk: 'Дүйсенбіде кездесу', ru: 'В понедельник встреча', not_after: FAR }), 201);
    must(await boss.post('/api/hub/news', { scope: 'KZ', kk: 'Болашақ', ru: 'Будущее', not_before: FAR }), 201);
    await contact(trainer);
    const [news, ...more] = must(await trainer.get('/api/news'), 200);
    assert.deepEqual([news.kk, more.length], ['Дүйсенбіде кездесу', 0]);
    assert.ok(must(await trainer.get('/api/courses'), 200).some((c) => c.package === made.publication.sha256));
    const centre = () => trainer.get('/api/courses/centre').then((rs) => must(rs, 200).map((c) => [c.package, c.state, c.here]));
    assert.deepEqual(await centre(), [[made.publication.sha256, 'current', true]]);
    const listed = must(await boss.get('/api/hub/publications?kind=course'), 200);
    assert.deepEqual(listed.filter((p) => p.ended_at === undefined).map((p) => [p.scope, p.sites, p.have]).sort(), [['KZ-11', 1, 1], ['KZ-75', 0, 0]]);
    must(await trainer.post(`/api/news/${news.id}/read`), 204);
    must(await trainer.post(`/api/news/${news.id}/read`), 204);
    assert.equal(must(await trainer.get('/api/news'), 200).length, 0);
    // Taken back: marked at the site, and not taken away.
    must(await boss.ask('DELETE', `/api/hub/publications/${made.publication.id}`), 204);
    must(await boss.ask('DELETE', `/api/hub/publications/${made.publication.id}`), 204);
    assert.equal((await boss.ask('DELETE', `/api/hub/publications/${NONE}`)).json.reason, 'no-publication');
    await contact(trainer);
    assert.deepEqual(await centre(), [[made.publication.sha256, 'withdrawn', true]]);
    assert.ok(must(await trainer.get('/api/courses'), 200).some((c) => c.package === made.publication.sha256));
    assert.ok(far.publication.id && !hub.log().includes('Дүйсенбіде'));
  },

  async 'who publishes stays within their own part of the country'(t) {
    const hub = await t.hub(), boss = await first(t, hub);
    const akmola = await colleague(t, hub, boss, 'akmola', 'region', 'KZ-11'), auditor = await colleague(t, hub, boss, 'auditor', 'auditor', 'KZ');
    const wide = must(await boss.post('/api/hub/news', { scope: 'KZ', kk: 'Бәріне', ru: 'Всем' }), 201);
    const other = must(await boss.post('/api/hub/news', { scope: 'KZ-75', kk: 'Алматыға', ru: 'Алматы' }), 201);
    for (const scope of ['KZ', 'KZ-75', 'KZ-1']) {
      assert.equal((await akmola.post('/api/hub/news', { scope, kk: 'а', ru: 'а' })).json.reason, 'other-scope');
      assert.equal((await akmola.post('/api/hub/templates', { scope, mandatory: true, look: look() })).json.reason, 'other-scope');
      assert.equal((await put(akmola, `/api/hub/courses?scope=${scope}`, packages['one.zip'])).json.reason, 'other-scope');
      assert.equal((await put(akmola, `/api/hub/rosters?scope=${scope}&not_after=${FAR}`, Buffer.from('А;Б;;В\n'))).json.reason, 'other-scope');
    }
    assert.deepEqual(must(await akmola.get('/api/hub/publications'), 200).map((p) => p.id), [wide.id], 'what reaches them, and nothing of others');
    assert.equal((await akmola.ask('DELETE', `/api/hub/publications/${wide.id}`)).json.reason, 'other-scope');
    assert.equal((await akmola.ask('DELETE', `/api/hub/publications/${other.id}`)).json.reason, 'no-publication');
    const refused = [await auditor.post('/api/hub/news', { scope: 'KZ', kk: 'а', ru: 'а' }), await put(auditor, '/api/hub/courses', packages['one.zip']),
      await put(auditor, '/api/hub/rosters', Buffer.from('А;Б;;В')), await auditor.post('/api/hub/templates', { scope: 'KZ', mandatory: false, look: look() }), await auditor.ask('DELETE', `/api/hub/publications/${wide.id}`)];
    assert.deepEqual(refused.map((rs) => rs.json.reason), refused.map(() => 'read-only'));
    assert.equal(must(await auditor.get('/api/hub/publications'), 200).length, 2);
    assert.match((await boss.get('/api/hub/publications?as=csv&language=kk')).headers['content-type'], /text\/csv/);
    const audit = must(await boss.get('/api/hub/audit'), 200);
    assert.ok(audit.some((a) => a.what === 'news.published'));
  },

  async 'a list of people is read line by line, and shown to the trainer alone'(t) {
    const hub = await t.hub(), boss = await first(t, hub), { site, trainer } = await enrolled(t, hub, boss);
    const table = '\ufeffКеңес;Тегі;Аты;Әкесінің аты\r\nАбай;Сейітова;Амина;Қайратқызы\r\nАбай;"Ким";Олег;\r\nАбай;Омаров;Серік;\r\n;Жоқ;Кеңес;\r\nАбай;;Аты;\r\nабай;СЕЙІТОВА;амина;қайратқызы\r\n';
    const read = must(await put(boss, '/api/hub/rosters?scope=KZ-11/1132&check=1', Buffer.from(table)), 200);
    assert.deepEqual([read.read.people, read.read.councils, read.publication], [3, 1, undefined]);
    assert.deepEqual(read.read.refused, [{ line: 5, why: 'council' }, { line: 6, why: 'surname' }, { line: 7, why: 'twice' }]);
    assert.equal(must(await boss.get('/api/hub/publications?kind=roster'), 200).length, 0);
    assert.equal((await put(boss, '/api/hub/rosters?check=1', Buffer.from([0xc0, 0xe1, 0x3b]))).json.reason, 'not-utf8');
    assert.equal((await put(boss, '/api/hub/rosters?check=1', Buffer.from('Тегі;Аты;Кеңес\r\n'))).json.reason, 'empty-list');
    assert.equal((await put(boss, '/api/hub/rosters?scope=KZ-11/1132', Buffer.from(table))).json.reason, 'bad-date');
    const made = must(await put(boss, `/api/hub/rosters?scope=KZ-11/1132&not_after=${FAR}&name=2026`, Buffer.from(table)), 201);
    assert.deepEqual([made.publication.amount, made.publication.title], [3, '2026']);
    await contact(trainer);
    const event = must(await trainer.post('/api/events', { title: 'Күн', all_courses: true }), 201);
    const phone = t.browser(site), open = must(await phone.get(`/api/join/${event.code}`), 200);
    assert.deepEqual(open.councils.map((c) => c.name), ['Абай'], 'councils are offered');
    assert.ok(!JSON.stringify(open).includes('Сейітова'), 'and no names');
    assert.equal((await phone.get(`/api/events/${event.id}/expected`)).status, 401);
    const join = (surname, given) => t.browser(site).post(`/api/join/${event.code}`, { council: open.councils[0].id, surname, given, language: 'kk' }).then((rs) => must(rs, 201));
    const amina = await join('Сейитова', 'Амина'), oleg = await join('Кем', 'Олег');
    const expected = must(await trainer.get(`/api/events/${event.id}/expected`), 200);
    assert.deepEqual([expected.all, expected.came], [3, 1], 'letters of both languages are alike');
    assert.deepEqual(expected.rows.map((r) => [r.surname, r.person, r.present]), [['Ким', undefined, false], ['Омаров', undefined, false], ['Сейітова', amina.me.id, true]]);
    assert.deepEqual(expected.near.map((n) => [n.person, n.typed, n.surname]), [[oleg.me.id, 'Кем Олег', 'Ким']]);
    assert.equal((await phone.post(`/api/events/${event.id}/people/${oleg.me.id}/name`, { surname: 'Ким', given: 'Олег' })).status, 401);
    must(await trainer.post(`/api/events/${event.id}/people/${oleg.me.id}/name`, { surname: 'Ким', given: 'Олег' }), 204);
    assert.equal(must(await trainer.get(`/api/events/${event.id}/expected`), 200).came, 2);
    // Somebody is erased: no list names them any more.
    await contact(trainer);
    const [person] = must(await boss.get(`/api/hub/people?find=${encodeURIComponent('Ким')}`), 200);
    must(await boss.post(`/api/hub/people/${person.id}/erase`), 204);
    await contact(trainer);
    assert.deepEqual(must(await trainer.get(`/api/events/${event.id}/expected`), 200).rows.map((r) => r.surname), ['Омаров', 'Сейітова']);
    const [list] = must(await boss.get('/api/hub/publications?kind=roster'), 200);
    must(await boss.ask('DELETE', `/api/hub/publications/${list.id}`), 204);
    await contact(trainer);
    assert.equal(must(await trainer.get(`/api/events/${event.id}/expected`), 200).rows.length, 0);
    assert.ok(!hub.log().includes('Сейітова') && !site.log().includes('Сейітова'));
  },

  async 'the centre offers how certificates look, or decides'(t) {
    const hub = await t.hub(), boss = await first(t, hub), { trainer } = await enrolled(t, hub, boss);
    const own = look({ title: 'ӨЗІМІЗДІКІ' }), title = () => trainer.get('/api/certificate-template').then((rs) => { const it = must(rs, 200); return [it.title, it.centre, it.logo]; });
    assert.equal((await boss.post('/api/hub/templates', { scope: 'KZ-11', mandatory: false, look: look({ title: '漢字' }) })).json.reason, 'bad-letter');
    const offered = must(await boss.post('/api/hub/templates', { scope: 'KZ-11', mandatory: false, look: look() }), 201);
    assert.match((await boss.post('/api/hub/templates/preview', look())).text, /^<svg/);
    await contact(trainer);
    assert.deepEqual(await title(), ['КУӘЛІК', 'offered', false]);
    const { logo, ...plain } = own;
    must(await trainer.post('/api/certificate-template', plain), 204);
    assert.deepEqual(await title(), ['ӨЗІМІЗДІКІ', undefined, false]);
    must(await trainer.ask('DELETE', '/api/certificate-template'), 204);
    assert.deepEqual(await title(), ['КУӘЛІК', 'offered', false]);
    // With a logo, and for the whole country, and not to be changed.
    assert.equal((await put(boss, `/api/hub/templates/${offered.id}/logo`, Buffer.from('no picture'))).json.reason, 'bad-logo');
    must(await put(boss, `/api/hub/templates/${offered.id}/logo`, packages['logo.jpg']), 200);
    must(await boss.post('/api/hub/templates', { scope: 'KZ-11', mandatory: true, look: look({ title: 'КУӘЛІК 2', logo: true }) }), 201);
    assert.equal((await boss.get(`/api/hub/templates/${offered.id}`)).json.reason, 'no-publication', 'another took its place');
    const inForce = must(await boss.get('/api/hub/publications?kind=template'), 200).find((p) => p.ended_at === undefined);
    assert.deepEqual((({ mandatory, look: l }) => [mandatory, l.title, l.logo])(must(await boss.get(`/api/hub/templates/${inForce.id}`), 200)), [true, 'КУӘЛІК 2', true]);
    must(await trainer.post('/api/certificate-template', plain), 204);
    await contact(trainer);
    assert.deepEqual(await title(), ['КУӘЛІК 2', 'mandatory', true]);
    assert.equal((await trainer.post('/api/certificate-template', plain)).json.reason, 'template-mandatory');
    must(await boss.ask('DELETE', `/api/hub/publications/${inForce.id}`), 204);
    await contact(trainer);
    assert.deepEqual(await title(), ['ӨЗІМІЗДІКІ', undefined, false], 'what the site chose is still there');
  },

  async 'revocations of the whole country are known at every site, with their date'(t) {
    const hub = await t.hub(), boss = await first(t, hub), { site, trainer } = await enrolled(t, hub, boss), other = await enrolled(t, hub, boss, 'KZ-75/7510');
    const list = await ask(hub.main, 'GET', '/verify/revocations.txt');
    assert.match(list.text, /^kenes-revocations 1\nissuer [0-9a-f]{64}\ndated \S+\nsignature/);
    const guest = t.browser(site);
    await contact(trainer);
    assert.equal(must(await guest.get('/api/verify/known'), 200).revocations.length, 2);
    assert.equal((await guest.get('/api/verify/centre.txt')).text, list.text);
    const trust = await ask(hub.main, 'GET', '/verify/trust.txt');
    assert.equal(trust.text.match(/^site /gm).length, 2);
    assert.ok(!/^cut /m.test(trust.text));
    // A laptop is lost: its key is said to be cut off, at the hub and at every site.
    const [far] = must(await boss.get('/api/hub/sites?scope=KZ-75'), 200);
    must(await boss.post(`/api/hub/sites/${far.id}/revoke`, { why: 'жоғалды' }), 204);
    assert.match((await ask(hub.main, 'GET', '/verify/trust.txt')).text, /^cut [0-9a-f]{16}$/m);
    await contact(trainer);
    assert.match(must(await guest.get('/api/verify/known'), 200).trust, /^cut [0-9a-f]{16}$/m);
    assert.equal((await boss.get(`/api/hub/sites/${far.id}/items.kenes`)).json.reason, 'revoked');
    assert.equal((await t.browser(await t.site()).get('/api/verify/centre.txt')).json.reason, 'no-list');
    assert.equal((await boss.get('/verify/revocations.txt')).status, 200);
    assert.equal((await boss.get('/verify/trust.txt')).status, 200);
    assert.ok(other);
    // The hub's own key is in wrong hands: its last word is that.
    await command('hub', 'revoke', '--data', hub.folder, '--own-key', '--why', 'stolen');
    await contact(trainer);
    assert.equal(must(await trainer.get('/api/sync'), 200).trouble, 'hub-revoked');
    assert.equal(must(await guest.get('/api/verify/known'), 200).trust.match(/^cut /gm).length, 2);
    assert.equal((await ask(hub.main, 'GET', '/verify/trust.txt')).text.match(/^cut /gm).length, 2);
  },

  async 'a file carries what a site lacks, and waits for the trainer'(t) {
    const hub = await t.hub(), boss = await first(t, hub), { site, trainer } = await enrolled(t, hub, boss);
    const course = must(await put(boss, '/api/hub/courses?scope=KZ', packages['one.zip']), 201).publication;
    must(await boss.post('/api/hub/news', { scope: 'KZ', kk: 'Файлмен', ru: 'Файлом' }), 201);
    const [{ id }] = must(await boss.get('/api/hub/sites'), 200);
    assert.equal((await boss.get(`/api/hub/sites/${id}/items.kenes?courses_mb=99`)).status, 400);
    const file = await boss.get(`/api/hub/sites/${id}/items.kenes`);
    assert.equal(file.status, 200);
    assert.ok(!file.bytes.includes('Файлмен'), 'nobody on the way can read it');
    const bring = (body = file.bytes) => put(trainer, '/api/sync/receipt', body);
    let state = must(await bring(), 200);
    assert.deepEqual(state.staged.map((s) => s.what), [{ news: 1, courses: 1, others: 0, course_bytes: packages['one.zip'].length, left_out: 0 }]);
    assert.equal(must(await trainer.get('/api/news'), 200).length, 0, 'nothing counts yet');
    must(await trainer.post(`/api/sync/staged/${state.staged[0].id}/drop`), 200);
    assert.equal((await trainer.post(`/api/sync/staged/${state.staged[0].id}/take`)).json.reason, 'already-decided');
    state = must(await bring(), 200);
    assert.equal(must(await trainer.post(`/api/sync/staged/${state.staged[0].id}/take`), 200).staged.length, 0);
    assert.equal(must(await trainer.get('/api/news'), 200)[0].kk, 'Файлмен');
    assert.ok(must(await trainer.get('/api/courses'), 200).some((c) => c.package === course.sha256));
    assert.equal(must(await bring(), 200).staged.length, 0, 'again there is nothing new in it');
    const broken = Buffer.from(file.bytes);
    broken[broken.length >> 1] ^= 1;
    assert.equal((await bring(broken)).json.reason, 'bad-bundle');
    // A courier takes the records there and comes back with the receipt and what is new.
    must(await trainer.post('/api/events', { title: 'Күн', all_courses: true }), 201);
    const carried = await trainer.get('/api/sync/bundle');
    must(await boss.post('/api/hub/news', { scope: 'KZ', kk: 'Қайтар жолда', ru: 'На обратном пути' }), 201);
    const [taken] = must(await ask(hub.main, 'PUT', '/sync/v1/bundle', bytes(carried.bytes)), 201);
    const receipt = await ask(hub.main, 'GET', `/sync/v1/receipt/${taken.id}`);
    state = must(await bring(receipt.bytes), 200);
    assert.equal(state.unsent, 0, 'receipts count at once');
    must(await trainer.post(`/api/sync/staged/${state.staged[0].id}/take`), 200);
    assert.deepEqual(must(await trainer.get('/api/news'), 200).map((n) => n.kk), ['Қайтар жолда', 'Файлмен']);
    // The next file says how far this laptop has got, so nothing is carried twice.
    must(await trainer.post('/api/events', { title: 'Тағы', all_courses: true }), 201);
    const next = await trainer.get('/api/sync/bundle');
    const [second] = must(await ask(hub.main, 'PUT', '/sync/v1/bundle', bytes(next.bytes)), 201);
    assert.ok(must(await boss.get('/api/hub/publications'), 200).every((p) => p.have === 1));
    const answer = await ask(hub.main, 'GET', `/sync/v1/receipt/${second.id}`);
    assert.equal(must(await bring(answer.bytes), 200).staged.length, 0);
    assert.ok(site);
  },

  async 'a laptop that is killed while things come down has each whole or not at all'(t) {
    const hub = await t.hub(), boss = await first(t, hub), { site } = await enrolled(t, hub, boss), folder = site.folder;
    await site.end();
    const noise = Buffer.from(Array.from({ length: 3 << 20 }, (_, i) => (i * 2654435761) >>> 13 & 255));
    const course = must(await put(boss, '/api/hub/courses?scope=KZ', zip({ 'imsmanifest.xml': manifest12('big', 'Үлкен', ['a.html']), 'a.html': '<p>a', 'film.bin': noise }, ['film.bin'])), 201).publication;
    for (let i = 0; i < 5; i++) must(await boss.post('/api/hub/news', { scope: 'KZ', kk: `Хабар ${i}`, ru: `Весть ${i}` }), 201);
    const growing = join(folder, 'down', course.sha256), sizeOf = () => { try { return statSync(growing).size; } catch { return 0; } };
    const look = async () => {
      const again = await t.site(folder), desk = t.browser(again);
      must(await desk.post('/api/sign-in', { login: 'Ержан', password: PASSWORD }), 200);
      const here = must(await desk.get('/api/courses'), 200).some((c) => c.package === course.sha256), told = must(await desk.get('/api/courses/centre'), 200);
      const news = must(await desk.get('/api/news'), 200).length;
      await again.end('SIGKILL');
      return { here, told: told.length, news };
    };
    let last = 0;
    for (let part = 1; part <= 4; part++) {
      const child = spawn(kenes, ['sync', '--data', folder], { stdio: 'ignore' });
      let ended = false;
      const end = new Promise((done) => child.once('exit', () => { ended = true; done(); }));
      while (!ended && sizeOf() < part * 600_000) await new Promise(setImmediate);
      child.kill('SIGKILL');
      await end;
      const state = await look();
      assert.equal(state.news, 5, 'small things came first');
      assert.ok(!state.told || state.here, 'nothing is noted that is not there');
      assert.ok(sizeOf() >= last, 'what came is kept');
      last = sizeOf();
    }
    await command('sync', '--data', folder);
    assert.deepEqual(await look(), { here: true, told: 1, news: 5 });
    assert.equal(sizeOf(), 0);
  },

  async 'commands publish, list, take back and write files'(t) {
    const hub = await t.hub(), boss = await first(t, hub), { site, trainer } = await enrolled(t, hub, boss), folder = t.folder(), data = hub.folder;
    const zip = join(folder, 'one.zip'), csv = join(folder, 'list.csv'), json = join(folder, 'look.json'), out = join(folder, 'to.kenes');
    writeFileSync(zip, packages['one.zip']);
    writeFileSync(join(folder, 'bad.zip'), packages['no-manifest.zip']);
    writeFileSync(csv, 'Surname,Given name,Council\nKim,Oleg,Abai\n,x,y\n');
    writeFileSync(json, JSON.stringify(look()));
    const made = JSON.parse(await command('hub', 'publish', 'course', '--data', data, '--scope', 'KZ-11', '--json', zip));
    assert.equal(made.kind, 'course');
    assert.equal((await cli(['hub', 'publish', 'course', '--data', data, join(folder, 'bad.zip')])).code, 1);
    assert.equal((await cli(['hub', 'publish', 'course', '--data', data])).code, 2);
    assert.equal((await cli(['hub', 'publish', 'course', '--data', data, '--scope', 'RU', zip])).code, 1);
    assert.match(await command('hub', 'publish', 'news', '--data', data, '--kk', 'Сәлем', '--ru', 'Привет'), /^pub_[0-9a-f]{32}$/);
    const listed = await cli(['hub', 'publish', 'roster', '--data', data, '--until', FAR, csv]);
    assert.deepEqual([listed.code, listed.err], [0, 'line 3 left out: surname\n']);
    assert.equal((await cli(['hub', 'publish', 'roster', '--data', data, csv])).code, 2);
    await command('hub', 'publish', 'template', '--data', data, '--mandatory', json);
    assert.equal((await command('hub', 'published', '--data', data, '--json')).split('\n').length, 4);
    assert.match(await command('hub', 'published', '--data', data, '--kind', 'news'), /0 of 1 sites/);
    const [{ id }] = must(await boss.get('/api/hub/sites'), 200);
    assert.match(await command('hub', 'export', '--data', data, '--site', id, out), /1 courses, 0 courses left out/);
    assert.match(await command('hub', 'export', '--data', data, '--site', id, '--courses-mb', '0', out), /0 courses, 1 courses left out/);
    await site.end();
    await command('sync', 'import', '--data', site.folder, out);
    const again = await t.site(site.folder), desk = t.browser(again);
    must(await desk.post('/api/sign-in', { login: 'Ержан', password: PASSWORD }), 200);
    assert.equal(must(await desk.get('/api/news'), 200)[0].ru, 'Привет');
    assert.equal(must(await desk.get('/api/certificate-template'), 200).centre, 'mandatory');
    await command('hub', 'withdraw', '--data', data, made.id);
    assert.equal((await cli(['hub', 'withdraw', '--data', data, NONE])).code, 1);
    await command('hub', 'revocations', '--data', data, '-o', join(folder, 'r.txt'));
    assert.match(readFileSync(join(folder, 'r.txt'), 'utf8'), /^kenes-revocations 1\n/);
    assert.match(await command('hub', 'trust', '--data', data), /^kenes-trust 1\nhub /);
    assert.ok(trainer);
  },
};

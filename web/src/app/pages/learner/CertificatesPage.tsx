// SPDX-License-Identifier: Apache-2.0
// The learner's certificates: how they look, and saved to the phone as a PDF or as a picture.
import { useEffect, useState } from 'preact/hooks';
import { address, call } from '../../../api/call';
import type { CertificateCard } from '../../../api/routes.gen';
import { dataUrl, fetchFile, picture, redraw, save } from '../../state/download';
import { day } from '../../state/format';
import { useLoad } from '../../state/load';
import { t } from '../../state/words';
import { Icon } from '../../ui/Icon';
import { Loading, NotLoaded, TroubleNotice } from '../../ui/Notice';
import { usePage } from '../../ui/Page';
import { LearnerFrame, WhoBar } from './Frame';

const PNG_WIDTH = 2480; // pixels: A4, lying, at 212 dpi

export function CertificatesPage() {
  const list = useLoad(() => call('GET /api/my/certificates'), []);
  usePage(t('mycert.title'), !!list.data);
  return (
    <LearnerFrame head={<><h1>{t('mycert.title')}</h1><WhoBar /></>}>
      {!list.data ? list.trouble ? <NotLoaded trouble={list.trouble} again={list.again} /> : <Loading />
        : list.data.length ? <ul class="stack">{list.data.map(one => <li key={one.serial}><Certificate one={one} /></li>)}</ul>
          : <div class="card stack center empty-card lifted"><Icon name="seal" /><h2>{t('mycert.none')}</h2><p class="muted">{t('mycert.none-what')}</p></div>}
      <p><a class="button quiet full" href="/courses"><Icon name="back" />{t('result.to-courses')}</a></p>
    </LearnerFrame>
  );
}

function Certificate({ one }: { one: CertificateCard }) {
  const params = { serial: one.serial };
  const [look, setLook] = useState(''), [busy, setBusy] = useState(false), [trouble, setTrouble] = useState<unknown>();
  useEffect(() => {
    let gone = false;
    fetchFile(address('GET /api/certificates/{serial}/picture.svg', { params })).then(dataUrl)
      .then(url => { if (!gone) setLook(url); })
      .catch((e: unknown) => { if (!gone) setTrouble(e); });
    return () => { gone = true; };
  }, [one.serial]);
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setTrouble(undefined);
    try { await work(); } catch (e) { setTrouble(e); }
    setBusy(false);
  };
  const pdf = (): Promise<void> => run(async () => save(await fetchFile(address('GET /api/certificates/{serial}/page.pdf', { params })), `${one.serial}.pdf`));
  const png = (): Promise<void> => run(async () => save(await redraw(await picture(look), PNG_WIDTH, 'image/png'), `${one.serial}.png`));
  const badge = (): Promise<void> => run(async () => save(await fetchFile(address('GET /api/certificates/{serial}/openbadge.json', { params })), `${one.serial}.json`));
  return (
    <article class="card lifted stack certificate-card">
      {look ? <img src={look} alt={t('mycert.picture', { course: one.course_title })} /> : !trouble && <Loading />}
      <h2>{one.course_title}</h2>
      <p class="muted">{day(one.held_on)} · <b class="digits nowrap">{one.serial}</b></p>
      <p class="row small"><Icon name={one.registered_at === undefined ? 'saved' : 'done'} /><span class="grow">{one.registered_at === undefined ? t('cert.not-registered') : t('cert.registered', { date: day(new Date(one.registered_at).toISOString().slice(0, 10)) })}</span></p>
      <TroubleNotice trouble={trouble} />
      <button type="button" class="button big full" disabled={busy} onClick={() => void pdf()}><Icon name="download" />{t('mycert.save-pdf')}</button>
      <button type="button" class="button plain full" disabled={busy || !look} onClick={() => void png()}><Icon name="download" />{t('mycert.save-png')}</button>
      <button type="button" class="button quiet full" disabled={busy} onClick={() => void badge()}>{t('mycert.badge')}</button>
    </article>
  );
}

// SPDX-License-Identifier: Apache-2.0
// The poster: how people in the hall get in. On the projector (a page of its own without anything else) and on
// paper (A4), in Kazakh and Russian side by side whatever the trainer's own language is.
import { useRef, useState } from 'preact/hooks';
import type { Event, Poster, RoomAddress } from '../../../api/routes.gen';
import { say, type Language } from '../../../words/words';
import { spaced } from '../../state/format';
import { usePoll } from '../../state/load';
import { remember, remembered } from '../../state/remember';
import { t } from '../../state/words';
import { TextField } from '../../ui/Field';
import { Icon, Mark } from '../../ui/Icon';
import { Loading, NotLoaded, Notice } from '../../ui/Notice';
import { usePage } from '../../ui/Page';

/** The address that the QR leads to: the one chosen here before while this machine still has it, else the
 * likely one. */
function addressOf(poster: Poster, chosen: string | null): RoomAddress | undefined {
  return poster.addresses.find(a => a.address === chosen) ?? poster.addresses.find(a => a.likely) ?? poster.addresses[0];
}

/** Whether the address has become another one since this page was opened: then paper that was printed is wrong. */
function useChanged(address: string | undefined): boolean {
  const first = useRef(address);
  if (first.current === undefined) first.current = address;
  return address !== undefined && first.current !== address;
}

export function PosterTab({ event }: { event: Event }) {
  const poster = usePoll('GET /api/events/{id}/poster', { params: { id: event.id } }, 10000);
  const [chosen, setChosen] = useState(remembered('address'));
  const [wifi, setWifi] = useState(remembered('wifi') ?? ''), [key, setKey] = useState(remembered('wifi-key') ?? '');
  const here = poster.data && addressOf(poster.data, chosen);
  const changed = useChanged(here?.address);
  const [picked, setPicked] = useState(false);
  if (!event.open) return <Notice tone="calm" icon="wait">{t('poster.closed')}</Notice>;
  if (!poster.data) return poster.trouble ? <NotLoaded trouble={poster.trouble} again={poster.again} /> : <Loading />;
  if (!here) return <Notice tone="warn" icon="nolink">{t('poster.no-address')}</Notice>;
  const choose = (address: string): void => { remember('address', address); setChosen(address); setPicked(true); };
  return (
    <div class="poster-tab">
      <div class="stack poster-tools">
        <a class="button big full" href={`/trainer/event/${event.id}/wall`}><Icon name="screen" />{t('poster.projector')}</a>
        <button type="button" class="button plain full" onClick={() => window.print()}><Icon name="print" />{t('poster.print')}</button>
        {changed && !picked && <Notice tone="warn" icon="nolink" role="alert">{t('poster.changed')}</Notice>}
        {here.kind === 'loopback' && <Notice tone="warn" icon="nolink">{t('poster.only-here')}</Notice>}
        {poster.data.addresses.length > 1 && (
          <fieldset class="field">
            <legend>{t('poster.address')}</legend>
            <span class="hint">{t('poster.address-hint')}</span>
            {poster.data.addresses.map(a => (
              <label key={a.address} class="check">
                <input type="radio" name="address" checked={a === here} onChange={() => choose(a.address)} />
                <span><span class="digits">{short(a.address)}</span><span class="hint">{a.interface}{a.likely ? ` · ${t('poster.likely')}` : ''}{a.kind === 'loopback' ? ` · ${t('poster.loopback')}` : ''}</span></span>
              </label>
            ))}
          </fieldset>
        )}
        <TextField id="wifi" label={t('poster.wifi')} hint={t('poster.wifi-hint')} optional value={wifi} set={text => { setWifi(text); remember('wifi', text); }} input={{ spellcheck: false }} />
        <TextField id="wifi-key" label={t('poster.wifi-key')} optional value={key} set={text => { setKey(text); remember('wifi-key', text); }} input={{ spellcheck: false, autocapitalize: 'off' }} />
      </div>
      <Sheet poster={poster.data} here={here} wifi={wifi} wifiKey={key} />
    </div>
  );
}

/** The whole window for the projector. */
export function WallPage({ id }: { id: string }) {
  const poster = usePoll('GET /api/events/{id}/poster', { params: { id } }, 10000);
  usePage(poster.data?.title ?? '', !!poster.data);
  const here = poster.data && addressOf(poster.data, remembered('address'));
  return (
    <main class="wall">
      {poster.data && here ? <Sheet wall poster={poster.data} here={here} wifi={remembered('wifi') ?? ''} wifiKey={remembered('wifi-key') ?? ''} />
        : poster.trouble ? <NotLoaded trouble={poster.trouble} again={poster.again} /> : <Loading />}
      <a class="button plain tight wall-close" href={`/trainer/event/${id}/poster`}><Icon name="close" />{t('common.close')}</a>
    </main>
  );
}

const short = (address: string): string => address.replace(/\/j\/\d+$/, '');

/** The code can be typed instead of the whole address, so the line to type is the shortest that works. */
function Sheet({ poster, here, wifi, wifiKey, wall }: { wall?: boolean; poster: Poster; here: RoomAddress; wifi: string; wifiKey: string }) {
  const both: Language[] = ['kk', 'ru'];
  return (
    <article class="sheet">
      <header class="sheet-head"><Mark />{wall ? <h1>{poster.title}</h1> : <h2>{poster.title}</h2>}</header>
      <div class="sheet-way">
        <figure class="qr"><img src={`data:image/svg+xml,${encodeURIComponent(here.qr)}`} alt={t('poster.qr', { address: here.address })} /></figure>
        <div class="sheet-type">
          <p class="sheet-label"><span lang="kk">{say('kk', 'poster.type')}</span><span lang="ru">{say('ru', 'poster.type')}</span></p>
          <p class="sheet-address digits">{short(here.address)}</p>
          <p class="sheet-label"><span lang="kk">{say('kk', 'join.code')}</span><span lang="ru">{say('ru', 'join.code')}</span></p>
          <p class="sheet-code digits">{spaced(poster.code)}</p>
        </div>
      </div>
      <div class="sheet-steps">
        {both.map(l => (
          <ol key={l} lang={l}>
            <li><b aria-hidden="true">1</b><div>{wifi ? say(l, 'poster.step-wifi', { name: wifi }) : say(l, 'poster.step-wifi-any')}{wifiKey && wifi ? <span class="key">{say(l, 'poster.wifi-key')}: <strong>{wifiKey}</strong></span> : null}</div></li>
            <li><b aria-hidden="true">2</b><div>{say(l, 'poster.step-scan')}</div></li>
            <li><b aria-hidden="true">3</b><div>{say(l, 'poster.step-name')}</div></li>
          </ol>
        ))}
      </div>
    </article>
  );
}


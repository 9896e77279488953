// SPDX-License-Identifier: Apache-2.0
// Around every trainer's page: where one can go, how the room is, and a course dropped anywhere.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { bytes, fullName } from '../../state/format';
import { importFiles } from '../../state/imports';
import { usePoll } from '../../state/load';
import { go, path } from '../../state/router';
import { hello, signOut } from '../../state/session';
import { t } from '../../state/words';
import { Icon, Mark } from '../../ui/Icon';
import { LanguageChoice, SizeChoice } from '../../ui/Top';

export function TrainerFrame({ children, wide }: { children: ComponentChildren; wide?: boolean }) {
  const me = hello.value?.me;
  const here = path.use();
  const leave = async (): Promise<void> => { await signOut(); go('/trainer', true); };
  return (
    <div class="trainer">
      <a class="skip" href="#main">{t('common.skip')}</a>
      <header class="top dark">
        <div class="bar wide">
          <a class="brand" href="/trainer"><Mark /><span class="brand-name">Kenes</span><span class="site-name">{hello.value?.site}</span></a>
          {me && (
            <nav aria-label={t('trainer.nav')}>
              <a href="/trainer" aria-current={here === '/trainer' || here.startsWith('/trainer/event') ? 'page' : undefined}>{t('trainer.events')}</a>
              <a href="/trainer/courses" aria-current={here === '/trainer/courses' ? 'page' : undefined}>{t('trainer.courses')}</a>
              <a href="/trainer/sync" aria-current={here === '/trainer/sync' ? 'page' : undefined}>{t('trainer.sync')}</a>
            </nav>
          )}
          <span class="grow" />
          <LanguageChoice />
          <SizeChoice />
          {me && <button type="button" class="button quiet tight" onClick={() => void leave()} title={fullName(me)}><Icon name="out" />{t('trainer.sign-out')}</button>}
        </div>
      </header>
      {me && <Health />}
      <main id="main" class={wide ? 'page wide' : 'page'}>{children}</main>
      {me && <DropAnywhere />}
    </div>
  );
}

/** The room in one line: link, phones, disk. */
function Health() {
  const room = usePoll('GET /api/room', {}, 10000);
  const low = room.data && room.data.disk_free_bytes < 2e9;
  return (
    <div class="health" role="status" aria-live="off">
      <div class="bar wide">
        <span class={room.trouble ? 'bad' : 'good'}><Icon name={room.trouble ? 'nolink' : 'ok'} />{t(room.trouble ? 'health.no-link' : 'health.ok')}</span>
        {room.data && (
          <>
            <span><Icon name="phone" />{t('health.phones', { n: room.data.phones })}</span>
            <span class={low ? 'bad' : ''}><Icon name={low ? 'warn' : 'disk'} />{t(low ? 'health.disk-low' : 'health.disk', { size: bytes(room.data.disk_free_bytes) })}</span>
            <span class="push version">Kenes {room.data.version}</span>
          </>
        )}
      </div>
    </div>
  );
}

/** A zip dragged over any of the trainer's pages may be dropped there. */
function DropAnywhere() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const files = (e: DragEvent): boolean => !!e.dataTransfer && Array.from(e.dataTransfer.types).indexOf('Files') >= 0;
    const enter = (e: DragEvent): void => { if (files(e)) { e.preventDefault(); depth++; setOver(true); } };
    const move = (e: DragEvent): void => { if (files(e)) e.preventDefault(); };
    const leave = (e: DragEvent): void => { if (files(e) && --depth <= 0) { depth = 0; setOver(false); } };
    const drop = (e: DragEvent): void => {
      if (!files(e)) return;
      e.preventDefault();
      depth = 0;
      setOver(false);
      if (e.dataTransfer?.files.length) { importFiles(Array.from(e.dataTransfer.files)); go('/trainer/courses'); }
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragover', move);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragover', move);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return <div class="drop-veil" hidden={!over}><div><Icon name="upload" /><p>{t('import.drop-here')}</p></div></div>;
}

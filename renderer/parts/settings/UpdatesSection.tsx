import { useId } from 'react';
import { type CallState, canStart } from '../../../shared/callState';
import type { ShownSettings } from '../../../shared/ipc/snapshot';
import type { UpdateOffer, UpdateState } from '../../../shared/updates';
import { text } from '../../i18n/text';
import '../../updates.css';
import { updateWords } from '../../updateWords';
import { UpdateAddress } from './UpdateAddress';

interface UpdatesSectionProps {
  update: UpdateState;
  settings: ShownSettings;
  call: CallState;
}

/** Whether there is a later version, what is new in it, and how it comes here. */
export function UpdatesSection({ update, settings, call }: UpdatesSectionProps) {
  const offer = 'offer' in update ? update.offer : undefined;
  return (
    <div className="updates">
      <p role={update.step === 'failed' ? 'alert' : undefined} aria-live="polite">
        {updateWords(update)}
      </p>
      {update.step === 'loading' && (
        <progress max={100} value={update.percent} aria-label={text('updates.progress')} />
      )}
      {offer !== undefined && offer.notes !== '' && <Notes offer={offer} />}
      <Actions update={update} inCall={!canStart(call)} />
      {!(update.step === 'off' && update.because === 'organisation') && <UpdateAddress settings={settings} />}
    </div>
  );
}

/** The server's words are shown as text: nothing in them is markup. */
function Notes({ offer: { version, notes } }: { offer: UpdateOffer }) {
  const id = useId();
  return (
    <>
      <h3 id={id}>{text('updates.new', { version })}</h3>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls, and so must be reached by keys */}
      <div className="notes" role="region" tabIndex={0} aria-labelledby={id}>
        {notes}
      </div>
    </>
  );
}

function Actions({ update, inCall }: { update: UpdateState; inCall: boolean }) {
  const reason = useId();
  switch (update.step) {
    case 'off':
    case 'looking':
    case 'loading':
      return null;
    case 'idle':
    case 'current':
    case 'failed':
      return <Action command="updates/look" words={text('updates.look')} />;
    case 'offered':
      return update.by === 'system' ? (
        <Action command="updates/look" words={text('updates.look')} />
      ) : (
        <Action command="updates/load" words={text('updates.load')} />
      );
    case 'ready':
      return (
        <>
          <button
            type="button"
            className="primary"
            disabled={inCall}
            aria-describedby={inCall ? reason : undefined}
            onClick={() => void window.parley.send('updates/restart')}
          >
            {text('updates.restart')}
          </button>
          {inCall && (
            <p className="hint" id={reason}>
              {text('updates.in-call')}
            </p>
          )}
        </>
      );
  }
}

function Action({ command, words }: { command: 'updates/look' | 'updates/load'; words: string }) {
  return (
    <button type="button" className="outlined" onClick={() => void window.parley.send(command)}>
      {words}
    </button>
  );
}

import { useEffect, useState } from 'react';
import type { CommandReply } from '../../../shared/ipc/commands';
import { text } from '../../i18n/text';
import '../../about.css';

/** Versions, licences, logs, and what a report of a fault needs. */
export function AboutSection({ copied }: { copied: boolean }) {
  const facts = useFacts();
  const [fault, setFault] = useState<string>();
  const showLogs = async () => setFault((await window.parley.send('about/show-logs'))?.fault);
  return (
    <>
      <dl className="about">
        <dt>{text('about.version')}</dt>
        <dd>{facts?.parley}</dd>
        <dt>{text('about.system')}</dt>
        <dd>
          {facts !== undefined &&
            `Electron ${facts.electron}, Chromium ${facts.chromium}, Node.js ${facts.node}`}
        </dd>
        <dd>{facts?.system}</dd>
        <dt>{text('about.logs')}</dt>
        <dd>{facts?.logs}</dd>
        <dt>{text('about.licence')}</dt>
        <dd>{text('about.licence.apache')}</dd>
      </dl>
      <div className="about-actions">
        <button
          type="button"
          className="outlined"
          aria-describedby="about-copy-hint"
          onClick={() => void window.parley.send('about/copy-diagnostics')}
        >
          {text(copied ? 'about.copied' : 'about.copy')}
        </button>
        <button type="button" className="outlined" onClick={() => void showLogs()}>
          {text('about.show-logs')}
        </button>
      </div>
      <p className="muted" id="about-copy-hint">
        {text('about.copy.hint')}
      </p>
      {fault !== undefined && (
        <p className="fault" role="alert">
          {text('about.show-logs.fault', { detail: fault })}
        </p>
      )}
      <Licences />
    </>
  );
}

function useFacts(): CommandReply<'about/read'> | undefined {
  const [facts, setFacts] = useState<CommandReply<'about/read'>>();
  useEffect(() => {
    let gone = false;
    void window.parley.send('about/read').then((answer) => {
      if (!gone) setFacts(answer);
    });
    return () => {
      gone = true;
    };
  }, []);
  return facts;
}

const intoView = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'nearest' });

/** Read when they are wanted. They scroll in a place of their own, which the keyboard reaches. */
function Licences() {
  const [licences, setLicences] = useState<string>();
  const toggle = async () =>
    setLicences(licences === undefined ? await window.parley.send('about/licences') : undefined);
  return (
    <>
      <div className="about-actions">
        <button
          type="button"
          className="outlined"
          aria-expanded={licences !== undefined}
          onClick={() => void toggle()}
        >
          {text(licences === undefined ? 'about.licences.show' : 'about.licences.hide')}
        </button>
      </div>
      {licences !== undefined && (
        <textarea
          ref={intoView}
          className="licences"
          aria-label={text('about.licences.text')}
          readOnly
          rows={16}
          value={licences}
        />
      )}
    </>
  );
}

import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { ShareSource, SharingState } from '../../shared/ipc/snapshot';
import { text } from '../i18n/text';

type Kind = ShareSource['kind'];
const KINDS: readonly Kind[] = ['screen', 'window'];

/** "What do you want to show?": the screens and windows as pictures that go on living while one chooses. */
export function SourcePicker({ picker }: { picker: NonNullable<SharingState['picker']> }) {
  const [kind, setKind] = useState<Kind>('screen');
  const [query, setQuery] = useState('');
  const [picked, setPicked] = useState<string>();
  const found = useMemo(() => matching(picker.sources, kind, query), [picker.sources, kind, query]);
  const current =
    found?.find(({ id }) => id === picked) ?? (isGone(picker.sources, picked) ? undefined : found?.[0]);
  const share = () => {
    if (current !== undefined) void window.parley.send('share/pick', { id: current.id });
  };
  useEscape(() => void window.parley.send('share/cancel'));
  const form = useRef<HTMLFormElement>(null);
  const first = useRef<HTMLInputElement>(null);
  const known = picker.sources !== undefined;
  // Once, when there is something to choose from; whoever has begun elsewhere in the picker goes on there.
  useEffect(() => {
    if (known && form.current?.contains(document.activeElement) === false) first.current?.focus();
  }, [known]);

  return (
    <form
      ref={form}
      className="picker"
      onSubmit={(event) => {
        event.preventDefault();
        share();
      }}
    >
      <h1>{text('share.title')}</h1>
      <p className="muted">{text('share.advice', { host: picker.host })}</p>
      <div className="picker-head">
        <fieldset className="segments">
          <legend className="unseen">{text('share.kind')}</legend>
          {KINDS.map((each) => (
            <label key={each}>
              <input type="radio" name="kind" checked={kind === each} onChange={() => setKind(each)} />
              {text(`share.kind.${each}`)}
            </label>
          ))}
        </fieldset>
        <input
          type="search"
          aria-label={text('share.search')}
          placeholder={text('share.search')}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </div>
      {found === undefined ? (
        <div className="spinner" role="img" aria-label={text('share.looking')} />
      ) : found.length === 0 ? (
        <p className="muted">{text(query === '' ? `share.none.${kind}` : 'share.none.found')}</p>
      ) : (
        <Sources first={first} sources={found} current={current?.id} onPick={setPicked} onShare={share} />
      )}
      <div className="actions">
        <button type="submit" className="primary" disabled={current === undefined}>
          {text('share.action')}
        </button>
        <button type="button" className="outlined" onClick={() => void window.parley.send('share/cancel')}>
          {text('call.cancel')}
        </button>
      </div>
    </form>
  );
}

interface SourcesProps {
  first: RefObject<HTMLInputElement | null>;
  sources: readonly ShareSource[];
  current: string | undefined;
  onPick: (id: string) => void;
  onShare: () => void;
}

/** Radio buttons that look like pictures: arrow keys move, Enter shares, and so does a double click. */
function Sources({ first, sources, current, onPick, onShare }: SourcesProps) {
  return (
    <fieldset className="sources">
      <legend className="unseen">{text('share.title')}</legend>
      {sources.map(({ id, name, thumbnail }, index) => (
        <label key={id} className="source">
          <input
            ref={index === 0 ? first : null}
            type="radio"
            name="source"
            checked={id === current}
            onChange={() => onPick(id)}
            onDoubleClick={onShare}
          />
          {thumbnail === undefined ? <span className="no-picture" /> : <img src={thumbnail} alt="" />}
          <span className="source-name" title={name}>
            {name}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** What was picked has been closed since: another must not be shown in its place unless the user says so. */
const isGone = (sources: readonly ShareSource[] | undefined, picked: string | undefined) =>
  picked !== undefined && sources?.some(({ id }) => id === picked) === false;

function matching(
  sources: readonly ShareSource[] | undefined,
  kind: Kind,
  query: string,
): readonly ShareSource[] | undefined {
  const wanted = query.trim().toLocaleLowerCase();
  return sources?.filter(
    (source) => source.kind === kind && source.name.toLocaleLowerCase().includes(wanted),
  );
}

function useEscape(onEscape: () => void): void {
  const latest = useRef(onEscape);
  useEffect(() => {
    latest.current = onEscape;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

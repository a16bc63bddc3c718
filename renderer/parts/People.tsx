import { Crown, Ellipsis, Hand, Mic, MicOff } from 'lucide-react';
import { useState } from 'react';
import type { CallState, DeviceState } from '../../shared/callState';
import { text, type TextKey } from '../i18n/text';
import '../people.css';
import { ICON } from './icon';

/** From so many people on, one can be looked for. */
const SEARCH_FROM = 10;

interface Row {
  id: string | undefined;
  name: string;
  microphone: DeviceState;
  hand: boolean;
  moderator: boolean;
  speaking: boolean;
}

interface PeopleProps {
  call: CallState & { phase: 'joined' };
  /** What the user is called. */
  ownName: string;
}

/** Who is in the call, the user first; what each one does, in shape and word. */
export function People({ call, ownName }: PeopleProps) {
  const [search, setSearch] = useState('');
  const rows = rowsOf(call, ownName);
  const wanted = search.trim().toLocaleLowerCase();
  const shown = rows.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  const mayAct = call.meeting.moderator;
  return (
    <>
      {rows.length > SEARCH_FROM && (
        <input
          type="search"
          aria-label={text('people.search')}
          placeholder={text('people.search')}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
      )}
      {shown.length === 0 && <p className="muted">{text('people.none-found')}</p>}
      <ul className="people">
        {shown.map((row) => (
          <Person key={row.id ?? ''} row={row} mayAct={mayAct} />
        ))}
      </ul>
    </>
  );
}

function rowsOf({ microphone, others, meeting }: PeopleProps['call'], ownName: string): readonly Row[] {
  const { selfId, dominantSpeaker } = meeting;
  const speaks = (id: string | undefined) => id !== undefined && id === dominantSpeaker;
  return [
    {
      id: undefined,
      name: ownName === '' ? text('people.you.unnamed') : text('people.you', { name: ownName }),
      microphone,
      hand: meeting.handRaised,
      moderator: meeting.moderator,
      speaking: speaks(selfId) && microphone === 'on',
    },
    ...others.map(({ id, displayName, muted, handRaised, moderator }) => ({
      id,
      name: displayName === '' ? text('call.status.unnamed') : displayName,
      microphone: muted === undefined ? ('unknown' as const) : muted ? ('off' as const) : ('on' as const),
      hand: handRaised,
      moderator,
      speaking: speaks(id) && muted !== true,
    })),
  ];
}

const MICROPHONE: Readonly<Record<DeviceState, TextKey>> = {
  on: 'people.open',
  off: 'people.muted',
  unknown: 'people.unknown',
};

function Person({ row, mayAct }: { row: Row; mayAct: boolean }) {
  const { id, name, microphone, hand, moderator, speaking } = row;
  return (
    <li className="person" data-speaking={speaking}>
      <span className="face" aria-hidden="true">
        {String.fromCodePoint(name.codePointAt(0) ?? 0x3f).toLocaleUpperCase()}
      </span>
      <span className="row-name" title={name}>
        {name}
      </span>
      {speaking && <span className="says">{text('people.speaking')}</span>}
      {moderator && <Sign Icon={Crown} name="people.moderator" kind="role" />}
      {hand && <Sign Icon={Hand} name="people.hand" kind="hand" />}
      <Sign Icon={microphone === 'on' ? Mic : MicOff} name={MICROPHONE[microphone]} kind={microphone} />
      {mayAct && id === undefined && <span className="no-actions" />}
      {mayAct && id !== undefined && (
        <button
          type="button"
          aria-haspopup="menu"
          aria-label={text('people.actions', { name })}
          title={text('people.actions', { name })}
          onClick={({ currentTarget }) => {
            const { left, bottom } = currentTarget.getBoundingClientRect();
            const [x, y] = [left, bottom].map((pixel) => Math.max(0, Math.round(pixel)));
            void window.parley.send('people/menu', { id, x: x ?? 0, y: y ?? 0 });
          }}
        >
          <Ellipsis {...ICON} />
        </button>
      )}
    </li>
  );
}

function Sign({ Icon, name, kind }: { Icon: typeof Hand; name: TextKey; kind: string }) {
  return (
    <span className="sign" data-kind={kind} role="img" aria-label={text(name)} title={text(name)}>
      <Icon {...ICON} />
    </span>
  );
}

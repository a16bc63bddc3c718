import { Ellipsis, EyeOff, Hand, MessageSquare, MonitorUp, Users } from 'lucide-react';
import { type MouseEvent, type ReactNode, useRef } from 'react';
import type { CallState } from '../../shared/callState';
import { text, type TextKey } from '../i18n/text';
import { useShortcutHint } from '../shortcutHint';
import { useFolded } from '../useFolded';
import { ICON } from './icon';

type Icon = typeof Hand;

/** What people reach for while they talk; the rest is in the menu behind the last one. */
export function MeetingButtons({ call, hidden }: { call: CallState; hidden: boolean }) {
  const joined = call.phase === 'joined' ? call : undefined;
  const meeting = joined?.meeting;
  const people = (joined?.others.length ?? 0) + 1;
  const unread = meeting?.chat.unread ?? 0;
  const hint = useShortcutHint();
  return (
    <>
      <Toggle
        Icon={MonitorUp}
        name="toolbar.share"
        title={hint(text(meeting?.sharing === true ? 'share.stop' : 'toolbar.share'), 'share')}
        pressed={meeting?.sharing}
        set={(on) => void window.parley.send(on ? 'share/start' : 'share/stop')}
      />
      <Toggle
        Icon={Hand}
        name="toolbar.hand"
        title={hint(text(meeting?.handRaised === true ? 'toolbar.hand.lower' : 'toolbar.hand'), 'hand')}
        pressed={meeting?.handRaised}
        set={(on) => void window.parley.send('meeting/control', { what: 'hand', on })}
      />
      <Toggle
        Icon={Users}
        name="toolbar.participants"
        title={hint(text('toolbar.participants.count', { count: people }), 'participants')}
        pressed={meeting?.participantsPane}
        count={joined === undefined ? undefined : people}
        set={(on) => void window.parley.send('meeting/control', { what: 'participants-pane', on })}
      />
      <Toggle
        Icon={MessageSquare}
        name="toolbar.chat"
        title={hint(text(unread === 0 ? 'toolbar.chat' : 'toolbar.chat.unread', { count: unread }), 'chat')}
        pressed={meeting?.chat.open}
        count={unread === 0 ? undefined : unread}
        set={(on) => void window.parley.send('meeting/control', { what: 'chat', on })}
      />
      <Toggle
        Icon={EyeOff}
        name="toolbar.hide"
        title={hint(text(hidden ? 'toolbar.show.hint' : 'toolbar.hide.hint'), 'hide-meeting')}
        pressed={joined === undefined ? undefined : hidden}
        set={(on) => void window.parley.send('meeting/hide', { hidden: on })}
      />
      <More
        enabled={joined !== undefined}
        knocking={meeting?.waitingRoom.knocking.length ?? 0}
        unread={unread}
      />
    </>
  );
}

interface CountedProps {
  /** The button. */
  children: ReactNode;
  count: number | undefined;
  className?: string;
}

/**
 * A button with a figure on it, which stands beside it for assistive technology: what is seen within a button has to be in its
 * name (WCAG 2.5.3), and that stays the same however many there are. The button's tooltip says what the figure counts.
 */
function Counted({ children, count, className = '' }: CountedProps) {
  return (
    <span className={`counted ${className}`}>
      {children}
      {count !== undefined && <span className="count">{count}</span>}
    </span>
  );
}

interface ToggleProps {
  Icon: Icon;
  name: TextKey;
  /** What it is now, or what a click does; where something is counted, that in words. */
  title: string;
  /** What the page says; absent while there is no joined call. */
  pressed: boolean | undefined;
  count?: number | undefined;
  set: (on: boolean) => void;
}

function Toggle({ Icon, name, title, pressed, count, set }: ToggleProps) {
  const label = text(name);
  // With a label beside it, a tooltip is what assistive technology reads as the description.
  const tooltip = pressed === undefined ? `${label}: ${text('toolbar.not-joined')}` : title;
  return (
    <Counted className="foldable" count={count}>
      <button
        type="button"
        className="toggle"
        aria-label={label}
        aria-pressed={pressed ?? false}
        title={tooltip}
        disabled={pressed === undefined}
        onClick={() => set(pressed !== true)}
      >
        <Icon {...ICON} />
      </button>
    </Counted>
  );
}

/**
 * The menu is the system's: the page's own would be covered by the meeting. What a folded button would count is counted and
 * told here, after those who wait: they cannot get in by themselves.
 */
function More({ enabled, knocking, unread }: { enabled: boolean; knocking: number; unread: number }) {
  const button = useRef<HTMLButtonElement>(null);
  const hint = useShortcutHint();
  const open = (event: MouseEvent | undefined) => {
    const place = button.current?.getBoundingClientRect();
    if (place === undefined) return;
    event?.preventDefault();
    void window.parley.send('more/open', {
      x: Math.max(0, Math.round(place.left)),
      y: Math.max(0, Math.round(place.bottom)),
    });
  };
  const folded = useFolded();
  const counted = [
    { name: 'toolbar.more.knocking', count: knocking },
    { name: 'toolbar.chat.unread', count: folded ? unread : 0 },
  ] as const satisfies readonly { name: TextKey; count: number }[];
  const inside = counted.filter(({ count }) => count > 0);
  const title = inside.map(({ name, count }) => text(name, { count })).join('; ') || text('toolbar.more');
  return (
    <Counted count={inside[0]?.count}>
      <button
        ref={button}
        type="button"
        id="more"
        aria-label={text('toolbar.more')}
        aria-haspopup="menu"
        title={enabled ? hint(title, 'more') : `${text('toolbar.more')}: ${text('toolbar.not-joined')}`}
        disabled={!enabled}
        onClick={open}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') open(undefined);
        }}
      >
        <Ellipsis {...ICON} />
      </button>
    </Counted>
  );
}

import { useState } from 'react';
import type { ChangeResult, RemoveResult, ShownSettings } from '../../../shared/ipc/snapshot';
import { text } from '../../i18n/text';

interface LobbyListProps {
  settings: ShownSettings;
  /** The form holds what is not saved: another lobby in it would lose that. */
  unsaved: boolean;
}

/** The lobbies that can be used, each with its own access token in the keychain. Of no use while there is only one. */
export function LobbyList({ settings, unsaved }: LobbyListProps) {
  const { lobbies, lobbyUrl, locked, overridden } = settings;
  const [fault, setFault] = useState<string>();
  const ofUse = lobbies.length > 1 || (lobbies.length === 1 && lobbyUrl === '');
  if (!ofUse && fault === undefined) return null;
  const fixed = locked.includes('lobbyUrl') || overridden.includes('lobbyUrl');
  const waits = unsaved ? text('settings.lobbies.unsaved') : undefined;
  const whyNotUsed = locked.includes('lobbyUrl')
    ? text('settings.locked')
    : fixed
      ? text('settings.overridden')
      : waits;
  const whyKept = locked.includes('lobbies') ? text('settings.locked') : waits;
  const run = (host: string, answer: Promise<ChangeResult | RemoveResult>) =>
    void answer.then((result) => setFault(faultText(host, result)));
  return (
    <div className="lobbies">
      <h3 id="settings-lobbies">{text('settings.lobbies')}</h3>
      <ul aria-labelledby="settings-lobbies">
        {lobbies.map((origin) => {
          const { host } = new URL(origin);
          const inUse = origin === lobbyUrl;
          return (
            <li key={origin} aria-current={inUse}>
              <span className="lobby-host">{host}</span>
              {inUse ? (
                <span className="muted">{text('settings.lobbies.in-use')}</span>
              ) : (
                <>
                  <button
                    type="button"
                    className="outlined"
                    aria-label={text('settings.lobbies.use.name', { host })}
                    title={whyNotUsed}
                    disabled={whyNotUsed !== undefined}
                    onClick={() => run(host, window.parley.send('lobbies/use', { origin }))}
                  >
                    {text('settings.lobbies.use')}
                  </button>
                  <button
                    type="button"
                    className="outlined"
                    aria-label={text('settings.lobbies.remove.name', { host })}
                    title={whyKept ?? text('settings.lobbies.remove.hint')}
                    disabled={whyKept !== undefined}
                    onClick={() => run(host, window.parley.send('lobbies/remove', { origin }))}
                  >
                    {text('settings.lobbies.remove')}
                  </button>
                </>
              )}
            </li>
          );
        })}
      </ul>
      {fault !== undefined && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

function faultText(host: string, result: ChangeResult | RemoveResult): string | undefined {
  if (!result.ok) return text('settings.fault.file', { detail: result.fault });
  if (!('tokenLeft' in result) || result.tokenLeft === undefined) return undefined;
  return text('settings.lobbies.token-left', { host, why: text(`keychain.${result.tokenLeft}`) });
}

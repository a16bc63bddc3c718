import type { StoredOrigins } from '../security/credentials';
import type { Settings } from './settings';

/** The lobbies whose token is in the keychain, as the settings remember them. */
export function storedOrigins(settings: Settings): StoredOrigins {
  const others = (origin: string) => settings.values.tokenOrigins.filter((other) => other !== origin);
  return {
    has: (origin) => settings.values.tokenOrigins.includes(origin),
    add: (origin) => settings.change({ tokenOrigins: [...others(origin), origin] }),
    delete: (origin) => settings.change({ tokenOrigins: others(origin) }),
  };
}

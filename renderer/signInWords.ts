/** What a sign-in that came to nothing says. */
import type { SignInFault } from '../shared/signIn';
import { failureWords, providerWords } from './failureWords';
import { text } from './i18n/text';

export function signInFaultWords(fault: SignInFault): string {
  switch (fault.why) {
    case 'provider':
      return providerWords(fault.provider);
    case 'lobby': {
      const { what, advice } = failureWords(fault.failure);
      return `${what} ${advice}`;
    }
    default:
      return text(`sign-in.fault.${fault.why}`, { ...fault });
  }
}

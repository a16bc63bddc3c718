/** What is said of later versions of Parley. */
import type { UpdateFault, UpdateState } from '../shared/updates';
import { networkWords } from './failureWords';
import { sizeText, text } from './i18n/text';

export function updateWords(update: UpdateState): string {
  switch (update.step) {
    case 'off':
      return text(`updates.off.${update.because}`);
    case 'idle':
    case 'looking':
      return text(`updates.${update.step}`);
    case 'current':
      return text('updates.current', update);
    case 'offered':
      return offeredWords(update);
    case 'loading':
      return text('updates.loading', { version: update.offer.version, percent: update.percent });
    case 'ready':
      return text('updates.ready', { version: update.offer.version });
    case 'failed':
      return faultWords(update.fault, update.host);
  }
}

function offeredWords({ offer, by, cost }: UpdateState & { step: 'offered' }): string {
  const { version, bytes } = offer;
  const there = text('updates.offered', { version });
  if (by === 'system' || bytes === undefined) return `${there} ${text('updates.offered.system')}`;
  const size = text('updates.offered.size', { size: sizeText(bytes) });
  return [there, size, ...(cost === 'metered' ? [text('updates.offered.metered')] : [])].join(' ');
}

function faultWords(fault: UpdateFault, host: string): string {
  if (fault.code === 'network') return networkWords(fault.network, host);
  return text(`updates.fault.${fault.code}`, { host, ...fault });
}

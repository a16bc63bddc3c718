import { readRecording } from '../../../support/jitsi/recorder/entry';

const FILES = ['one-to-one-call.jsonl', 'refusals-and-cuts.jsonl', 'devices-and-e2ee.jsonl'] as const;
export type RecordingFile = (typeof FILES)[number];

/** A message of a recording, with what tests look at. */
export interface RecordedMessage {
  method: string;
  params: { type?: string; id?: unknown; result?: unknown; data?: { name: string } };
}

/** The messages that clients heard, or that were sent to them, in the recordings of the real web client. */
export function recorded(dir: 'seen' | 'sent'): RecordedMessage[] {
  const entries = FILES.flatMap((file) => readRecording(file)).filter((entry) => entry.dir === dir);
  return entries.flatMap(({ msg }) => (msg === undefined ? [] : [msg as RecordedMessage]));
}

/** All that one client of a recording heard, each as the text it came as. */
export function heardBy(file: RecordingFile, who: string): string[] {
  const heard = readRecording(file).filter((entry) => entry.who === who && entry.dir === 'seen');
  return heard.map(({ msg }) => JSON.stringify(msg));
}

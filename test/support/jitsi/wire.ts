/**
 * What the room page and the deployment say to each other over the page's socket. It stands for XMPP and has none of
 * its form: what is tested is the page's window messages, not this.
 */
import { z } from 'zod';

const MediaType = z.enum(['audio', 'video']);
export type MediaType = z.infer<typeof MediaType>;

const RecordingMode = z.enum(['file', 'stream']);
export type RecordingMode = z.infer<typeof RecordingMode>;

/** From the page: first `login`, as SASL has it, so that no token stands in an address; then `enter`. */
export const FromPage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('login'),
    token: z.string().optional(),
    displayName: z.string().optional(),
    /** The occupant to go on as, after the socket was cut. */
    resume: z.string().optional(),
    /** An account of the deployment's own. */
    account: z.object({ user: z.string(), password: z.string() }).optional(),
  }),
  z.object({ type: z.literal('enter'), password: z.string().optional() }),
  z.object({ type: z.literal('knock') }),
  z.object({ type: z.literal('ask-to-open'), mediaType: MediaType }),
  z.object({ type: z.literal('media'), mediaType: MediaType, muted: z.boolean() }),
  z.object({ type: z.literal('hand'), raised: z.boolean() }),
  z.object({ type: z.literal('rename'), displayName: z.string() }),
  z.object({ type: z.literal('subject'), subject: z.string() }),
  z.object({ type: z.literal('chat'), message: z.string() }),
  z.object({ type: z.literal('mute-everyone'), mediaType: MediaType }),
  z.object({ type: z.literal('kick'), id: z.string() }),
  z.object({ type: z.literal('leave') }),
  z.object({ type: z.literal('screen'), on: z.boolean() }),
  z.object({ type: z.literal('encryption'), on: z.boolean() }),
  z.object({ type: z.literal('lock'), password: z.string() }),
  z.object({ type: z.literal('waiting-room'), on: z.boolean() }),
  z.object({ type: z.literal('answer-knocking'), id: z.string(), admit: z.boolean() }),
  z.object({ type: z.literal('record'), mode: RecordingMode, on: z.boolean() }),
  z.object({ type: z.literal('mute'), id: z.string(), mediaType: MediaType }),
  z.object({ type: z.literal('promote'), id: z.string() }),
  z.object({ type: z.literal('end-conference') }),
]);
export type FromPage = z.infer<typeof FromPage>;

/** What of that only somebody in the room can say. */
export type FromOccupant = Exclude<FromPage, { type: 'login' | 'enter' | 'knock' | 'ask-to-open' }>;

/** Someone in a room, as the others see them. */
export interface Occupant {
  id: string;
  displayName?: string;
  role: 'moderator' | 'participant';
  audioMuted: boolean;
  videoMuted: boolean;
  /** When the hand was raised, in milliseconds; 0 while it is down. */
  handRaised: number;
  /** Whether the page's socket is up; false while it is cut. */
  connected: boolean;
}

/** One who is named in a kick. */
export interface Named {
  id: string;
  name?: string;
}

/** From the deployment. */
export type FromDeployment =
  /** `switchMs`: how long the page is to take for its microphone and camera. */
  | { type: 'logged-in'; id: string; displayName?: string; switchMs?: number }
  | { type: 'login-refused'; message: string; recoverable: boolean; clientSeesWhy: boolean; domain: string }
  | { type: 'door-refused'; reason: string }
  /** The room wants its password; one that was sent was wrong. */
  | { type: 'password-required' }
  /** The room has a waiting room. */
  | { type: 'members-only' }
  /** Nobody with an account is there yet. */
  | { type: 'authentication-required' }
  /** The way is free now. */
  | { type: 'come-in' }
  | { type: 'access-denied' }
  | {
      type: 'entered';
      self: Occupant;
      others: Occupant[];
      subject: string;
      createdAt: number;
      sessionId: string;
      domain: string;
    }
  /** The page is back: `self` is what the room takes it to be. All it has missed was sent before this. */
  | { type: 'resumed'; self: Occupant }
  | { type: 'may-open'; mediaType: MediaType; allowed: boolean }
  | { type: 'joined'; occupant: Occupant }
  | { type: 'left'; id: string }
  | { type: 'promoted'; id: string }
  | { type: 'media'; id: string; mediaType: MediaType; muted: boolean; by: 'opening' | 'self' | 'moderator' }
  | { type: 'hand'; id: string; raisedAt: number }
  | { type: 'renamed'; id: string; displayName: string }
  | { type: 'subject'; subject: string }
  | { type: 'chat'; from: string; nick?: string; message: string }
  | { type: 'kicked'; kicked: Named; kicker: Named }
  /** The room is closed for all. */
  | { type: 'destroyed' }
  | { type: 'screen'; id: string; on: boolean }
  | { type: 'encryption'; on: boolean }
  | { type: 'locked'; by: string; locked: boolean }
  | { type: 'waiting-room'; by: string; on: boolean }
  | { type: 'knocking'; id: string; name?: string }
  | { type: 'knocking-answered'; by: string; id: string; name?: string; granted: boolean }
  | { type: 'recording'; mode: RecordingMode; on: boolean; error?: string }
  | { type: 'speaker'; id: string }
  /** What no deployment could say: the page's own user talks. */
  | { type: 'talks' };

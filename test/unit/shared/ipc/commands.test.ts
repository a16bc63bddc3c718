import { describe, expect, it } from 'vitest';
import { commands, type CommandName } from '../../../../shared/ipc/commands';
import { ACCESS_TOKEN_MAX, DISPLAY_NAME_MAX, JOIN_TEXT_MAX } from '../../../../shared/limits';

const fits = (command: CommandName, argument: unknown) => commands[command].safeParse(argument).success;

const form = { lobbyUrl: 'https://lobby.example.com', displayName: 'Ada' };
const place = { x: 0, y: 40, width: 800, height: 600 };

describe('the argument of a command', () => {
  it.each<[CommandName, unknown]>([
    ['snapshot/read', undefined],
    ['call/start', { media: 'audio' }],
    ['call/start', { media: 'video' }],
    ['call/join', { text: '' }],
    ['call/join', { text: 'x'.repeat(JOIN_TEXT_MAX + 1) }],
    ['call/leave', undefined],
    ['call/microphone', { on: true }],
    ['call/camera', { on: false }],
    ['settings/save', form],
    ['settings/save', { lobbyUrl: '', displayName: '', accessToken: '' }],
    ['settings/test', { ...form, accessToken: 'x'.repeat(ACCESS_TOKEN_MAX) }],
    ['settings/free-mode', { on: true, noticeRead: false }],
    ['stage/place', place],
    ['stage/place', null],
    ['stage/place', { ...place, width: 800.5 }],
  ])('of %s may be %j', (command, argument) => {
    expect(fits(command, argument)).toBe(true);
  });

  it.each<[CommandName, unknown]>([
    ['snapshot/read', null],
    ['snapshot/read', {}],
    ['call/start', undefined],
    ['call/start', {}],
    ['call/start', { media: 'screen' }],
    ['call/start', { media: 'audio', room: 'brisk-otter' }],
    ['call/join', { text: 7 }],
    ['call/join', { text: 'x'.repeat(JOIN_TEXT_MAX + 2) }],
    ['call/join', { text: 'x', free: true }],
    ['call/leave', 1],
    ['call/microphone', { on: 'true' }],
    ['call/microphone', {}],
    ['call/camera', { on: 1 }],
    ['settings/save', { lobbyUrl: form.lobbyUrl }],
    ['settings/save', { ...form, lobbyUrl: 'x'.repeat(2049) }],
    ['settings/save', { ...form, displayName: 'x'.repeat(DISPLAY_NAME_MAX + 1) }],
    ['settings/save', { ...form, accessToken: 'x'.repeat(ACCESS_TOKEN_MAX + 1) }],
    ['settings/save', { ...form, freeUrl: 'https://evil.example' }],
    ['settings/free-mode', { on: true }],
    ['stage/place', undefined],
    ['stage/place', { ...place, x: -1 }],
    ['stage/place', { ...place, height: Infinity }],
    ['stage/place', { ...place, width: Number.NaN }],
    ['stage/place', { ...place, width: 40_000 }],
    ['stage/place', { ...place, z: 1 }],
  ])('of %s may not be %j', (command, argument) => {
    expect(fits(command, argument)).toBe(false);
  });
});

/**
 * The first run: one screen that asks for what is missing before the first call, and nothing that policy or the environment
 * has set. What is typed is noted in the settings as it is typed; a token goes to the keychain alone, at the end.
 */
import type { CallState } from '../../shared/callState';
import type { FirstRunDraft, FirstRunStage, FirstRunState } from '../../shared/firstRun';
import type { FirstRunForm, FirstRunResult } from '../../shared/ipc/commands/firstRun';
import type { LobbyForm } from '../../shared/ipc/commands/settings';
import type { LobbyCheck, SaveResult, SettingName } from '../../shared/ipc/snapshot';
import { log } from '../log';
import { changeSettings } from '../settings/changeSettings';
import { type SavingParts, saveLobbyForm } from '../settings/saveLobbyForm';
import { FIRST_RUN_OVER, type FirstRunNote, type Layer } from '../settings/settingsTable';
import type { SignIn } from '../signIn/signIn';
import { keptAddress } from './keptAddress';

export interface FirstRunParts extends SavingParts {
  signIn: Pick<SignIn, 'look' | 'state'>;
  /** Asks a lobby what a call would ask. */
  check: (form: LobbyForm) => Promise<LobbyCheck>;
  /** The first run itself has changed: push a snapshot. */
  push: () => void;
}

export class FirstRun {
  readonly #parts: FirstRunParts;
  /** What stands in the fields, once they were touched in this run. */
  #typed: FirstRunDraft | undefined;
  #noting = false;
  /** A stage that is not written yet, or could not be. */
  #unwritten: FirstRunStage | undefined;

  constructor(parts: FirstRunParts) {
    this.#parts = parts;
  }

  /** `undefined` when it is over, or nothing is missing. */
  get state(): FirstRunState | undefined {
    const stage = this.#stage;
    const asks = this.#asks;
    const missing = asks.name || asks.lobby || this.#lacksProof;
    if (stage === 'over' || !missing) return undefined;
    return { stage, asks, typed: this.#draft, lobby: this.#parts.settings.values.lobbyUrl };
  }

  /** Finds out whether a lobby that is set beforehand wants a token: only then is there something to show. */
  begin(): void {
    const { settings, signIn } = this.#parts;
    const { lobbyUrl, freeMode } = settings.values;
    if (this.#stage !== 'open' || this.state !== undefined || lobbyUrl === '' || freeMode) return;
    void signIn.look(lobbyUrl);
  }

  /** Whoever has been in a call needs no first run, however they came there. */
  callChanged({ phase }: CallState): void {
    if (phase === 'joined' && this.#stage !== 'over') void this.#end();
  }

  /** Notes what was typed; the newest is written when the write before it is done. */
  typed(draft: FirstRunDraft): void {
    this.#typed = draft;
    this.#parts.push();
    if (!this.#noting) void this.#note();
  }

  /** Saves name and lobby alone: a sign-in is one to the lobby in use. */
  async keep(draft: FirstRunDraft): Promise<SaveResult> {
    this.#typed = draft;
    return saveLobbyForm(this.#lobbyForm(draft), this.#parts, this.#open);
  }

  async finish({ accessToken, anyway, ...draft }: FirstRunForm): Promise<FirstRunResult> {
    this.#typed = draft;
    const { settings } = this.#parts;
    const asks = this.#asks;
    const { freeMode } = settings.values;
    if (asks.lobby ? asks.free && draft.free : freeMode) return this.#useFree(draft);
    const form = { ...this.#lobbyForm(draft), ...(accessToken === '' ? {} : { accessToken }) };
    if (form.lobbyUrl.trim() === '') {
      return { ok: false, save: { ok: false, field: 'lobbyUrl', fault: 'required' } };
    }
    if (!anyway) {
      const check = await this.#parts.check(form);
      if (!check.ok) return { ok: false, check };
    }
    const besides = { ...this.#open, ...(freeMode ? { freeMode: false } : {}) };
    const save = await saveLobbyForm(form, this.#parts, besides);
    if (!save.ok) return { ok: false, save };
    const { credential } = save;
    const held = credential.state === 'keychain-unavailable' && credential.heldUntilQuit;
    if (held && !anyway) return { ok: false, held: true };
    await this.#end();
    return { ok: true };
  }

  /** Puts the screen off, or brings it back. */
  async show(on: boolean): Promise<void> {
    if (this.#stage === 'over') this.#typed = undefined;
    const { name, lobby, free } = this.#draft;
    await this.#enter({ stage: on ? 'open' : 'later', name, lobby: keptAddress(lobby), free });
  }

  async #useFree(draft: FirstRunDraft): Promise<FirstRunResult> {
    const { settings, calls, onChange } = this.#parts;
    const { name, free } = this.#asks;
    const result = await changeSettings(settings, {
      ...(name ? { displayName: draft.name.trim() } : {}),
      ...(free ? { freeMode: true, freeNoticeRead: true } : {}),
    });
    if (!result.ok) return { ok: false, save: { ok: false, field: 'file', detail: result.fault } };
    calls.dismiss();
    await this.#end();
    onChange();
    return { ok: true };
  }

  async #end(): Promise<void> {
    this.#typed = undefined;
    await this.#enter(FIRST_RUN_OVER);
  }

  async #enter(firstRun: FirstRunNote): Promise<void> {
    this.#unwritten = firstRun.stage;
    this.#parts.push();
    if (await this.#write({ firstRun })) this.#unwritten = undefined;
  }

  async #note(): Promise<void> {
    this.#noting = true;
    let noted: FirstRunDraft | undefined;
    while (this.#typed !== undefined && this.#typed !== noted && this.#stage === 'open') {
      noted = this.#typed;
      await this.#write(this.#open);
    }
    this.#noting = false;
  }

  async #write(changes: Layer): Promise<boolean> {
    const result = await changeSettings(this.#parts.settings, changes);
    if (!result.ok) log.warn('first-run.not-written', { reason: result.fault });
    return result.ok;
  }

  /** That the screen stands there, with what was typed. */
  get #open(): { firstRun: FirstRunNote } {
    const { name, lobby, free } = this.#draft;
    return { firstRun: { stage: 'open', name, lobby: keptAddress(lobby), free } };
  }

  get #stage(): FirstRunStage {
    const { settings } = this.#parts;
    const chosen = settings.hasChosen('lobbyUrl', 'displayName', 'freeMode', 'tokenOrigins');
    return this.#unwritten ?? settings.values.firstRun?.stage ?? (chosen ? 'over' : 'open');
  }

  get #draft(): FirstRunDraft {
    const { firstRun, displayName, lobbyUrl, freeMode } = this.#parts.settings.values;
    if (this.#typed !== undefined) return this.#typed;
    return {
      name: firstRun?.name === undefined || firstRun.name === '' ? displayName : firstRun.name,
      lobby: firstRun?.lobby === undefined || firstRun.lobby === '' ? lobbyUrl : firstRun.lobby,
      free: firstRun === undefined || firstRun.stage === 'over' ? freeMode : firstRun.free,
    };
  }

  get #asks(): FirstRunState['asks'] {
    const { values, locked, overridden } = this.#parts.settings;
    const isSet = (name: SettingName) => locked.includes(name) || overridden.includes(name);
    const freeLocked = locked.includes('freeMode');
    const lobby = !isSet('lobbyUrl') && !locked.includes('lobbies') && !(freeLocked && values.freeMode);
    return { name: !isSet('displayName'), lobby, free: lobby && !freeLocked };
  }

  /** Whether the lobby that is set wants to know who one is, and nothing is there to tell it. */
  get #lacksProof(): boolean {
    const { settings, signIn } = this.#parts;
    const { lobby, ways, account } = signIn.state;
    const { lobbyUrl, freeMode } = settings.values;
    if (freeMode || lobbyUrl === '' || lobby !== lobbyUrl || ways === undefined || ways.open) return false;
    return account.by === 'none' || (account.by === 'browser' && account.expired);
  }

  #lobbyForm(draft: FirstRunDraft): LobbyForm {
    const { lobbyUrl, displayName } = this.#parts.settings.values;
    const { name, lobby } = this.#asks;
    return { lobbyUrl: lobby ? draft.lobby : lobbyUrl, displayName: name ? draft.name : displayName };
  }
}

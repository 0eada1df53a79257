import { MessageChannelMain, type WebContents } from 'electron';
import { AppError, type ErrorData, type Result, toErrorData } from '#shared/domain/errors.ts';
import type { ControlEvent } from '#shared/protocol/control-port.ts';
import {
  type BackupInfo,
  BRIDGE_CHANNELS,
  type DesktopInfo,
  type DesktopState,
} from '#shared/protocol/desktop-bridge.ts';
import { DataProcess } from './data-process.ts';
import type { KeyCustody, UnlockedKey } from './key-custody.ts';
import type { Log } from './log.ts';
import type { PreferencesFile } from './preferences.ts';
import type { Profile } from './profile.ts';

/** After this many deaths within a minute the program stops trying and says so (SPEC K6: a screen, not a loop). */
const MAX_DEATHS_PER_MINUTE = 3;

type DesktopOptions = {
  readonly profile: Profile;
  readonly custody: KeyCustody;
  readonly preferences: PreferencesFile;
  readonly log: Log;
  readonly version: string;
  readonly deviceName: string;
};

/**
 * The life of one register on this desktop: locked → opening → open, its failures and its recoveries.
 * Owns the data process and, while unlocked, the key; windows only see `DesktopState`.
 */
export class Desktop {
  readonly #options: DesktopOptions;
  readonly #listeners = new Set<(info: DesktopInfo) => void>();
  #state: DesktopState;
  #process: DataProcess | undefined;
  #key: UnlockedKey | undefined;
  #isUnwrapping = false;
  #deaths: number[] = [];
  readonly #replies = new Map<number, (event: ControlEvent) => void>();
  #nextReply = 1;

  constructor(options: DesktopOptions) {
    this.#options = options;
    this.#state = this.#initialState();
  }

  get info(): DesktopInfo {
    const { profile, custody, preferences, version } = this.#options;
    return {
      state: this.#state,
      preferences: preferences.current,
      profile: profile.name,
      version,
      ...(profile.demonstration && { demonstration: profile.demonstration }),
      canUseKeychain: custody.canUseKeychain(),
    };
  }

  onStateChanged(listener: (info: DesktopInfo) => void): void {
    this.#listeners.add(listener);
  }

  createRegister(input: { readonly passphrase: string; readonly useKeychain: boolean }): Promise<Result<null>> {
    return this.#open(() => this.#options.custody.create(input.passphrase, input));
  }

  unlock(input: { readonly passphrase: string }): Promise<Result<null>> {
    return this.#open(() => this.#options.custody.unlock(input.passphrase));
  }

  unlockWithKeychain(): Promise<Result<null>> {
    return this.#open(async () => this.#options.custody.unlockWithKeychain());
  }

  async lock(): Promise<Result<null>> {
    await this.#stopProcess();
    this.#forgetKey();
    this.#setState(this.#initialState());
    return { ok: true, value: null };
  }

  /** From a failure: with the key still known the file is opened again, otherwise the unlock screen comes back. */
  async retry(): Promise<Result<null>> {
    if (this.#state.kind !== 'failed') return { ok: true, value: null };
    this.#deaths = [];
    await this.#stopProcess();
    if (this.#key) this.#startProcess({ kind: 'opening', step: 'file' });
    else this.#setState(this.#initialState());
    return { ok: true, value: null };
  }

  async listBackups(): Promise<Result<readonly BackupInfo[]>> {
    const directory = this.#options.profile.directory;
    const reply = await this.#ask((requestId) => ({ type: 'list-backups', requestId, directory }));
    return { ok: true, value: reply.type === 'backups' ? reply.backups : [] };
  }

  /** Then opens the restored file at once, with the key of the one it replaces. */
  async restoreBackup(input: { readonly name: string }): Promise<Result<null>> {
    if (this.#state.kind !== 'failed')
      return refuse('COMMAND_CONFLICT', 'A backup replaces only a file that cannot be used');
    const directory = this.#options.profile.directory;
    const reply = await this.#ask((requestId) => ({ type: 'restore-backup', requestId, directory, name: input.name }));
    if (reply.type === 'backup-restored' && reply.error) return { ok: false, error: reply.error };
    this.#options.log('backup-restored');
    return this.retry();
  }

  /** Gives a window its own line to the data process; no record passes through here. */
  connectWindow(contents: WebContents, nonce: string): void {
    if (this.#state.kind !== 'open' || !this.#process) return;
    const { port1, port2 } = new MessageChannelMain();
    this.#process.send({ type: 'connect-window' }, [port1]);
    contents.postMessage(BRIDGE_CHANNELS.dataPort, nonce, [port2]);
  }

  async close(): Promise<void> {
    await this.#stopProcess();
    this.#forgetKey();
  }

  #initialState(): DesktopState {
    const { custody } = this.#options;
    if (!custody.exists()) return { kind: 'first-start' };
    try {
      return { kind: 'locked', hasKeychain: custody.hasKeychainWrap() };
    } catch (error) {
      return { kind: 'failed', error: toErrorData(error) };
    }
  }

  async #open(unwrap: () => Promise<UnlockedKey>): Promise<Result<null>> {
    const isLocked = this.#state.kind === 'locked' || this.#state.kind === 'first-start';
    if (!isLocked || this.#isUnwrapping) return refuse('COMMAND_CONFLICT', 'The register is not locked');
    // The state does not move until the key is known: a refused passphrase leaves the form as it was filled in.
    this.#isUnwrapping = true;
    try {
      this.#key = await unwrap();
    } catch (error) {
      const data = toErrorData(error);
      this.#options.log('unlock-refused', { code: data.code });
      if (data.code === 'KEY_FILE_UNREADABLE') this.#setState({ kind: 'failed', error: data });
      return { ok: false, error: data };
    } finally {
      this.#isUnwrapping = false;
    }
    this.#startProcess({ kind: 'opening', step: 'file' });
    return { ok: true, value: null };
  }

  #startProcess(state: DesktopState): void {
    this.#setState(state);
    this.#process = new DataProcess({
      onEvent: (event) => this.#handle(event),
      onExit: (exit) => this.#handleExit(exit),
    });
  }

  #handle(event: ControlEvent): void {
    if ('requestId' in event) {
      this.#replies.get(event.requestId)?.(event);
      this.#replies.delete(event.requestId);
      return;
    }
    const { profile, log } = this.#options;
    switch (event.type) {
      case 'ready':
        // A process started only to answer a question (backups) leaves the file alone.
        if (!this.#key || (this.#state.kind !== 'opening' && this.#state.kind !== 'reconnecting')) return;
        this.#process?.send({
          type: 'open',
          directory: profile.directory,
          key: this.#key.key,
          create: !this.#key.isFileCreated,
        });
        return;
      case 'opening':
        if (this.#state.kind === 'opening') this.#setState({ kind: 'opening', step: event.step });
        return;
      case 'opened':
        this.#noteOpened();
        return;
      case 'open-failed':
      case 'failed':
        log(event.type, { code: event.error.code });
        this.#setState({ kind: 'failed', error: event.error });
        return;
      case 'verify-passphrase':
        void this.#verifyPassphrase(event);
        return;
      case 'closed':
        return;
    }
  }

  /** Answers the process that asked; a key that was unwrapped for it is forgotten at once. */
  async #verifyPassphrase({
    questionId,
    passphrase,
  }: Extract<ControlEvent, { type: 'verify-passphrase' }>): Promise<void> {
    const asking = this.#process;
    const isRight = await this.#options.custody.unlock(passphrase).then(
      ({ key }) => {
        key.fill(0);
        return true;
      },
      () => false,
    );
    if (asking === this.#process) asking?.send({ type: 'passphrase-verified', questionId, isRight });
  }

  #noteOpened(): void {
    const { profile, custody, log, deviceName } = this.#options;
    try {
      custody.markFileCreated();
    } catch (error) {
      // The disk filled up, or the key file went away, while the register was opening.
      this.#setState({ kind: 'failed', error: toErrorData(error) });
      return;
    }
    if (this.#key) this.#key = { ...this.#key, isFileCreated: true };
    if (profile.enrolment) this.#process?.send({ type: 'enrolment', ...profile.enrolment, deviceName });
    log('opened');
    this.#setState({ kind: 'open' });
  }

  #handleExit(exit: { readonly code: number; readonly wasAsked: boolean }): void {
    this.#process = undefined;
    for (const reply of this.#replies.values()) reply({ type: 'closed' });
    this.#replies.clear();
    if (exit.wasAsked || this.#state.kind === 'failed') return;
    const now = Date.now();
    this.#deaths = [...this.#deaths.filter((at) => now - at < 60_000), now];
    this.#options.log('data-process-died', { code: exit.code, deaths: this.#deaths.length });
    if (this.#deaths.length > MAX_DEATHS_PER_MINUTE) {
      const error: ErrorData = {
        code: 'DATA_PROCESS_DIED',
        message: 'The data process keeps dying',
        action: 'contact',
      };
      this.#setState({ kind: 'failed', error });
    } else this.#startProcess({ kind: 'reconnecting' });
  }

  /** A question on the control line; starts a process without a file where none runs. */
  #ask(request: (requestId: number) => Parameters<DataProcess['send']>[0]): Promise<ControlEvent> {
    this.#process ??= new DataProcess({
      onEvent: (event) => this.#handle(event),
      onExit: (exit) => this.#handleExit(exit),
    });
    const requestId = this.#nextReply++;
    const answer = new Promise<ControlEvent>((resolve) => this.#replies.set(requestId, resolve));
    this.#process.send(request(requestId));
    return answer;
  }

  async #stopProcess(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    await running?.stop();
  }

  #forgetKey(): void {
    this.#key?.key.fill(0);
    this.#key = undefined;
  }

  #setState(state: DesktopState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(this.info);
  }
}

function refuse(code: 'COMMAND_CONFLICT', message: string): Result<never> {
  return { ok: false, error: toErrorData(new AppError(code, message)) };
}

import { Subject } from 'rxjs';
import { AppError } from '#shared/domain/errors.ts';
import type {
  CommandInput,
  CommandName,
  CommandOutput,
  PortAnswer,
  PortEvent,
  PortRequest,
  QuestionInput,
  QuestionName,
  QuestionOutput,
  StorageMethod,
  StorageOpenParams,
} from '#shared/protocol/data-port.ts';

/** What this needs of a port: the DOM's `MessagePort` and Node's both have it. */
export type ChannelPort = {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  removeEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  start?(): void;
  close(): void;
};

type Pending = {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: AppError) => void;
  readonly onPart: ((value: unknown) => void) | undefined;
};
/** A request without its id. */
type Body = PortRequest extends infer Request
  ? Request extends { readonly id: number }
    ? Omit<Request, 'id'>
    : never
  : never;

/**
 * A window's line to the data process: requests with their answers, and events. The port may be replaced when the data
 * process was started again; what was under way then fails with `PORT_CLOSED`, because nobody knows whether it was done.
 */
export class DataChannel {
  readonly #events$ = new Subject<PortEvent>();
  readonly #connections$ = new Subject<void>();
  readonly #pending = new Map<number, Pending>();
  readonly #listener = (event: { readonly data: unknown }): void => this.#receive(event.data);
  #port: ChannelPort | undefined;
  #lastId = 0;
  #commands = 0;
  #isClosed = false;

  constructor(port?: ChannelPort) {
    if (port) this.replacePort(port);
  }

  /** Events of the data process, over whichever port. */
  get events$() {
    return this.#events$.asObservable();
  }

  /** Speaks each time a port was put in place after construction. */
  get connections$() {
    return this.#connections$.asObservable();
  }

  get isConnected(): boolean {
    return this.#port !== undefined;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** True while a command is under way: what it does may show on a screen before its answer is here. */
  get isCommanding(): boolean {
    return this.#commands > 0;
  }

  /** @throws AppError what the command refused, or PORT_CLOSED */
  async command<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<CommandOutput[Name]> {
    this.#commands += 1;
    try {
      // The data process answers what the protocol says for this name.
      return (await this.#request({ kind: 'command', name, input })) as CommandOutput[Name];
    } finally {
      this.#commands -= 1;
    }
  }

  /** @throws AppError COMMAND_INVALID, PORT_CLOSED */
  async question<Name extends QuestionName>(name: Name, input: QuestionInput<Name>): Promise<QuestionOutput[Name]> {
    // As for commands.
    return (await this.#request({ kind: 'question', name, input })) as QuestionOutput[Name];
  }

  /** For the remote storage only. */
  openStorage(params: StorageOpenParams): Promise<unknown> {
    return this.#request({ kind: 'storage-open', params });
  }

  /** For the remote storage only. Answers the last part; `onPart` gets those before it as they arrive. */
  callStorage(
    handle: number,
    method: StorageMethod,
    args: readonly unknown[],
    onPart?: (value: unknown) => void,
  ): Promise<unknown> {
    return this.#request({ kind: 'storage-call', handle, method, args }, onPart);
  }

  /** For the remote storage only. */
  async closeStorage(handle: number): Promise<void> {
    await this.#request({ kind: 'storage-close', handle });
  }

  /** Takes a fresh port. Requests under way fail; storages open themselves again on it. */
  replacePort(port: ChannelPort): void {
    if (this.#isClosed) throw closed();
    this.disconnect();
    this.#port = port;
    port.addEventListener('message', this.#listener);
    port.start?.();
    this.#connections$.next();
  }

  /** The data process is gone: what is under way fails, commands fail at once, reads of storages wait for the next port. */
  disconnect(): void {
    const port = this.#port;
    this.#port = undefined;
    port?.removeEventListener('message', this.#listener);
    port?.close();
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(closed());
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.disconnect();
    this.#connections$.complete();
    this.#events$.complete();
  }

  #request(body: Body, onPart?: Pending['onPart']): Promise<unknown> {
    const port = this.#port;
    if (!port) return Promise.reject(closed());
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, onPart });
      try {
        port.postMessage({ ...body, id });
      } catch (error) {
        this.#pending.delete(id);
        reject(new AppError('PORT_BAD_MESSAGE', 'This cannot be sent to the data process', { cause: error }));
      }
    });
  }

  #receive(data: unknown): void {
    // The data process is the trusted side of this port; it sends what the protocol lists.
    const message = data as PortAnswer | PortEvent;
    if ('event' in message) {
      this.#events$.next(message);
      return;
    }
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    if (message.ok && message.isPart) {
      pending.onPart?.(message.value);
      return;
    }
    this.#pending.delete(message.id);
    if (message.ok) pending.resolve(message.value);
    else pending.reject(AppError.from(message.error));
  }
}

function closed(): AppError {
  return new AppError('PORT_CLOSED', 'The line to the data process is closed', { action: 'retry' });
}

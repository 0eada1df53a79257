import { type TSchema, Type } from 'typebox';
import { AppError, toErrorData } from '#shared/domain/errors.ts';
import {
  COMMANDS,
  type CommandName,
  type PortAnswer,
  type PortEvent,
  type PortRequest,
  QUESTIONS,
  type QuestionName,
} from '#shared/protocol/data-port.ts';
import type { RegisterService } from '../service.ts';
import { requireShape } from './shape.ts';
import { StorageHost } from './storage-host.ts';

/** What this needs of a port: Electron's `MessagePortMain` and Node's `MessagePort` both have it. */
export type PortLike = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start?(): void;
  close(): void;
};

const Id = Type.Integer({ minimum: 0 });
const Named = Type.Object({
  id: Id,
  kind: Type.Union([Type.Literal('command'), Type.Literal('question')]),
  name: Type.String({ maxLength: 60 }),
  input: Type.Unsafe<unknown>({}),
});
const Storage = Type.Object({
  id: Id,
  kind: Type.Union([Type.Literal('storage-open'), Type.Literal('storage-call'), Type.Literal('storage-close')]),
});
const Request = Type.Union([Named, Storage]);

/** One window's line to the register: checks every message, dispatches it, answers it, and lets go of everything at the end. */
export class DataPortHost {
  readonly #port: PortLike;
  readonly #service: RegisterService;
  readonly #storage: StorageHost;
  readonly #stopEvents: () => void;
  #isClosed = false;

  constructor(port: PortLike, service: RegisterService) {
    this.#port = port;
    this.#service = service;
    this.#storage = new StorageHost({
      store: service.register.store,
      // Windows read; only commands write (SPEC A1, P3).
      writable: false,
      post: (message) => this.#post(message),
    });
    this.#stopEvents = service.onEvent((event) => this.#post(event));
    port.on('message', (message) => void this.#receive(message));
    port.on('close', () => this.close());
    port.start?.();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stopEvents();
    this.#storage.close();
    this.#port.close();
  }

  async #receive(message: unknown): Promise<void> {
    const id = requestId(message);
    try {
      const request = requireShape(Request, message, 'PORT_BAD_MESSAGE');
      if (request.kind === 'command' || request.kind === 'question') {
        this.#post({ id, ok: true, value: await this.#dispatch(request) });
      } else {
        // The storage host checks the rest of these three kinds itself.
        await this.#storage.handle(request as PortRequest & { kind: (typeof request)['kind'] });
      }
    } catch (error) {
      this.#post({ id, ok: false, error: toErrorData(error) });
    }
  }

  #dispatch(request: {
    readonly kind: 'command' | 'question';
    readonly name: string;
    readonly input: unknown;
  }): unknown {
    const { kind, name, input } = request;
    const isCommand = kind === 'command';
    const schemas: Readonly<Record<string, TSchema>> = isCommand ? COMMANDS : QUESTIONS;
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    if (!schema) throw new AppError('PORT_BAD_MESSAGE', `There is no such ${kind}`);
    const checked = requireShape(schema, input, 'COMMAND_INVALID');
    // The schema of this very name has just accepted the input.
    const handler = isCommand
      ? this.#service.commands[name as CommandName]
      : this.#service.questions[name as QuestionName];
    return (handler as (input: unknown) => unknown)(checked);
  }

  #post(message: PortAnswer | PortEvent): void {
    if (!this.#isClosed) this.#port.postMessage(message);
  }
}

function requestId(message: unknown): number {
  return typeof message === 'object' && message !== null && 'id' in message && typeof message.id === 'number'
    ? message.id
    : -1;
}

import { join } from 'node:path';
import { type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import type { WorkerApi, WorkerCall, WorkerReply } from '../protocol.ts';
import { say } from './progress.ts';

type Pending = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void };

/** A utility process of the bench: the same kind of process as the one that owns the product's file. */
export class BenchWorker {
  readonly #child: UtilityProcess;
  readonly #pending = new Map<number, Pending>();
  readonly #exited: Promise<void>;
  #lastId = 0;

  constructor() {
    this.#child = utilityProcess.fork(join(__dirname, '../worker/main.cjs'), [], { serviceName: 'bench-worker' });
    this.#child.on('message', (reply: WorkerReply) => this.#receive(reply));
    this.#exited = new Promise((resolve) => {
      this.#child.once('exit', (code) => {
        for (const { reject } of this.#pending.values()) reject(new Error(`A worker of the bench ended with ${code}`));
        this.#pending.clear();
        resolve();
      });
    });
  }

  call<Name extends keyof WorkerApi>(
    name: Name,
    input: WorkerApi[Name]['input'],
    ports: MessagePortMain[] = [],
  ): Promise<WorkerApi[Name]['output']> {
    this.#lastId += 1;
    const call: WorkerCall = { id: this.#lastId, name, input };
    const answer = new Promise<unknown>((resolve, reject) => this.#pending.set(call.id, { resolve, reject }));
    this.#child.postMessage(call, ports);
    // The worker answers what the protocol says for this name.
    return answer as Promise<WorkerApi[Name]['output']>;
  }

  async stop(): Promise<void> {
    this.#child.kill();
    await this.#exited;
  }

  #receive(reply: WorkerReply): void {
    if ('progress' in reply) {
      say(reply.progress);
      return;
    }
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (reply.ok) pending?.resolve(reply.value);
    else pending?.reject(new Error(reply.error));
  }
}

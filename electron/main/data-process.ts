import { join } from 'node:path';
import { type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import type { ControlEvent, ControlRequest } from '#shared/protocol/control-port.ts';

export const DATA_PROCESS_NAME = 'registre-data';

export type DataProcessEvents = {
  readonly onEvent: (event: ControlEvent) => void;
  /** `code` is the exit code; it was not asked to stop unless `wasAsked`. */
  readonly onExit: (exit: { readonly code: number; readonly wasAsked: boolean }) => void;
};

/** One run of the utility process that owns the encrypted file. A new run is a new object. */
export class DataProcess {
  readonly #child: UtilityProcess;
  #wasAsked = false;
  readonly #exited: Promise<void>;

  constructor(events: DataProcessEvents) {
    // No argument and no environment of ours: the key comes as a message, on this process's own port (SPEC K3).
    this.#child = utilityProcess.fork(join(__dirname, '../data/main.cjs'), [], { serviceName: DATA_PROCESS_NAME });
    this.#child.on('message', (event: ControlEvent) => events.onEvent(event));
    this.#exited = new Promise((resolve) => {
      this.#child.once('exit', (code) => {
        resolve();
        events.onExit({ code, wasAsked: this.#wasAsked });
      });
    });
  }

  send(request: ControlRequest, ports: MessagePortMain[] = []): void {
    this.#child.postMessage(request, ports);
  }

  /** Asks it to close the file; after `patience` milliseconds it is ended. The write-ahead log makes both safe. */
  async stop(patience = 5000): Promise<void> {
    this.#wasAsked = true;
    this.send({ type: 'close' });
    const timer = setTimeout(() => this.#child.kill(), patience);
    await this.#exited;
    clearTimeout(timer);
  }
}

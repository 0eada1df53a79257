import { readFileSync } from 'node:fs';
import { app, type MessagePortMain } from 'electron';
import type { ControlEvent } from '#shared/protocol/control-port.ts';
import { DATA_PROCESS_NAME, DataProcess } from '../../../electron/main/data-process.ts';
import { BENCH_KEY } from '../protocol.ts';

export type Memory = {
  /** Resident, as the system says it; what Electron calls the working set. Megabytes (10⁶ bytes). */
  readonly resident: number;
  /** Resident and shared with no other process; undefined where the system does not tell. */
  readonly own: number | undefined;
};

/** The product's own data process on a register of the bench. */
export class ProductProcess {
  readonly #process: DataProcess;
  readonly #waiting = new Map<ControlEvent['type'], () => void>();
  #failure: ((error: Error) => void) | undefined;

  private constructor() {
    this.#process = new DataProcess({
      onEvent: (event) => {
        if (event.type === 'open-failed' || event.type === 'failed') this.#fail(`${event.type}: ${event.error.code}`);
        this.#waiting.get(event.type)?.();
        this.#waiting.delete(event.type);
      },
      onExit: ({ code, wasAsked }) => {
        if (!wasAsked) this.#fail(`the data process ended with ${code}`);
      },
    });
  }

  /** Starts a process and opens the file in it, as main does once it has the key. */
  static async open(directory: string): Promise<ProductProcess> {
    const product = new ProductProcess();
    await product.#told('ready');
    const opened = product.#told('opened');
    product.#process.send({ type: 'open', directory, key: BENCH_KEY, create: false });
    await opened;
    return product;
  }

  connect(port: MessagePortMain): void {
    this.#process.send({ type: 'connect-window' }, [port]);
  }

  memory(): Memory {
    const metric = app
      .getAppMetrics()
      .find(({ type, name, serviceName }) => type === 'Utility' && [name, serviceName].includes(DATA_PROCESS_NAME));
    if (!metric) throw new Error('No data process runs');
    return { resident: (metric.memory.workingSetSize * 1024) / 1e6, own: ownMemory(metric.pid) };
  }

  async stop(): Promise<void> {
    await this.#process.stop();
  }

  #told(type: ControlEvent['type']): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(type, resolve);
      this.#failure = reject;
    });
  }

  #fail(reason: string): void {
    const error = new Error(`The data process: ${reason}`);
    if (!this.#failure) throw error;
    this.#failure(error);
  }
}

function ownMemory(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kilobytes = [...rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)].map(([, size]) => Number(size));
  return (kilobytes.reduce((sum, size) => sum + size, 0) * 1024) / 1e6;
}

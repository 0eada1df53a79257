import type { ServerResponse } from 'node:http';
import type { StreamEvent } from '#shared/protocol/replication.ts';

/**
 * One open stream of server-sent events. Only the latest sequence matters: while the link is slow, the ones in between
 * are skipped instead of piling up in memory.
 */
export class SequenceStream {
  readonly #response: ServerResponse;
  readonly #heartbeat: NodeJS.Timeout;
  #announced = -1;
  #latest = -1;
  #isBlocked = false;

  /** @param heartbeat milliseconds between comments that keep proxies from closing a silent connection */
  constructor(response: ServerResponse, heartbeat: number) {
    this.#response = response;
    this.#heartbeat = setInterval(() => this.#write(':\n\n'), heartbeat);
    response.on('drain', () => {
      this.#isBlocked = false;
      this.#flush();
    });
    response.on('close', () => clearInterval(this.#heartbeat));
  }

  /** Tells the client that rows up to `seq` are there; says nothing twice. */
  announce(seq: number): void {
    this.#latest = Math.max(this.#latest, seq);
    this.#flush();
  }

  close(): void {
    clearInterval(this.#heartbeat);
    this.#response.end();
  }

  #flush(): void {
    if (this.#isBlocked || this.#latest === this.#announced) return;
    this.#announced = this.#latest;
    this.#write(`data: ${JSON.stringify({ seq: this.#latest } satisfies StreamEvent)}\n\n`);
  }

  #write(text: string): void {
    if (this.#response.writableEnded || this.#response.destroyed) return;
    this.#isBlocked = !this.#response.write(text);
  }
}

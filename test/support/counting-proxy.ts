import { connect, createServer, type Server, type Socket } from 'node:net';

/** What the line is like from now on; left out, it is as fast and as sound as this machine. */
export type Line = {
  /** Of each direction, shared by all connections. */
  readonly bytesPerSecond?: number | undefined;
  /** Milliseconds each way; a connection costs one way there and back before its first byte. */
  readonly delay?: number | undefined;
  /** Bytes of the line since it was set, all connections and both ways together, after which whatever is open is cut. */
  readonly cutEvery?: number | undefined;
  /** No connection is taken. */
  readonly isDown?: boolean | undefined;
};

/** Bytes that arrived at the other end, as TCP carries them: HTTP's lines and headers with them, TCP's own without. */
export type Traffic = {
  readonly up: number;
  readonly down: number;
  readonly connections: number;
  /** Times that `cutEvery` cut the line. */
  readonly cuts: number;
};

/** One line to a server, on the level of TCP: it counts every byte, and is slow, far and unsound where told so. */
export type CountingProxy = {
  /** `http://127.0.0.1:port`, to be taken for the server's. */
  readonly address: string;
  /** Since the start or the last `reset`. */
  readonly traffic: Traffic;
  /** Holds for bytes and connections to come; what is open stays open. */
  setLine(line: Line): void;
  reset(): void;
  /** Once no byte has arrived for so many milliseconds and none is under way. */
  settled(milliseconds: number): Promise<void>;
  /** Ends every open connection. */
  cut(): void;
  close(): Promise<void>;
};

type Direction = 'up' | 'down';

/** Pieces of a slow line: one arrives every so many milliseconds, and none is smaller or larger. */
const PIECE_MILLISECONDS = 40;
const SMALLEST_PIECE = 128;
const LARGEST_PIECE = 64 * 1024;

/** Bytes of a connection that wait in a slow line before its source must pause, as a modem's buffer is full at some time. */
const BUFFER = 32 * 1024;

/** @param target `http://host:port` of the server */
export async function startCountingProxy(target: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(target);
  const wire = new Wire();
  const connections = new Set<ProxiedConnection>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (wire.line.isDown) return void client.destroy();
    wire.counts.connections += 1;
    const upstream = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const connection = new ProxiedConnection(wire, client, upstream, () => connections.delete(connection));
    connections.add(connection);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const connection of connections) connection.destroy();
  };
  wire.onCut = cut;
  return {
    address: `http://127.0.0.1:${portOf(server)}`,
    get traffic() {
      return { ...wire.counts };
    },
    setLine: (line) => wire.setLine(line),
    reset: () => wire.reset(),
    settled: (milliseconds) => wire.settled(milliseconds),
    cut,
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port');
  return address.port;
}

/** What all connections share: the speed of each direction, and the counters. */
class Wire {
  line: Line = {};
  counts = { up: 0, down: 0, connections: 0, cuts: 0 };
  onCut = () => {};
  #sinceCut = 0;
  /** Instants at which the last byte accepted so far has left. */
  readonly #freeAt: Record<Direction, number> = { up: 0, down: 0 };
  #inFlight = 0;
  #lastArrival = performance.now();

  reset(): void {
    this.counts = { up: 0, down: 0, connections: 0, cuts: 0 };
  }

  setLine(line: Line): void {
    this.line = line;
    this.#sinceCut = 0;
  }

  get pieceSize(): number {
    const { bytesPerSecond } = this.line;
    if (!bytesPerSecond) return LARGEST_PIECE;
    return Math.min(LARGEST_PIECE, Math.max(SMALLEST_PIECE, Math.round((bytesPerSecond * PIECE_MILLISECONDS) / 1000)));
  }

  /** The instant at which so many bytes, sent no earlier than `earliest`, have arrived. */
  arrivalOf(direction: Direction, bytes: number, earliest: number): number {
    const { bytesPerSecond, delay = 0 } = this.line;
    const begin = Math.max(earliest, this.#freeAt[direction]);
    this.#freeAt[direction] = begin + (bytesPerSecond ? (bytes / bytesPerSecond) * 1000 : 0);
    return this.#freeAt[direction] + delay;
  }

  depart(): void {
    this.#inFlight += 1;
  }

  /** Answers how many of the bytes arrive before the line is cut: all but in front of a cut. */
  arrive(direction: Direction, bytes: number): { readonly carried: number; readonly isCut: boolean } {
    const { cutEvery = Number.POSITIVE_INFINITY } = this.line;
    const carried = Math.min(bytes, Math.max(0, cutEvery - this.#sinceCut));
    this.#inFlight -= 1;
    this.counts[direction] += carried;
    this.#lastArrival = performance.now();
    this.#sinceCut += carried;
    const isCut = this.#sinceCut >= cutEvery;
    if (isCut) {
      this.#sinceCut = 0;
      this.counts.cuts += 1;
    }
    return { carried, isCut };
  }

  async settled(milliseconds: number): Promise<void> {
    for (;;) {
      const rest = this.#lastArrival + milliseconds - performance.now();
      if (rest <= 0 && this.#inFlight === 0) return;
      await new Promise((resolve) => setTimeout(resolve, Math.max(rest, 5)));
    }
  }
}

class ProxiedConnection {
  readonly #wire: Wire;
  readonly #sockets: Readonly<Record<Direction, { readonly from: Socket; readonly to: Socket }>>;
  readonly #onClose: () => void;
  readonly #queues: Readonly<Record<Direction, Queue>> = { up: new Queue(), down: new Queue() };
  readonly #readyAt: number;
  #isClosed = false;

  constructor(wire: Wire, client: Socket, upstream: Socket, onClose: () => void) {
    this.#wire = wire;
    this.#onClose = onClose;
    this.#readyAt = performance.now() + 2 * (wire.line.delay ?? 0);
    this.#sockets = { up: { from: client, to: upstream }, down: { from: upstream, to: client } };
    for (const direction of ['up', 'down'] as const) this.#carry(direction);
  }

  destroy(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#sockets.up.from.destroy();
    this.#sockets.up.to.destroy();
    this.#onClose();
  }

  #carry(direction: Direction): void {
    const { from } = this.#sockets[direction];
    from.setNoDelay(true);
    from.on('data', (data: Buffer) => {
      const size = this.#wire.pieceSize;
      for (let start = 0; start < data.length; start += size) {
        this.#send(direction, data.subarray(start, start + size));
      }
      if (this.#queues[direction].bytes > BUFFER) from.pause();
    });
    from.on('end', () => this.#endAfterRest(direction));
    // An error is followed by the close.
    from.on('error', () => {});
    from.on('close', () => this.#endAfterRest(direction));
  }

  #send(direction: Direction, piece: Buffer): void {
    const earliest = Math.max(performance.now(), direction === 'up' ? this.#readyAt : 0);
    const arrival = this.#wire.arrivalOf(direction, piece.length, earliest);
    this.#wire.depart();
    this.#queues[direction].add(arrival, piece.length, () => this.#deliver(direction, piece));
  }

  #deliver(direction: Direction, piece: Buffer): void {
    const { carried, isCut } = this.#wire.arrive(direction, this.#isClosed ? 0 : piece.length);
    if (this.#isClosed) return;
    const { from, to } = this.#sockets[direction];
    if (carried > 0) to.write(piece.subarray(0, carried));
    if (isCut) this.#cutShort(to);
    else if (from.isPaused() && this.#queues[direction].bytes <= BUFFER) from.resume();
  }

  /** What was carried arrives; then this connection and all others are gone. */
  #cutShort(last: Socket): void {
    this.#isClosed = true;
    const { from: client, to: upstream } = this.#sockets.up;
    last.end(() => last.destroy());
    (last === client ? upstream : client).destroy();
    this.#onClose();
    this.#wire.onCut();
  }

  /** One side has said all it will say: so does the other, once everything under way has arrived. */
  #endAfterRest(direction: Direction): void {
    const arrival = this.#wire.arrivalOf(direction, 0, performance.now());
    this.#queues[direction].add(arrival, 0, () => {
      if (this.#isClosed) return;
      const { from, to } = this.#sockets[direction];
      to.end();
      if (from.destroyed) to.destroySoon();
      if (from.destroyed && to.destroyed) this.destroy();
    });
  }
}

/** What one connection has under way in one direction: everything arrives in its order, however busy this process is. */
class Queue {
  readonly #entries: { readonly arrival: number; readonly bytes: number; readonly act: () => void }[] = [];
  #timer: NodeJS.Timeout | undefined;
  bytes = 0;

  add(arrival: number, bytes: number, act: () => void): void {
    this.#entries.push({ arrival, bytes, act });
    this.bytes += bytes;
    if (!this.#timer) this.#run();
  }

  /** A line without speed and delay hands on at once: a timer would cost a millisecond per piece. */
  #run(): void {
    this.#timer = undefined;
    for (let first = this.#entries[0]; first; first = this.#entries[0]) {
      const rest = first.arrival - performance.now();
      if (rest > 0) {
        this.#timer = setTimeout(() => this.#run(), rest);
        return;
      }
      this.#entries.shift();
      this.bytes -= first.bytes;
      first.act();
    }
  }
}

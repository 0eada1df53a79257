import { Client, type ClientConfig } from 'pg';

/** The last sequence of a ministry that another instance committed. */
export type CommitNews = { readonly ministryId: string; readonly seq: number };

export type CommitChannelEvents = {
  /** Another instance committed. */
  onNews(news: CommitNews): void;
  /** The line is there, for the first time or again: what was said meanwhile was not heard and is to be asked for. */
  onConnected(): void;
};

/** The line on which the instances of one database tell each other what they committed (SPEC E1). */
export type CommitChannel = {
  /** Never waits and never fails; while the line is down, the latest sequence of each ministry is kept. */
  announce(news: CommitNews): void;
  readonly isConnected: boolean;
  close(): Promise<void>;
};

const CHANNEL = 'registre_commits';
/** Milliseconds before a lost line is opened again, doubled up to the second. */
const FIRST_WAIT = 100;
const LONGEST_WAIT = 10_000;
/** Milliseconds between signs of life, and in which one must be answered: a line may die without a word. */
const HEARTBEAT = 30_000;
const PATIENCE = 10_000;

const NOTIFY = 'select pg_notify($1, payload) from unnest($2::text[]) as news (payload)';

/**
 * One connection of its own, which listens and speaks. News are spoken after the commit and not in its transaction:
 * a transaction with a NOTIFY takes a lock of the whole database at its commit, and all commits would queue. What is
 * lost in between (an instance killed right after a commit) is made good by whoever asks from time to time.
 */
export class PostgresCommitChannel implements CommitChannel {
  readonly #config: ClientConfig;
  readonly #events: CommitChannelEvents;
  /** By ministry: only the latest sequence matters. */
  readonly #unsaid = new Map<string, number>();
  #client: Client | undefined;
  #isClosed = false;
  #isSpeaking = false;
  #isBeatDue = false;
  #wait = FIRST_WAIT;
  #timer: NodeJS.Timeout | undefined;
  #opening: Promise<void>;

  constructor(connectionString: string, events: CommitChannelEvents) {
    this.#config = {
      connectionString,
      application_name: 'registre-commits',
      keepAlive: true,
      connectionTimeoutMillis: PATIENCE,
      query_timeout: PATIENCE,
    };
    this.#events = events;
    this.#opening = this.#open();
  }

  get isConnected(): boolean {
    return this.#client !== undefined;
  }

  announce(news: CommitNews): void {
    this.#keep(news);
    void this.#speak();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#opening;
    await this.#speak();
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => {});
  }

  async #open(): Promise<void> {
    const client = new Client(this.#config);
    client.on('error', () => this.#lose(client));
    client.on('end', () => this.#lose(client));
    client.on('notification', ({ processId, payload }) => {
      // What this instance said itself comes back as well.
      if (processId !== ownProcess(client)) this.#hear(payload);
    });
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch {
      await client.end().catch(() => {});
      this.#openLater();
      return;
    }
    if (this.#isClosed) {
      await client.end().catch(() => {});
      return;
    }
    this.#client = client;
    this.#wait = FIRST_WAIT;
    this.#isBeatDue = false;
    this.#beatLater();
    this.#events.onConnected();
    void this.#speak();
  }

  #lose(client: Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    client.end().catch(() => {});
    this.#openLater();
  }

  #openLater(): void {
    if (this.#isClosed) return;
    clearTimeout(this.#timer);
    // All instances lose their line at once when the database restarts: they come back one after the other.
    const wait = this.#wait * (0.5 + Math.random());
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
    this.#timer = setTimeout(() => {
      this.#opening = this.#open();
    }, wait);
    this.#timer.unref();
  }

  #beatLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#isBeatDue = true;
      void this.#speak();
    }, HEARTBEAT);
    this.#timer.unref();
  }

  #hear(payload = ''): void {
    const [ministryId, seq] = payload.split(':');
    if (ministryId && seq && /^\d{1,16}$/.test(seq)) this.#events.onNews({ ministryId, seq: Number(seq) });
  }

  /** One statement at a time; what is committed meanwhile goes with the next one. */
  async #speak(): Promise<void> {
    if (this.#isSpeaking) return;
    this.#isSpeaking = true;
    for (let client = this.#client; client && this.#hasSomethingToSay(); client = this.#client) {
      const news = [...this.#unsaid];
      this.#unsaid.clear();
      try {
        // Without news it is a sign of life.
        await client.query(NOTIFY, [CHANNEL, news.map(([ministryId, seq]) => `${ministryId}:${seq}`)]);
        this.#isBeatDue = false;
        if (this.#client === client) this.#beatLater();
      } catch {
        for (const [ministryId, seq] of news) this.#keep({ ministryId, seq });
        this.#lose(client);
      }
    }
    this.#isSpeaking = false;
  }

  #hasSomethingToSay(): boolean {
    return this.#isBeatDue || this.#unsaid.size > 0;
  }

  #keep({ ministryId, seq }: CommitNews): void {
    this.#unsaid.set(ministryId, Math.max(seq, this.#unsaid.get(ministryId) ?? 0));
  }
}

/** The server's process of a connection: `pg` knows it and its types do not. */
function ownProcess(client: Client): unknown {
  return 'processID' in client ? client.processID : undefined;
}

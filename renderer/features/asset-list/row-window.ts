import type { AssetFacets, FoundAssets } from '#shared/protocol/asset-list.ts';

/** Rows beyond those in sight that are always known, so that scrolling meets them ready. */
const NEAR = 30;
/** Rows beyond those in sight that one answer brings. */
const FAR = 90;
/** Ids that are kept, so that scrolling back shows them at once. */
const KEPT = 2000;
/** Quiet time between a change of the register and the question for the list as it is now, in milliseconds. */
const MIN_SETTLE = 200;
const MAX_SETTLE = 5000;
/** The data process has other work: of its time at most one part in this many. */
const SHARE = 5;

/** Part of a list; `facets`: with the counts of every filter's values. */
export type Stretch = { readonly offset: number; readonly limit: number; readonly facets: boolean };

/** An answer of `findAssets`; `state` says of which state of the register: equal ones are of the same. */
export type ListAnswer = Omit<FoundAssets, 'revision'> & { readonly state: string };

export type RowSource<Row> = {
  /** `undefined`: not answered because of something newer, or because the line is closed; the list is told to go on later. */
  find(stretch: Stretch): Promise<ListAnswer | undefined>;
  /** The rows of these ids; those that are not there are left out. */
  read(ids: readonly string[]): Promise<ReadonlyMap<string, Row>>;
};

/** What the list says of itself, besides its rows. */
export type ListFacts = Pick<FoundAssets, 'total' | 'terms' | 'corrections'> & { readonly facets: AssetFacets };

type Snapshot = ListFacts & { readonly state: string; readonly ids: Map<number, string> };

/**
 * A window on one long list: knows the rows in sight and some around them. Every answer stands for itself: it covers all
 * that is in sight, so an answer about a later state of the register replaces all that was known before, once its rows
 * are there; no row is shown twice or missed, and none flickers.
 */
export class RowWindow<Row> {
  readonly #source: RowSource<Row>;
  readonly #listener: () => void;
  /** `undefined` for a row that is not there. */
  readonly #rows = new Map<string, Row | undefined>();
  #snapshot: Snapshot | undefined;
  /** A later state whose rows are still being read. */
  #next: Snapshot | undefined;
  #replacements = 0;
  #range: readonly [number, number];
  #isOutdated = true;
  #isAsking = false;
  #reading: ReadonlySet<string> = NOTHING;
  #isPaused = false;
  #isClosed = false;
  #duration = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #error: unknown;

  /** `listener` is called whenever something in sight changed, or failed; never before the constructor has returned. */
  constructor(source: RowSource<Row>, listener: () => void, range: readonly [number, number] = [0, 0]) {
    this.#source = source;
    this.#listener = listener;
    this.#range = range;
    this.#follow();
  }

  /** Undefined until the rows in sight, or the certainty that there are none, are there. */
  get facts(): ListFacts | undefined {
    return this.#snapshot;
  }

  /** Rises each time the list was replaced by its state after a change: rows may have moved. */
  get replacements(): number {
    return this.#replacements;
  }

  /** True when something changed since the list was asked for. */
  get isOutdated(): boolean {
    return this.#isOutdated || this.#timer !== undefined;
  }

  get error(): unknown {
    return this.#error;
  }

  idAt(index: number): string | undefined {
    return this.#snapshot?.ids.get(index);
  }

  rowAt(index: number): Row | undefined {
    const id = this.idAt(index);
    return id === undefined ? undefined : this.#rows.get(id);
  }

  /** Where a row stands, if it stands near what is in sight. */
  indexOf(id: string): number | undefined {
    for (const [index, known] of this.#snapshot?.ids ?? []) if (known === id) return index;
    return undefined;
  }

  /** Says which rows are in sight, first and last included. */
  show(first: number, last: number): void {
    this.#range = [first, last];
    this.#follow();
  }

  /** Something changed: the rows that are shown follow at once, the list itself after a short rest. */
  change(rows: ReadonlyMap<string, Row>): void {
    let isShown = false;
    for (const [id, row] of rows) {
      if (!this.#rows.has(id) && !this.#reading.has(id)) continue;
      this.#rows.set(id, row);
      isShown = true;
    }
    if (isShown) this.#tell();
    this.#refreshSoon();
  }

  /** Asks for the list as it is now, after an error too. */
  refresh(): void {
    this.#error = undefined;
    this.#isOutdated = true;
    this.#follow();
  }

  /** Asks nothing more, keeps what it knows and goes on noting changes. */
  pause(): void {
    this.#isPaused = true;
  }

  /** Goes on, with all that was noted meanwhile. */
  resume(): void {
    this.#isPaused = false;
    this.#isOutdated = this.isOutdated;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#follow();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #refreshSoon(): void {
    if (this.#timer !== undefined || this.#isClosed) return;
    const rest = Math.min(MAX_SETTLE, Math.max(MIN_SETTLE, this.#duration * (SHARE - 1)));
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#isOutdated = true;
      this.#follow();
    }, rest);
  }

  #follow(): void {
    if (this.#isPaused || this.#isClosed || this.#error !== undefined) return;
    if (!this.#isAsking && (this.#isOutdated || this.#hasGap())) void this.#ask();
    if (this.#reading.size === 0) void this.#read();
  }

  /** What is known best: the later state, if one is on its way. */
  get #latest(): Snapshot | undefined {
    return this.#next ?? this.#snapshot;
  }

  #hasGap(): boolean {
    return this.#latest !== undefined && this.#near(NEAR).some((id) => id === undefined);
  }

  async #ask(): Promise<void> {
    const facets = this.#isOutdated;
    const offset = Math.max(0, this.#range[0] - FAR);
    this.#isOutdated = false;
    this.#isAsking = true;
    const begun = performance.now();
    try {
      const answer = await this.#source.find({ offset, limit: this.#range[1] + FAR + 1 - offset, facets });
      this.#isAsking = false;
      if (answer) this.#duration = performance.now() - begun;
      // Whoever overtook this question, or brings the line back, lets the list go on.
      else this.#isOutdated ||= facets;
      if (!answer || this.#isClosed) return;
      this.#take(answer, offset);
      this.#follow();
    } catch (error) {
      this.#isAsking = false;
      this.#fail(error);
    }
  }

  #take(answer: ListAnswer, offset: number): void {
    const known = this.#latest;
    const isSame = known?.state === answer.state;
    const facets = answer.facets ?? known?.facets ?? NO_FACETS;
    const snapshot = isSame
      ? { ...known, facets }
      : { ...answer, facets, terms: keep(known?.terms, answer.terms), ids: new Map() };
    for (const [index, id] of answer.ids.entries()) snapshot.ids.set(offset + index, id);
    forgetFarFrom(this.#range, snapshot.ids);
    if (isSame && !this.#next) this.#snapshot = snapshot;
    else this.#next = snapshot;
    // The counts are those of an earlier state.
    if (!isSame && !answer.facets) this.#refreshSoon();
    this.#replace();
    this.#tell();
  }

  /** The later state takes the place of the former as soon as nothing in sight is missing. */
  #replace(): void {
    if (!this.#next || this.#unread(0).length > 0) return;
    this.#snapshot = this.#next;
    this.#next = undefined;
    this.#replacements += 1;
    const kept = new Set(this.#snapshot.ids.values());
    for (const id of this.#rows.keys()) if (!kept.has(id)) this.#rows.delete(id);
  }

  /** First what is in sight, then what is near. */
  async #read(): Promise<void> {
    const wanted = this.#unread(0);
    const ids = wanted.length > 0 ? wanted : this.#unread(NEAR);
    if (ids.length === 0) return;
    this.#reading = new Set(ids);
    try {
      const rows = await this.#source.read(ids);
      this.#reading = NOTHING;
      if (this.#isClosed) return;
      // What came as a change meanwhile is newer.
      for (const id of ids) if (!this.#rows.has(id)) this.#rows.set(id, rows.get(id));
      this.#replace();
      if (wanted.length > 0) this.#tell();
      this.#follow();
    } catch (error) {
      this.#reading = NOTHING;
      this.#fail(error);
    }
  }

  #unread(margin: number): string[] {
    return this.#near(margin).flatMap((id) => (id === undefined || this.#rows.has(id) ? [] : [id]));
  }

  /** The ids in sight and `margin` rows around; `undefined` for those that are not known yet. */
  #near(margin: number): (string | undefined)[] {
    const { total, ids } = this.#latest ?? { total: 0, ids: new Map<number, string>() };
    const first = Math.max(0, this.#range[0] - margin);
    const last = Math.min(total - 1, this.#range[1] + margin);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => ids.get(first + place));
  }

  #fail(error: unknown): void {
    this.#error = error;
    this.#tell();
  }

  #tell(): void {
    if (!this.#isClosed) this.#listener();
  }
}

/** The former list where it says the same, so that nothing is drawn again. */
function keep(former: readonly string[] | undefined, list: readonly string[]): readonly string[] {
  return former && former.join(' ') === list.join(' ') ? former : list;
}

function forgetFarFrom([first, last]: readonly [number, number], ids: Map<number, string>): void {
  if (ids.size <= KEPT) return;
  const middle = (first + last) / 2;
  for (const index of ids.keys()) if (Math.abs(index - middle) > KEPT / 4) ids.delete(index);
}

const NOTHING: ReadonlySet<string> = new Set();
const NO_FACETS: AssetFacets = { status: {}, nature: {}, typeCode: {}, structureId: {}, siteId: {} };

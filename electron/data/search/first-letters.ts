import { fold } from '#shared/domain/fold.ts';
import type { FoundAssets } from '#shared/protocol/asset-list.ts';
import type { QuestionInput } from '#shared/protocol/data-port.ts';
import type { AssetIndex } from './asset-index.ts';
import type { AssetList } from './asset-list.ts';

type Question = QuestionInput<'findAssets'>;

/** What every search begins with. */
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
/** Answers kept: every letter, and the pairs that were asked for last. */
const KEPT = 100;
/** Rows kept of an answer: more than a window shows. */
const ROWS = 100;

/**
 * The answers to texts of one or two letters, kept while nothing changes. Such a text meets half of a large register: at a
 * million assets it costs 40 ms, four times what any longer one does, and whoever searches begins with it. The letters are
 * asked for ahead, in quiet moments.
 */
export class FirstLetters {
  readonly #index: AssetIndex;
  readonly #list: AssetList;
  readonly #answers = new Map<string, FoundAssets>();
  #revision = 0;

  constructor(index: AssetIndex, list: AssetList) {
    this.#index = index;
    this.#list = list;
  }

  find(question: Question): FoundAssets {
    const text = beginningOf(question);
    if (text === undefined) return this.#list.find(question);
    const found = this.#answer(text);
    return { ...found, ids: found.ids.slice(0, question.limit) };
  }

  /** Makes one more letter ready. @returns whether there is another one to make ready */
  prepare(): boolean {
    this.#forgetStale();
    const [next, another] = LETTERS.filter((letter) => !this.#answers.has(letter));
    if (next !== undefined) this.#answer(next);
    return another !== undefined;
  }

  #answer(text: string): FoundAssets {
    this.#forgetStale();
    const known = this.#answers.get(text);
    // The last one asked for is the last one to go.
    this.#answers.delete(text);
    const found = known ?? this.#list.find({ filter: { text }, offset: 0, limit: ROWS, facets: true });
    this.#answers.set(text, found);
    const oldest = [...this.#answers.keys()].find((key) => key.length > 1) ?? '';
    if (this.#answers.size > KEPT) this.#answers.delete(oldest);
    return found;
  }

  #forgetStale(): void {
    this.#index.load();
    if (this.#revision === this.#index.revision) return;
    this.#revision = this.#index.revision;
    this.#answers.clear();
  }
}

/** The one or two letters that are all this question asks for. */
function beginningOf({ filter, sort, offset, limit, facets }: Question): string | undefined {
  const { text = '', ...others } = filter;
  if (sort || offset > 0 || limit > ROWS || !facets) return undefined;
  if (Object.values(others).some((value) => value !== undefined)) return undefined;
  const letters = fold(text);
  return letters.length === text.length && /^[a-z0-9]{1,2}$/.test(letters) ? letters : undefined;
}

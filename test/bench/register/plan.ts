import { compact } from '#shared/domain/fold.ts';
import type { AssetFilter, AssetSort } from '#shared/protocol/asset-list.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { createRandom, type Random } from '../../../server/demonstration/random.ts';
import { REGISTER_SEED, takeAssets } from './assets.ts';
import { PAGE, type RunPlan, type Stretch } from './questions.ts';

/** The deep page. */
const DEEP_PAGE = 1000;

/** Assets from which the questions take their values. */
const SAMPLE = 20_000;

const DESCENDING = { field: 'updatedAt', direction: 'desc' } as const satisfies AssetSort;

/** The questions of every run for a register of so many assets. */
export function planRuns(input: {
  readonly size: number;
  readonly runs: number;
  readonly searches: number;
  readonly edits: number;
}): RunPlan[] {
  const sample = takeAssets(Math.min(input.size, SAMPLE));
  const random = createRandom(REGISTER_SEED ^ input.size);
  return Array.from({ length: input.runs }, (_, run) => planRun(random, sample, run, input));
}

function planRun(
  random: Random,
  sample: readonly Asset[],
  run: number,
  { size, searches, edits }: { readonly size: number; readonly searches: number; readonly edits: number },
): RunPlan {
  const pick = () => random.pick(sample);
  const stretch = (filter: AssetFilter, sort: AssetSort, offset = 0): Stretch => ({
    filter,
    sort,
    offset,
    limit: PAGE,
  });
  const direction = run % 2 === 0 ? 'asc' : 'desc';
  const deep = Math.max(0, Math.min((DEEP_PAGE - 1) * PAGE, Math.floor((size - 1) / PAGE) * PAGE));
  return {
    lists: [
      stretch({ status: ['in-service'], typeCode: [pick().typeCode] }, DESCENDING),
      stretch({ structureId: [pick().structureId] }, DESCENDING),
      stretch({ typeCode: [pick().typeCode, 'PCP'] }, { field: 'designation', direction }),
      stretch(
        { status: ['in-service', 'in-repair'], structureId: [pick().structureId] },
        { field: 'reference', direction },
      ),
      stretch({ siteId: [pick().siteId ?? ''], typeCode: ['PCF'] }, { field: 'designation', direction }),
      stretch({ status: [pick().status] }, { field: 'reference', direction }),
    ],
    pages: [
      stretch({}, { field: 'updatedAt', direction }, deep),
      stretch({}, { field: 'designation', direction }, deep),
      stretch({}, { field: 'reference', direction }, deep),
    ],
    counts: [
      { status: ['in-service'] },
      { status: ['in-stock', 'in-repair'], typeCode: [pick().typeCode] },
      { structureId: [pick().structureId] },
      { siteId: [pick().siteId ?? ''], status: ['in-service'] },
      { typeCode: [pick().typeCode], structureId: [pick().structureId] },
    ],
    facets: [
      {},
      { status: [pick().status] },
      { typeCode: [pick().typeCode, 'ECR'], status: ['in-service'] },
      { structureId: [pick().structureId] },
    ],
    searches: Array.from({ length: searches }, () => inventSearch(random, pick())),
    edits: Array.from({ length: edits }, () => pick().id),
  };
}

type Search = (asset: Asset, random: Random) => string | undefined;

/** What people type, with how often. Some give nothing for an asset that lacks what they look for. */
const SEARCHES: readonly (readonly [Search, number])[] = [
  [({ brand }) => brand, 6],
  [({ designation }, random) => random.pick(wordsOf(designation)), 8],
  [({ brand, model }, random) => model && `${brand} ${random.pick(wordsOf(model))}`, 8],
  [({ holderName, typeCode }) => holderName && `${wordsOf(holderName)[0]} ${typeCode}`, 5],
  [({ serialNumber }) => serialNumber, 10],
  [({ serialNumber }) => serialNumber?.slice(0, 5), 6],
  [({ serialNumber }) => serialNumber && compact(serialNumber).slice(2, 8), 6],
  [({ serialNumber }) => serialNumber && compact(serialNumber), 6],
  [({ reference }) => reference, 6],
  [({ reference }) => compact(reference), 3],
  [({ inventoryNumber }) => inventoryNumber, 6],
  [({ inventoryNumber }) => inventoryNumber && compact(inventoryNumber), 3],
  [({ holderName }) => holderName && wordsOf(holderName).slice(0, 2).join(' '), 10],
  [({ holderName }) => holderName && wordsOf(holderName)[0]?.toLowerCase(), 5],
  [({ room }) => room, 5],
  [(_asset, random) => random.pick(['Parakou', 'sème podji', 'Porto-Novo', 'natitingou', 'annexe cadjehoun']), 4],
  [({ designation }, random) => misspell(random, random.pick(wordsOf(designation))), 5],
  [({ holderName }, random) => holderName && misspell(random, wordsOf(holderName)[0] ?? ''), 4],
  [({ serialNumber }, random) => serialNumber && misspell(random, serialNumber), 2],
];

function inventSearch(random: Random, asset: Asset): string {
  for (;;) {
    const text = random.weighted(SEARCHES)(asset, random);
    if (text) return text;
  }
}

function wordsOf(text: string): string[] {
  return text.split(' ').filter((word) => word.length > 2);
}

/** One letter wrong, missing, doubled or in its neighbour's place; never the first. */
function misspell(random: Random, word: string): string {
  if (word.length < 4) return word;
  const at = random.int(1, word.length - 2);
  const [before, letter, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)];
  const next = after.charAt(0);
  return random.pick([
    `${before}${letter === 'e' ? 'a' : 'e'}${after}`,
    `${before}${after}`,
    `${before}${letter}${letter}${after}`,
    `${before}${next}${letter}${after.slice(1)}`,
  ]);
}

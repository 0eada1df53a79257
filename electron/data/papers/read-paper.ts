import { parsePaperCode } from '#shared/papers/code.ts';
import { toPaperAsset } from '#shared/papers/lines.ts';
import type { QuestionInput, QuestionOutput } from '#shared/protocol/data-port.ts';
import type { PaperDifference } from '#shared/protocol/papers.ts';
import { Asset } from '#shared/schema/asset.ts';
import { Paper, type PaperAsset } from '#shared/schema/paper.ts';
import { hasShape, requireShape } from '../port/shape.ts';
import type { Register } from '../register.ts';
import { toWire } from '../replication/wire-document.ts';
import { digestOf } from './issue-paper.ts';
import { wholeContent } from './packed-rows.ts';

/** A paper with all that stands on it. */
export function getPaper(register: Register, { id }: QuestionInput<'getPaper'>): QuestionOutput['getPaper'] {
  const paper = readPaper(register, id);
  return paper ? describePaper(paper) : null;
}

/**
 * Looks a code up (SPEC W3): whether the paper is known here, whether the digest on it is the one of what was kept, and
 * what its assets are now.
 */
export function checkPaper(register: Register, { code }: QuestionInput<'checkPaper'>): QuestionOutput['checkPaper'] {
  const scanned = parsePaperCode(code);
  if (!scanned) return { state: 'unreadable' };
  const { number, digest } = scanned;
  const id = register.paperIndex.byNumber(number);
  const paper = id === undefined ? undefined : readPaper(register, id);
  if (!paper) return { state: 'unknown', number };
  const known = describePaper(paper);
  return {
    state: 'known',
    ...known,
    digestState: digest === undefined ? 'not-given' : matches(known.isIntact, paper.digest, digest),
    differences: paper.assets.flatMap((asset) => compare(register, asset)),
  };
}

function describePaper(paper: Paper): Exclude<QuestionOutput['getPaper'], null> {
  const content = wholeContent(paper);
  const { packedRows: _, content: __, ...rest } = paper;
  return { paper: rest, content, isIntact: digestOf({ ...paper, content }) === paper.digest };
}

function matches(isIntact: boolean, kept: string, given: string): 'matches' | 'differs' {
  return isIntact && kept.startsWith(given) ? 'matches' : 'differs';
}

/** What the paper says of an asset and the register no longer does. */
function compare(register: Register, then: PaperAsset): PaperDifference[] {
  const now = readAsset(register, then.id);
  if (!now) return [{ assetId: then.id, reference: then.reference, isMissing: true, changes: [] }];
  const [before, after] = [new Map(Object.entries(then)), new Map(Object.entries(toPaperAsset(now)))];
  const fields = [...new Set([...before.keys(), ...after.keys()])];
  const changes = fields.flatMap((field) => {
    const [from, to] = [before.get(field), after.get(field)];
    return from === to ? [] : [{ field, from: from ?? null, to: to ?? null }];
  });
  return changes.length === 0 ? [] : [{ assetId: then.id, reference: then.reference, isMissing: false, changes }];
}

function readAsset(register: Register, id: string): Asset | undefined {
  const stored = register.table('assets').get(id);
  if (!stored || stored._deleted) return undefined;
  const { _deleted, ...asset } = toWire(stored);
  return hasShape(Asset, asset) ? asset : undefined;
}

function readPaper(register: Register, id: string): Paper | undefined {
  const stored = register.table('papers').get(id);
  if (!stored || stored._deleted) return undefined;
  const { _deleted, ...paper } = toWire(stored);
  return requireShape(Paper, paper, 'STORE_CORRUPT');
}

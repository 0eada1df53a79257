import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FILE_PATHS } from '#shared/protocol/files.ts';
import { PATHS } from '#shared/protocol/replication.ts';
import { play } from './history.ts';
import type { Sabotage, WireRequest } from './line.ts';
import type { Violation } from './oracle.ts';
import { explain, openStage, type Stage } from './seeds.ts';
import { type Plan, planOf } from './steps.ts';

/** Seeds within which every wrong must show. */
const SEEDS = 30;

type Row = { readonly collection: string; readonly row: { newDocumentState: Record<string, unknown> } };
type Body = Record<string, unknown> & { push?: Row[]; answers?: unknown[]; documents?: unknown[] };

/** A line that takes rows for itself and says that they arrived. */
function swallowing(isTaken: (row: Row, place: number) => boolean): Sabotage {
  const split = (text: string) => {
    const body: Body = JSON.parse(text);
    const push = body.push ?? [];
    return { body, push, taken: push.map(isTaken) };
  };
  return {
    request: (request) => {
      if (request.path !== PATHS.exchange) return request;
      const { body, push, taken } = split(request.text);
      return { ...request, text: JSON.stringify({ ...body, push: push.filter((_row, place) => !taken[place]) }) };
    },
    answer: (answer, request) => {
      if (request.path !== PATHS.exchange || answer.status !== 200) return answer;
      const body: Body = JSON.parse(answer.text);
      const given = (body.answers ?? []).values();
      const answers = split(request.text).taken.map((isGone) =>
        isGone ? { outcome: 'accepted', seq: 1 } : given.next().value,
      );
      return { ...answer, text: JSON.stringify({ ...body, answers }) };
    },
  };
}

function onAnswers(change: (body: Body) => Body): Sabotage {
  return {
    answer: (answer, { path }) =>
      path === PATHS.exchange && answer.status === 200
        ? { ...answer, text: JSON.stringify(change(JSON.parse(answer.text))) }
        : answer,
  };
}

/** Gives everybody what somebody else was given before. */
function leaking(): Sabotage {
  let kept: unknown[] = [];
  return onAnswers((body) => {
    const documents = [...kept, ...(body.documents ?? [])];
    kept = body.documents?.slice(0, 1) ?? kept;
    return { ...body, documents };
  });
}

function rewriting(collection: string, change: object): Sabotage {
  return {
    request: (request) => {
      if (request.path !== PATHS.exchange) return request;
      const body: Body = JSON.parse(request.text);
      for (const { collection: of, row } of body.push ?? []) {
        if (of === collection) Object.assign(row.newDocumentState, change);
      }
      return { ...request, text: JSON.stringify(body) };
    },
  };
}

/** Takes the bytes of files for itself and says that they arrived. */
function losingFiles(): Sabotage {
  const isBytes = ({ path, octets }: WireRequest) => path.startsWith(FILE_PATHS.uploads) && octets !== undefined;
  return {
    request: (request) => (isBytes(request) ? { ...request, octets: new Uint8Array() } : request),
    answer: (answer, request) => {
      if (!isBytes(request) || answer.status >= 400) return answer;
      const { 'upload-length': announced, 'upload-offset': from = '0' } = request.headers ?? {};
      const offset = announced === undefined ? Number(from) + (request.octets?.length ?? 0) : request.octets?.length;
      return { ...answer, headers: { ...answer.headers, 'upload-offset': String(offset) } };
    },
  };
}

const WRONGS: readonly (readonly [name: string, sabotage: () => Sabotage])[] = [
  ['the last row of a push is acknowledged and not delivered', () => swallowing((_row, place) => place === 1)],
  [
    'entries of the journal are acknowledged and not delivered',
    () => swallowing((row) => row.collection === 'movements'),
  ],
  ['reviews are acknowledged and not delivered', () => swallowing((row) => row.collection === 'reviews')],
  [
    'a row of every answer is left out',
    () => onAnswers((body) => ({ ...body, documents: body.documents?.slice(1) ?? [] })),
  ],
  ['answers hold rows of somebody else', leaking],
  ['entries are changed on their way', () => rewriting('movements', { reason: 'another' })],
  ['records are changed on their way', () => rewriting('assets', { notes: 'another' })],
  ['bytes of files are acknowledged and not delivered', losingFiles],
];

describe('the oracle', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  async function findViolation(sabotage: () => Sabotage): Promise<{ plan: Plan; violation: Violation } | undefined> {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const plan = planOf(seed);
      const { violation } = await play(stage, plan, { sabotage: sabotage() });
      if (violation) return { plan, violation };
    }
    return undefined;
  }

  test.each(WRONGS)('sees when %s', async (_name, sabotage) => {
    expect((await findViolation(sabotage))?.violation.rule).toMatch(/^(S|J|V|M|F)\d+$/);
  });

  test('a failing history is made short, and the short one fails alike', async () => {
    const sabotage = () => swallowing((row) => row.collection === 'movements');
    const found = await findViolation(sabotage);
    if (!found) throw new Error('Nothing was found');
    const { reproducer, violation } = await explain(stage, found.plan, found.violation, { sabotage: sabotage() });
    expect(violation.rule).toBe(found.violation.rule);
    // One act, at most with what carries it.
    expect(reproducer.match(/"kind"/g)?.length).toBeLessThanOrEqual(2);
  });

  test('the same seed is the same history, step by step', async () => {
    for (const seed of [3, 14, 15, 92, 65]) {
      const [first, second] = [await play(stage, planOf(seed)), await play(stage, planOf(seed))];
      expect(second).toEqual(first);
      expect(first.trace.length).toBe(planOf(seed).steps.length);
    }
  });
});

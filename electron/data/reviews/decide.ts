import { AppError } from '#shared/domain/errors.ts';
import { isAnswerTo } from '#shared/domain/review.ts';
import { readField } from '#shared/merge/field-path.ts';
import type { Fields } from '#shared/merge/three-way.ts';
import type { CommandInput, CommandOutput, Identity } from '#shared/protocol/data-port.ts';
import type { PlainAnswer } from '#shared/protocol/reviews.ts';
import type { Review, ReviewChoice, ReviewOutcome } from '#shared/schema/review.ts';
import { requireStorableText } from '../commands/storable-text.ts';
import type { Register } from '../register.ts';
import { readRecord, requireRecord, type ValueChange, withValues, writeDecided } from './record.ts';
import { giveUpRow, sendRowAgain } from './refusals.ts';
import { requireMayDecide, requireReview, writeReview } from './rows.ts';

/** What is common to the decisions of one act. */
type Act = { readonly identity: Identity; readonly actId: string; readonly note: string | undefined };

type Choice = { readonly field: string; readonly choice: ReviewChoice; readonly value?: unknown };

/** Decides field by field (SPEC V4). */
export function decideReview(register: Register, input: CommandInput<'decideReview'>): CommandOutput['decideReview'] {
  const act = newAct(register, input.note);
  return register.transaction(() => {
    const review = requireOpen(register, act, input.id);
    requireAllNamed(review, input.values);
    decideValues(register, act, review, input.values);
    return { actId: act.actId, decided: 1 };
  });
}

/** The same answer to all of them, or to none: the first that cannot have it is named (SPEC V4, A8). */
export function decideReviews(
  register: Register,
  { ids, answer, note }: CommandInput<'decideReviews'>,
): CommandOutput['decideReviews'] {
  const act = newAct(register, note);
  return register.transaction(() => {
    for (const id of ids) answerPlainly(register, act, requireOpen(register, act, id), answer);
    return { actId: act.actId, decided: ids.length };
  });
}

/** SPEC V3: whoever may decide may take a review over. */
export function takeReview(register: Register, { ids }: CommandInput<'takeReview'>): CommandOutput['takeReview'] {
  const act = newAct(register, undefined);
  const { person } = act.identity;
  return register.transaction(() => {
    for (const id of ids) {
      const review = requireOpen(register, act, id);
      if (review.owner?.personId === person.id) continue;
      writeReview(register, { ...review, owner: { personId: person.id, name: person.name } });
    }
    return null;
  });
}

function newAct(register: Register, note: string | undefined): Act {
  const identity = register.identity.require();
  requireStorableText({ note });
  return { identity, actId: register.environment.newId(), note };
}

function requireOpen(register: Register, { identity }: Act, id: string): Review {
  const review = requireReview(register, id);
  requireMayDecide(identity, review);
  if (review.state === 'open') return review;
  throw new AppError('COMMAND_CONFLICT', 'This review was decided already', {
    details: { problem: 'decided', by: review.decision?.author.name ?? '' },
  });
}

function requireAllNamed(review: Review, values: readonly Choice[]): void {
  const missing = review.fields.find(({ field }) => !values.some((value) => value.field === field));
  const unknown = values.find((value) => !review.fields.some(({ field }) => field === value.field));
  const field = missing?.field ?? unknown?.field;
  if (field !== undefined) {
    throw new AppError('COMMAND_INVALID', 'A decision names each field of its review once', {
      details: { field, problem: missing ? 'required' : 'unknown-field' },
    });
  }
  requireAnswer(review, 'mixed');
}

function requireAnswer({ kind }: Review, outcome: ReviewOutcome): void {
  if (isAnswerTo(outcome, kind)) return;
  throw new AppError('COMMAND_INVALID', 'This is no answer to such a review', {
    details: { field: 'answer', problem: 'other-kind', kind },
  });
}

function answerPlainly(register: Register, act: Act, review: Review, answer: PlainAnswer): void {
  requireAnswer(review, answer);
  if (answer === 'kept' || answer === 'taken') {
    const choice = answer === 'kept' ? 'theirs' : 'mine';
    const choices = review.fields.map(
      ({ field }) => ({ field, choice: isFixed(review, field) ? 'theirs' : choice }) as const,
    );
    decideValues(register, act, review, choices);
    return;
  }
  if (answer === 'given-up') {
    giveUp(register, act, review);
    return;
  }
  if (answer === 'resent') sendRowAgain(register, review);
  closeUnchanged(register, act, review, answer);
}

/** What left stays left: an edit that was made meanwhile brings nothing back (SPEC V1). */
function isFixed({ kind }: Review, field: string): boolean {
  return kind === 'edit-after-exit' && field === 'status';
}

function decideValues(register: Register, act: Act, review: Review, choices: readonly Choice[]): void {
  const record = requireRecord(register, review);
  const values = choices.map((choice) => toValue(review, record, choice));
  const after = withValues(record, values);
  requireEditable(record, after);
  close(register, act, review, { outcome: outcomeOf(values), values });
  writeDecided(register, review, { before: record, after }, entryOf(act));
}

function outcomeOf(values: readonly ValueChange[]): ReviewOutcome {
  if (values.every(({ choice }) => choice === 'theirs')) return 'kept';
  return values.every(({ choice }) => choice === 'mine') ? 'taken' : 'mixed';
}

function toValue(review: Review, record: Fields, { field, choice, value }: Choice): ValueChange {
  if (choice !== 'theirs' && isFixed(review, field)) {
    throw new AppError('COMMAND_INVALID', 'What has left does not come back by a decision', {
      details: { field, problem: 'left' },
    });
  }
  const before = readField(record, field);
  const mine = review.fields.find((conflict) => conflict.field === field)?.mine;
  const chosen = { theirs: before, mine, other: value === null ? undefined : value }[choice];
  return { field, choice, ...(chosen !== undefined && { value: chosen }), ...(before !== undefined && { before }) };
}

function requireEditable(record: Fields, after: Fields): void {
  if (record.status !== 'merged' || record === after) return;
  throw new AppError('COMMAND_INVALID', 'A merged record is no longer edited', {
    details: { field: 'status', problem: 'already-merged', reference: String(record.reference) },
  });
}

/** Of a refused row: the endpoint's state comes back, and what was here stays in the journal (SPEC V6). */
function giveUp(register: Register, act: Act, review: Review): void {
  const before = requireRecord(register, review);
  const after = giveUpRow(register, review);
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const values = fields.flatMap((field): ValueChange[] => {
    const [old, value] = [before[field], after[field]];
    if (JSON.stringify(old) === JSON.stringify(value)) return [];
    return [
      { field, choice: 'theirs', ...(value !== undefined && { value }), ...(old !== undefined && { before: old }) },
    ];
  });
  close(register, act, review, { outcome: 'given-up', values });
  // The row is already as the endpoint has it: only the entry is written.
  writeDecided(register, review, { before, after }, entryOf(act), 'entry-only');
}

function closeUnchanged(register: Register, act: Act, review: Review, outcome: ReviewOutcome): void {
  close(register, act, review, { outcome, values: [] });
  const record = readRecord(register, review) ?? {};
  writeDecided(register, review, { before: record, after: record }, entryOf(act));
}

function close(
  register: Register,
  { identity, actId, note }: Act,
  review: Review,
  decided: { readonly outcome: ReviewOutcome; readonly values: ValueChange[] },
): void {
  const { person, device } = identity;
  writeReview(register, {
    ...review,
    state: 'resolved',
    decision: {
      ...decided,
      author: { personId: person.id, name: person.name, role: person.role },
      deviceId: device.id,
      decidedAt: register.instant(),
      actId,
      ...(note && { note }),
    },
  });
}

function entryOf({ actId, note }: Act) {
  return { kind: 'review', actId, reason: note } as const;
}

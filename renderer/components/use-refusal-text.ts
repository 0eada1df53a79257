import type { ErrorData } from '#shared/domain/errors.ts';
import { ACT_NAMES } from '#shared/domain/lifecycle.ts';
import { ROLES } from '#shared/domain/roles.ts';
import { ASSET_STATUSES } from '#shared/schema/asset.ts';
import { formatInteger } from '../text/format.ts';
import { useText } from '../text/use-text.ts';
import { useFieldLabel } from './use-value-text.ts';

type Details = NonNullable<ErrorData['details']>;

/** Problems of a field that `domain.problem` has words for. */
const FIELD_PROBLEMS = [
  'junk-serial',
  'bad-date',
  'warranty-before-acquisition',
  'expiry-before-start',
  'not-of-nature',
  'unstorable-character',
] as const;

/** What does not fit the rest of the register; `natures.problem` has words for it. */
const NATURE_PROBLEMS = [
  'bad-number',
  'bad-choice',
  'bad-boolean',
  'unknown-asset',
  'not-a-hardware',
  'not-a-licence',
  'not-a-contract',
  'loop',
  'too-deep',
  'not-in-stock',
  'too-much',
] as const;

/** What stands against merging two records; `merge.refusal` has words for it. */
const MERGE_PROBLEMS = ['same-record', 'other-nature', 'already-merged'] as const;

/** Why a command was refused, in the words of the trade; undefined where only the code is known. */
export function useRefusalText(): (error: ErrorData) => string | undefined {
  const { t } = useText();
  const label = useFieldLabel();

  return ({ code, details }) => {
    if (!details) return undefined;
    if (code === 'COMMAND_FORBIDDEN') return forbidden(details);
    if (code === 'COMMAND_CONFLICT') return changedSince(details);
    return code === 'COMMAND_INVALID' ? invalid(details) : undefined;
  };

  function forbidden({ role, act }: Details): string | undefined {
    const [knownRole, knownAct] = [ROLES.find((name) => name === role), ACT_NAMES.find((name) => name === act)];
    if (!knownRole || !knownAct) return undefined;
    return t('acts.refusal.forbidden', { role: t(`domain.role.${knownRole}`), act: t(`domain.act.${knownAct}`) });
  }

  function changedSince({ reference, field }: Details): string | undefined {
    if (reference === undefined || field === undefined) return undefined;
    return t('acts.refusal.changedSince', { reference: String(reference), field: label(String(field)) });
  }

  function invalid(details: Details): string | undefined {
    const [field, problem] = [String(details.field ?? ''), details.problem];
    const serialPlace = /^serialNumbers\/(\d+)$/.exec(field)?.[1];
    if (serialPlace !== undefined && problem === 'duplicate') return duplicate(Number(serialPlace) + 1, details);
    if (field === 'act' && problem === undefined) return t('acts.refusal.creation');
    if (problem === 'impossible') return impossible(details);
    const merging = MERGE_PROBLEMS.find((name) => name === problem);
    if (merging) return t(`merge.refusal.${merging}`, { reference: String(details.reference) });
    if (problem === 'unknown') return t('acts.refusal.unknownPlace', { field: label(field) });
    if (field === 'wiping' && details.reference !== undefined) {
      return t('acts.refusal.wiping', { reference: String(details.reference) });
    }
    return ofField(field, details);
  }

  function ofField(field: string, { problem, reference, label: given, available }: Details): string | undefined {
    const name = given === undefined ? label(field) : String(given);
    const about = reference === undefined ? '' : ` ${t('acts.refusal.about', { reference: String(reference) })}`;
    if (problem === 'required') return t('acts.refusal.required', { field: name }) + about;
    const misfit = NATURE_PROBLEMS.find((one) => one === problem);
    if (misfit) {
      const text = t(`natures.problem.${misfit}`, { available: formatInteger(Number(available)) });
      return t('acts.refusal.problem', { field: name, problem: text }) + about;
    }
    const known = FIELD_PROBLEMS.find((one) => one === problem);
    if (!known) return undefined;
    return t('acts.refusal.problem', { field: name, problem: t(`domain.problem.${known}`) }) + about;
  }

  function duplicate(line: number, { reference }: Details): string {
    if (reference === undefined) return t('acts.refusal.repeatedSerial', { line });
    return t('acts.refusal.duplicateSerial', { line, reference: String(reference) });
  }

  function impossible({ reference, from, possible }: Details): string | undefined {
    const status = ASSET_STATUSES.find((name) => name === from);
    if (!status || reference === undefined) return undefined;
    const acts = String(possible ?? '').split(' ');
    const names = ACT_NAMES.filter((act) => acts.includes(act)).map((act) => t(`domain.act.${act}`));
    const why = t('acts.refusal.impossible', {
      reference: String(reference),
      status: t(`domain.status.${status}`),
    });
    const what =
      names.length > 0 ? t('acts.refusal.possible', { acts: names.join(', ') }) : t('acts.refusal.nothingPossible');
    return `${why} ${what}`;
  }
}

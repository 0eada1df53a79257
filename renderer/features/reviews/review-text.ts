import { isPartialDate } from '#shared/domain/date.ts';
import { printPhone } from '#shared/domain/phone.ts';
import { isFields } from '#shared/merge/type-content.ts';
import { type RefusalCode, readRefusal } from '#shared/protocol/refusal.ts';
import { useFieldLabel, useValueText } from '../../components/use-value-text.ts';
import { useDirectory } from '../../store/directory.tsx';
import { formatBytes } from '../../text/format.ts';
import { printPartialDate } from '../../text/partial-date.ts';
import { useText } from '../../text/use-text.ts';
import type { Review } from './use-reviews.ts';

type Words = {
  /** The name of a field; of what a list's row holds, that of its last part. */
  field(field: string): string;
  /** A value as people say it; undefined for an empty one. */
  value(field: string, value: unknown): string | undefined;
};

/** The words for fields and values of the row that a review is about: an asset has others than a structure or a holder. */
export function useReviewWords({ collectionName }: Review): Words {
  const assetField = useFieldLabel();
  const assetValue = useValueText();
  const { t } = useText();
  const { nameStructure, nameSite } = useDirectory();
  if (collectionName === 'assets')
    return { field: assetField, value: (field, value) => plain(value) ?? assetValue(field, value) };
  return {
    field: (field) => {
      const name = field.replace(/^content\./, '');
      if (name.startsWith('attributes.')) return assetField(name);
      if (collectionName === 'sites' && name === 'parentId') return t('references.field.siteParent');
      return t(`references.field.${name}`, { defaultValue: assetField(name) });
    },
    value: (field, value) => plain(value) ?? rowValue(field.replace(/^content\./, ''), value),
  };

  function rowValue(field: string, value: unknown): string | undefined {
    if (typeof value !== 'string' || value === '') return assetValue(field, value);
    if (field === 'structureId' || field === 'replacedById') return nameStructure(value);
    if (field === 'parentId') return collectionName === 'sites' ? nameSite(value) : nameStructure(value);
    if (field === 'phone') return printPhone(value);
    if (field === 'kind') {
      const words = collectionName === 'sites' ? 'siteKind' : 'structureKind';
      return t(`references.${words}.${value}`, { defaultValue: value });
    }
    if ((field === 'validFrom' || field === 'validTo') && isPartialDate(value)) return printPartialDate(value);
    return assetValue(field, value);
  }
}

/** Lists, and a characteristic of a type, which is known by its label. */
function plain(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.map(String).join(', ');
  return isFields(value) && typeof value.label === 'string' ? value.label : undefined;
}

type Refusal = { readonly field?: string; readonly why: string; readonly todo: string };

/** Refusals of a value: only of these the field helps whoever mends the record. */
const OF_A_VALUE: ReadonlySet<RefusalCode> = new Set([
  'asset-rule',
  'text-unstorable',
  'name-unstorable',
  'number-too-large',
  'too-deep',
  'missing',
  'unknown-field',
  'too-long',
  'shape',
]);

/** Why the endpoint refused a row and what to do now, in the words of the trade; the field is named where it helps. */
export function useRefusal(review: Review): Refusal | undefined {
  const { t, language } = useText();
  const label = useReviewWords(review).field;
  const {
    reason,
    fields: [place],
  } = review;
  if (!reason) return undefined;
  const { code, details } = readRefusal(reason);
  const { role = '', collection = '', problem = '', bytes, count, rest } = details;
  const words = {
    role: t(`domain.role.${role}`, { defaultValue: role }),
    collection: t(`domain.collection.${collection}`, { defaultValue: collection }),
    problem: t(`domain.problem.${problem}`, { defaultValue: problem }),
    size: bytes === undefined ? '' : formatBytes(Number(bytes), language),
    count: Number(count ?? 0),
    rest: rest ?? '',
  };
  const field = OF_A_VALUE.has(code) ? fieldOfPointer(place?.field ?? '') : '';
  return {
    ...(field && { field: label(field) }),
    why: t(`refusals.${code}.why`, words),
    todo: t(`refusals.${code}.todo`, words),
  };
}

/** `/newDocumentState/attributes/ram` is `attributes.ram`. */
function fieldOfPointer(pointer: string): string {
  return pointer.replace(/^\/newDocumentState(?:\/|$)/, '').replaceAll('/', '.');
}

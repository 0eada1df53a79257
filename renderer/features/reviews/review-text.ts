import { isFields } from '#shared/merge/type-content.ts';
import { useFieldLabel, useValueText } from '../../components/use-value-text.ts';
import { useText } from '../../text/use-text.ts';
import type { Review } from './use-reviews.ts';

/** A value of a review as people say it; undefined for an empty one. */
export function useReviewValue(): (field: string, value: unknown) => string | undefined {
  const text = useValueText();
  return (field, value) => {
    if (Array.isArray(value)) return value.map(String).join(', ');
    // A characteristic of a type is known by its label.
    if (isFields(value) && typeof value.label === 'string') return value.label;
    return text(field, value);
  };
}

/** The name of a field; those of what a list's row holds by their last part. */
export function useReviewField(): (field: string) => string {
  const label = useFieldLabel();
  return (field) => label(field.replace(/^content\.(?=attributes\.)/, '').replace(/^content\./, ''));
}

/** Reasons of the endpoint, which are written for programs, by what they begin with. */
const REASONS = [
  ['role', /^role .+ may not/],
  ['reference', /^another asset has this reference/],
  ['ministry', /^belongs to another ministry/],
  ['large', /too large|larger than/],
  ['newer', /newer program/],
  ['rule', /^breaks a rule of assets: (?<detail>.+)/],
] as const;

/** Why the endpoint refused a row, in the words of the trade. */
export function useRefusalReason(): (review: Review) => string | undefined {
  const { t } = useText();
  return ({ reason }) => {
    if (!reason) return undefined;
    for (const [name, pattern] of REASONS) {
      const match = pattern.exec(reason);
      if (match) return t(`reviews.refusal.${name}`, { detail: match.groups?.detail ?? '' });
    }
    return t('reviews.refusal.other', { detail: reason });
  };
}

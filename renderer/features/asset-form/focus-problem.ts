import type { Nature } from '#shared/schema/asset.ts';
import { attributeId } from './attribute-fields.tsx';
import { fieldOrder } from './form-fields.ts';
import { fieldId } from './use-asset-form.ts';

/** Leads to the first field that has to be seen to, in the order of the screen. */
export function focusFirstProblem(nature: Nature, errors: Readonly<Record<string, unknown>>): void {
  const first = fieldOrder(nature).find((field) => errors[field]);
  const attribute = Object.keys(errors).find((field) => field.startsWith('attributes.'));
  const id = first ? fieldId(first) : attribute && attributeId(attribute.slice('attributes.'.length));
  if (id) document.getElementById(id)?.focus();
}

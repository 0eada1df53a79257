import { makeAttributeKey } from '#shared/domain/reference-data.ts';
import type { AttributeDefinition, AttributeKind, TypeContent } from '#shared/schema/equipment-type.ts';

/** A characteristic while it is edited. One that was saved has its key, for ever. */
export type AttributeDraft = {
  /** Tells drafts apart in the editor. */
  readonly id: number;
  readonly key?: string;
  readonly label: string;
  readonly kind: AttributeKind;
  readonly unit: string;
  readonly choices: readonly string[];
  readonly isRequired: boolean;
};

export type TypeDraft = { readonly attributes: readonly AttributeDraft[]; readonly retired: readonly AttributeDraft[] };

export function toDrafts({ attributes, retired = [] }: TypeContent): TypeDraft {
  const draft = (definition: AttributeDefinition, id: number): AttributeDraft => ({
    id,
    key: definition.key,
    label: definition.label,
    kind: definition.kind,
    unit: definition.unit ?? '',
    choices: definition.choices ?? [],
    isRequired: definition.isRequired === true,
  });
  return {
    attributes: attributes.map(draft),
    retired: retired.map((definition, at) => draft(definition, attributes.length + at)),
  };
}

/** The definitions, with keys for the new ones. A unit stands only with a number, choices only with a choice. */
export function toDefinitions(draft: TypeDraft): Pick<TypeContent, 'attributes' | 'retired'> {
  const taken = [...draft.attributes, ...draft.retired].flatMap(({ key }) => key ?? []);
  const define = ({ key: known, label, kind, unit, choices, isRequired }: AttributeDraft): AttributeDefinition => {
    const key = known ?? makeAttributeKey(label, taken);
    if (!known) taken.push(key);
    return {
      key,
      label: label.trim(),
      kind,
      ...(kind === 'number' && unit.trim() && { unit: unit.trim() }),
      ...(kind === 'choice' && choices.length > 0 && { choices: [...choices] }),
      ...(isRequired && { isRequired }),
    };
  };
  const attributes = draft.attributes.map(define);
  const retired = draft.retired.map(define);
  return { attributes, ...(retired.length > 0 && { retired }) };
}

/** What stands against saving before the command is asked: a label is missing, a choice has no choices. */
export function findDraftFault({
  attributes,
}: TypeDraft): { readonly id: number; readonly field: 'label' | 'choices' } | undefined {
  for (const { id, label, kind, choices } of attributes) {
    if (label.trim() === '') return { id, field: 'label' };
    if (kind === 'choice' && choices.length === 0) return { id, field: 'choices' };
  }
  return undefined;
}

export function newAttribute({ attributes, retired }: TypeDraft): AttributeDraft {
  const id = Math.max(-1, ...[...attributes, ...retired].map((known) => known.id)) + 1;
  return { id, label: '', kind: 'text', unit: '', choices: [], isRequired: false };
}

/** Takes one out of the form: a saved one is kept among the retired, a new one is forgotten. */
export function retire(draft: TypeDraft, attribute: AttributeDraft): TypeDraft {
  return {
    attributes: draft.attributes.filter(({ id }) => id !== attribute.id),
    retired: attribute.key === undefined ? draft.retired : [...draft.retired, { ...attribute, isRequired: false }],
  };
}

export function restore(draft: TypeDraft, attribute: AttributeDraft): TypeDraft {
  return {
    attributes: [...draft.attributes, attribute],
    retired: draft.retired.filter(({ id }) => id !== attribute.id),
  };
}

export function move(draft: TypeDraft, from: number, to: number): TypeDraft {
  const attributes = [...draft.attributes];
  const [moved] = attributes.splice(from, 1);
  if (moved) attributes.splice(to, 0, moved);
  return { ...draft, attributes };
}

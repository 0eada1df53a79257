import { type UseFormReturnType, useForm } from '@mantine/form';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Asset, Nature } from '#shared/schema/asset.ts';
import type { AttributeDefinition } from '#shared/schema/equipment-type.ts';
import { useDirectory } from '../../store/directory.tsx';
import { useDrafts } from '../../store/drafts.tsx';
import { useText } from '../../text/use-text.ts';
import { fieldOrder } from './form-fields.ts';
import {
  emptyValues,
  type FormField,
  type FormProblem,
  type FormValues,
  findFormProblems,
  forSeries,
  fromAsset,
  isDateField,
  likeAsset,
} from './form-values.ts';

export type AssetForm = {
  readonly form: UseFormReturnType<FormValues>;
  /** True when unsaved words of an earlier visit were put back. */
  readonly isRestored: boolean;
  readonly isDirty: boolean;
  /** Starts over from these values, which are then the clean state. */
  restart(values?: FormValues): void;
  forgetDraft(): void;
};

export function fieldId(field: FormField): string {
  return `asset-${field}`;
}

/** What the form is for: one new asset or a series, maybe like another one, or the edit of a record. */
export type FormTask =
  | { readonly kind: 'new'; readonly nature: Nature; readonly like?: Asset }
  | { readonly kind: 'series'; readonly like?: Asset }
  | { readonly kind: 'edit'; readonly base: Asset };

/** The form's values: from the record, from a draft left earlier, or empty with the usual structure. */
export function useAssetForm(task: FormTask): AssetForm {
  const { t } = useText();
  const drafts = useDrafts();
  const { usualStructureId, nameType, contentOfType } = useDirectory();
  const definitionsOf = (typeCode: string) => (typeCode ? contentOfType(typeCode).attributes : []);
  const key = draftKey(task);
  const [clean, setClean] = useState<FormValues>(() => cleanValues(task, usualStructureId, definitionsOf));
  // Written by this form only, under this key.
  const [draft, setDraft] = useState(() => drafts.get(key) as FormValues | undefined);
  const problemText = (problem: FormProblem) =>
    problem === 'bad-number' || problem === 'bad-choice' || problem === 'bad-boolean'
      ? t(`natures.problem.${problem}`)
      : t(`domain.problem.${problem}`);
  const proposed = useRef(proposeDesignation(draft ?? clean, nameType));
  const form = useForm<FormValues>({
    initialValues: draft ?? clean,
    validateInputOnBlur: fieldOrder((draft ?? clean).nature).filter(
      (field) => isDateField(field) || field === 'serialNumber',
    ),
    clearInputErrorOnChange: true,
    validate: (values) =>
      Object.fromEntries(
        Object.entries(findFormProblems(values, task, definitionsOf(values.typeCode))).map(([field, problem]) => [
          field,
          problemText(problem),
        ]),
      ),
    onValuesChange: (values) => {
      if (isSame(values, clean)) drafts.delete(key);
      else drafts.set(key, values);
    },
  });
  const { typeCode, brand, model, designation, nature } = form.values;
  const { setFieldValue } = form;
  useEffect(() => {
    const next = proposeDesignation({ typeCode, brand, model, nature }, nameType);
    const isOurs = designation === '' || designation === proposed.current;
    if (next === proposed.current) return;
    proposed.current = next;
    if (isOurs) setFieldValue('designation', next);
  }, [typeCode, brand, model, designation, nature, nameType, setFieldValue]);

  const forgetDraft = useCallback(() => {
    drafts.delete(key);
    setDraft(undefined);
  }, [drafts, key]);
  const restart = (values: FormValues = clean) => {
    forgetDraft();
    setClean(values);
    proposed.current = proposeDesignation(values, nameType);
    form.setInitialValues(values);
    form.setValues(values);
    form.clearErrors();
    // `setValues` announced a change against the former clean state.
    drafts.delete(key);
  };
  return { form, isRestored: draft !== undefined, isDirty: !isSame(form.values, clean), restart, forgetDraft };
}

type Definitions = (typeCode: string) => readonly AttributeDefinition[];

function cleanValues(task: FormTask, structureId: string, definitionsOf: Definitions): FormValues {
  const model = task.kind === 'edit' ? task.base : task.like;
  const definitions = model ? definitionsOf(model.typeCode) : [];
  if (task.kind === 'edit') return fromAsset(task.base, definitions);
  if (task.kind === 'series') return forSeries(structureId, task.like, definitions);
  return task.like ? likeAsset(task.like, definitions) : { ...emptyValues(task.nature), structureId };
}

function draftKey(task: FormTask): string {
  if (task.kind === 'edit') return task.base.id;
  if (task.like) return `${task.kind} ${task.like.id}`;
  return task.kind === 'new' ? `new ${task.nature}` : task.kind;
}

/** `Ordinateur portable HP ProBook 450`, once there is enough to say. */
function proposeDesignation(
  { typeCode, brand, model, nature }: Pick<FormValues, 'typeCode' | 'brand' | 'model' | 'nature'>,
  nameType: (code: string) => string,
): string {
  // The types of software say of what kind it is, not what it is called.
  if (nature === 'licence' || nature === 'contract') return [brand.trim(), model.trim()].filter(Boolean).join(' ');
  return typeCode ? [nameType(typeCode), brand.trim(), model.trim()].filter(Boolean).join(' ').slice(0, 200) : '';
}

function isSame(a: FormValues, b: FormValues): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

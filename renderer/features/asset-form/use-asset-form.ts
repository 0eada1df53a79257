import { type UseFormReturnType, useForm } from '@mantine/form';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Asset } from '#shared/schema/asset.ts';
import { useDirectory } from '../../store/directory.tsx';
import { useDrafts } from '../../store/drafts.tsx';
import { useText } from '../../text/use-text.ts';
import {
  EMPTY_VALUES,
  FIELD_ORDER,
  type FormField,
  type FormValues,
  findFormProblems,
  forSeries,
  fromAsset,
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
  | { readonly kind: 'new' | 'series'; readonly like?: Asset }
  | { readonly kind: 'edit'; readonly base: Asset };

/** The form's values: from the record, from a draft left earlier, or empty with the usual structure. */
export function useAssetForm(task: FormTask): AssetForm {
  const { t } = useText();
  const drafts = useDrafts();
  const { usualStructureId, nameType } = useDirectory();
  const key = draftKey(task);
  const [clean, setClean] = useState<FormValues>(() => cleanValues(task, usualStructureId));
  // Written by this form only, under this key.
  const [draft, setDraft] = useState(() => drafts.get(key) as FormValues | undefined);
  const proposed = useRef(proposeDesignation(draft ?? clean, nameType));
  const form = useForm<FormValues>({
    initialValues: draft ?? clean,
    validateInputOnBlur: FIELD_ORDER.filter(
      (field) => field.endsWith('Date') || field === 'serialNumber' || field === 'warrantyEnd',
    ),
    clearInputErrorOnChange: true,
    validate: (values) =>
      Object.fromEntries(
        Object.entries(findFormProblems(values, task)).map(([field, problem]) => [
          field,
          t(`domain.problem.${problem}`),
        ]),
      ),
    onValuesChange: (values) => {
      if (isSame(values, clean)) drafts.delete(key);
      else drafts.set(key, values);
    },
  });
  const { typeCode, brand, model, designation } = form.values;
  const { setFieldValue } = form;
  useEffect(() => {
    const next = proposeDesignation({ typeCode, brand, model }, nameType);
    const isOurs = designation === '' || designation === proposed.current;
    if (next === proposed.current) return;
    proposed.current = next;
    if (isOurs) setFieldValue('designation', next);
  }, [typeCode, brand, model, designation, nameType, setFieldValue]);

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

function cleanValues(task: FormTask, structureId: string): FormValues {
  if (task.kind === 'edit') return fromAsset(task.base);
  if (task.kind === 'series') return forSeries(structureId, task.like);
  return task.like ? likeAsset(task.like) : { ...EMPTY_VALUES, structureId };
}

function draftKey(task: FormTask): string {
  if (task.kind === 'edit') return task.base.id;
  return task.like ? `${task.kind} ${task.like.id}` : task.kind;
}

/** `Ordinateur portable HP ProBook 450`, once there is enough to say. */
function proposeDesignation(
  { typeCode, brand, model }: Pick<FormValues, 'typeCode' | 'brand' | 'model'>,
  nameType: (code: string) => string,
): string {
  return typeCode ? [nameType(typeCode), brand.trim(), model.trim()].filter(Boolean).join(' ').slice(0, 200) : '';
}

function isSame(a: FormValues, b: FormValues): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

import { Alert, Button, Group, Modal, MultiSelect, Stack, Text, Textarea } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type SubmitEvent, useState } from 'react';
import type { Asset } from '#shared/schema/asset.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { foldedFilter } from '../../components/folded-filter.ts';
import { useFieldLabel, useValueText } from '../../components/use-value-text.ts';
import { useActNotice } from '../../store/act-notice.tsx';
import { useCommand } from '../../store/use-command.ts';
import { useText } from '../../text/use-text.ts';
import {
  type AssetPreview,
  EDITABLE,
  type EditableField,
  type EditProblem,
  type EditValues,
  findEditProblems,
  previewEdit,
  toBulkChanges,
} from './bulk-edit.ts';
import classes from './bulk-edit-dialog.module.css';
import { EditField } from './edit-field.tsx';

type BulkEditDialogProps = {
  readonly assets: readonly Asset[];
  readonly onClose: () => void;
  readonly onDone: () => void;
};

/** The same values on many records: chosen, seen record by record, then written as one act. */
export function BulkEditDialog({ assets, onClose, onDone }: BulkEditDialogProps) {
  const { t } = useText();
  const { announce } = useActNotice();
  const { run, isRunning, error, clearError } = useCommand('updateAssets');
  const [opened] = useState(assets);
  const [values, setValues] = useState<EditValues>(new Map());
  const [reason, setReason] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [previews, setPreviews] = useState<readonly AssetPreview[]>();

  const check = (event: SubmitEvent) => {
    event.preventDefault();
    setChecked(true);
    if (values.size > 0 && findEditProblems(values).size === 0) setPreviews(previewEdit(opened, toBulkChanges(values)));
  };
  const back = () => {
    clearError();
    setPreviews(undefined);
  };
  const confirm = async () => {
    const ids = opened.map(({ id }) => id);
    const answer = await run({ ids, changes: toBulkChanges(values), ...(reason.trim() && { reason: reason.trim() }) });
    if (!answer) return;
    announce({
      actId: answer.actId,
      assetIds: ids,
      message: t('acts.done.edited', { count: answer.changed }),
      canBeUndone: true,
    });
    onClose();
    onDone();
  };

  return (
    <Modal
      opened
      onClose={onClose}
      size={820}
      title={t('acts.edit.title', { count: opened.length })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {previews ? (
        <Stack gap="md">
          <Preview previews={previews} total={opened.length} />
          <ErrorAlert error={error} />
          <Group justify="space-between">
            <Button variant="default" onClick={back}>
              {t('acts.edit.back')}
            </Button>
            <Button
              loading={isRunning}
              disabled={previews.length === 0 || previews.some(({ problem }) => problem)}
              onClick={() => void confirm()}
              data-autofocus
            >
              {t('acts.edit.confirm', { count: previews.length })}
            </Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={check} noValidate>
          <Stack gap="md">
            <FieldChoice values={values} isMissing={isChecked && values.size === 0} onChange={setValues} />
            <Fields values={values} problems={isChecked ? findEditProblems(values) : new Map()} onChange={setValues} />
            <Textarea
              label={t('acts.dialog.reason')}
              description={t('acts.dialog.reasonHint')}
              autosize
              minRows={1}
              maxLength={1000}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('common.cancel')}
              </Button>
              <Button type="submit">{t('acts.edit.check')}</Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

type FieldChoiceProps = {
  readonly values: EditValues;
  readonly isMissing: boolean;
  readonly onChange: (values: EditValues) => void;
};

function FieldChoice({ values, isMissing, onChange }: FieldChoiceProps) {
  const { t } = useText();
  const label = useFieldLabel();
  return (
    <MultiSelect
      label={t('acts.edit.fields')}
      description={t('acts.edit.fieldsHint')}
      placeholder={values.size === 0 ? t('acts.edit.fieldsPlaceholder') : ''}
      searchable
      filter={foldedFilter}
      hidePickedOptions
      data={EDITABLE.map((value) => ({ value, label: label(value) }))}
      value={[...values.keys()]}
      onChange={(names) => {
        const fields = names.flatMap((name) => EDITABLE.find((field) => field === name) ?? []);
        onChange(new Map(fields.map((field) => [field, values.get(field) ?? ''])));
      }}
      error={isMissing && t('acts.edit.choose')}
      data-autofocus
    />
  );
}

type FieldsProps = Omit<FieldChoiceProps, 'isMissing'> & {
  readonly problems: ReadonlyMap<EditableField, EditProblem>;
};

function Fields({ values, problems, onChange }: FieldsProps) {
  return [...values].map(([field, value]) => (
    <EditField
      key={field}
      field={field}
      value={value}
      problem={problems.get(field)}
      onChange={(next) => onChange(new Map(values).set(field, next))}
    />
  ));
}

function Preview({ previews, total }: { readonly previews: readonly AssetPreview[]; readonly total: number }) {
  const { t } = useText();
  const problems = previews.filter(({ problem }) => problem).length;
  const same = total - previews.length;
  if (previews.length === 0) return <Text>{t('acts.edit.nothing')}</Text>;
  return (
    <>
      <Text role="status">
        <strong>{t('acts.edit.changed', { count: previews.length })}</strong>{' '}
        {same > 0 && t('acts.edit.same', { count: same })}
      </Text>
      {problems > 0 && (
        <Alert color="red" icon={<IconAlertTriangle />} role="alert">
          {t('acts.edit.problems', { count: problems })}
        </Alert>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard. */}
      <section className={classes.scroll} tabIndex={0} aria-label={t('acts.edit.preview')}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('acts.edit.asset')}</th>
              <th scope="col">{t('acts.edit.field')}</th>
              <th scope="col">{t('acts.edit.from')}</th>
              <th scope="col">{t('acts.edit.to')}</th>
            </tr>
          </thead>
          <tbody>
            {previews.map((preview) => (
              <PreviewRows key={preview.asset.id} preview={preview} />
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function PreviewRows({ preview: { asset, changes, problem } }: { readonly preview: AssetPreview }) {
  const { t } = useText();
  const label = useFieldLabel();
  const text = useValueText();
  const words = (field: string, value: unknown) => text(field, value) ?? <em>{t('common.notFilled')}</em>;
  return changes.map(({ field, from, to }, place) => (
    <tr key={field} data-first={place === 0 || undefined} data-bad={problem !== undefined || undefined}>
      <th scope="row">
        {place === 0 && asset.reference}
        {place === 0 && problem && (
          <span className={classes.problem}>
            {label(problem.field)} : {t(`domain.problem.${problem.problem}`)}
          </span>
        )}
      </th>
      <td>{label(field)}</td>
      <td className={classes.from}>{words(field, from)}</td>
      <td>{words(field, to)}</td>
    </tr>
  ));
}

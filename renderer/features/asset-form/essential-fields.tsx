import { Autocomplete, Select, SimpleGrid, TextInput } from '@mantine/core';
import { map } from 'rxjs';
import { ruleOfNature } from '#shared/domain/natures.ts';
import { ACQUISITION_MODES, HOLDER_KINDS, PHYSICAL_STATES, SERIAL_ABSENCE_REASONS } from '#shared/schema/asset.ts';
import { foldedFilter } from '../../components/folded-filter.ts';
import { HolderInput } from '../../components/holder-input.tsx';
import { TreeSelect } from '../../components/tree-select.tsx';
import { useDirectory } from '../../store/directory.tsx';
import { readyValue, useLiveQuery } from '../../store/use-live-query.ts';
import { useText } from '../../text/use-text.ts';
import classes from './asset-form.module.css';
import { TypeSelect } from './field-input.tsx';
import { type AssetForm, fieldId } from './use-asset-form.ts';

type EssentialFieldsProps = {
  readonly form: AssetForm['form'];
  readonly isNew: boolean;
  /** The serials are entered afterwards. */
  readonly isSeries?: boolean;
};

/** The eight mandatory fields, in the order of the paper, with what they need beside them (domain, QUICK_ENTRY_FIELDS). */
export function EssentialFields({ form, isNew, isSeries = false }: EssentialFieldsProps) {
  const { t } = useText();
  const { structures, sites, brands } = useDirectory();
  const { values } = form;
  const models = useKnownModels(values.typeCode, values.brand);
  const label = (field: Parameters<typeof fieldId>[0]) => t(`domain.field.${field}`);
  const field = (name: Parameters<typeof fieldId>[0]) => ({
    id: fieldId(name),
    label: label(name),
    ...form.getInputProps(name),
  });
  const choice = (name: Parameters<typeof fieldId>[0]) => {
    const { value, onChange, ...rest } = field(name);
    return { ...rest, value: value || null, onChange: (next: string | null) => onChange(next ?? '') };
  };
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" verticalSpacing="sm">
      <TypeSelect form={form} chosen={choice('typeCode')} autoFocus={isNew} />
      <SimpleGrid cols={2} spacing="md">
        <Autocomplete
          {...field('brand')}
          required
          maxLength={100}
          data={[...brands]}
          filter={foldedFilter}
          limit={30}
        />
        <Autocomplete {...field('model')} maxLength={150} data={[...models]} filter={foldedFilter} limit={30} />
      </SimpleGrid>
      {!isSeries && <SerialFields form={form} />}
      <SimpleGrid cols={isNew ? 2 : 1} spacing="md">
        <Select
          {...choice('physicalState')}
          required
          placeholder={t('assetForm.choose')}
          data={PHYSICAL_STATES.map((value) => ({ value, label: t(`domain.physicalState.${value}`) }))}
        />
        {isNew && (
          <Select
            {...choice('status')}
            required
            placeholder={t('assetForm.choose')}
            data={ruleOfNature('hardware').initialStatuses.map((value) => ({
              value,
              label: t(`domain.status.${value}`),
            }))}
          />
        )}
      </SimpleGrid>
      <TreeSelect
        {...choice('structureId')}
        required
        tree={structures}
        placeholder={t('assetForm.structurePlaceholder')}
      />
      <TreeSelect {...choice('siteId')} required tree={sites} placeholder={t('assetForm.sitePlaceholder')} />
      <SimpleGrid cols={2} spacing="md">
        <Select
          {...choice('holderKind')}
          required
          placeholder={t('assetForm.choose')}
          data={HOLDER_KINDS.map((value) => ({ value, label: t(`domain.holderKind.${value}`) }))}
        />
        {values.holderKind === 'agent' ? (
          <HolderInput {...field('holderName')} value={values.holderName} onChange={setHolder} required mayAdd />
        ) : (
          <TextInput
            {...field('holderName')}
            onChange={(event) => setHolder(event.currentTarget.value)}
            label={holderLabel()}
            maxLength={150}
            autoComplete="off"
          />
        )}
      </SimpleGrid>
      <Select
        {...choice('acquisitionMode')}
        required
        placeholder={t('assetForm.choose')}
        data={ACQUISITION_MODES.map((value) => ({ value, label: t(`domain.acquisitionMode.${value}`) }))}
      />
      <TextInput
        {...field('designation')}
        required
        description={t('assetForm.designationHint')}
        className={classes.wide}
        maxLength={200}
        autoComplete="off"
      />
    </SimpleGrid>
  );

  /** A name that is typed freely is nobody's row. */
  function setHolder(holderName: string, holderId = ''): void {
    form.setValues({ holderName, holderId });
  }

  function holderLabel(): string {
    if (values.holderKind === 'service') return t('assetForm.holderService');
    return values.holderKind === 'technical-room' ? t('assetForm.holderRoom') : label('holderName');
  }
}

function SerialFields({ form }: Pick<EssentialFieldsProps, 'form'>) {
  const { t } = useText();
  const { value, onChange, ...reason } = form.getInputProps('serialAbsenceReason');
  return (
    <SimpleGrid cols={2} spacing="md">
      <TextInput
        id={fieldId('serialNumber')}
        label={t('domain.field.serialNumber')}
        {...form.getInputProps('serialNumber')}
        required={!form.values.serialAbsenceReason}
        withAsterisk
        maxLength={100}
        spellCheck={false}
        autoComplete="off"
      />
      <Select
        {...reason}
        id={fieldId('serialAbsenceReason')}
        value={value || null}
        onChange={(next) => onChange(next ?? '')}
        label={t('assetForm.noSerial')}
        placeholder={t('assetForm.choose')}
        clearable
        disabled={form.values.serialNumber.trim() !== ''}
        data={SERIAL_ABSENCE_REASONS.map((name) => ({ value: name, label: t(`domain.serialAbsenceReason.${name}`) }))}
      />
    </SimpleGrid>
  );
}

const RECENT = 300;

/** Models already written for this type and brand, among the assets changed last. */
function useKnownModels(typeCode: string, brand: string): readonly string[] {
  const live = useLiveQuery(typeCode || undefined, (database) =>
    database.assets
      .find({
        selector: { typeCode },
        sort: [{ typeCode: 'desc' }, { updatedAt: 'desc' }, { id: 'desc' }],
        limit: RECENT,
      })
      .$.pipe(map((documents) => documents.map((document) => ({ brand: document.brand, model: document.model })))),
  );
  const wanted = brand.trim().toLowerCase();
  const known = (readyValue(live) ?? []).filter((row) => !wanted || row.brand?.toLowerCase() === wanted);
  return [...new Set(known.flatMap(({ model }) => model ?? []))].sort();
}

import { Autocomplete, NumberInput, Select, TextInput } from '@mantine/core';
import { ruleOfNature } from '#shared/domain/natures.ts';
import { ACQUISITION_MODES, LICENCE_KINDS, LICENCE_METRICS, type Nature } from '#shared/schema/asset.ts';
import { DateTextInput } from '../../components/date-text-input.tsx';
import { foldedFilter } from '../../components/folded-filter.ts';
import { MoneyInput } from '../../components/money-input.tsx';
import { TreeSelect } from '../../components/tree-select.tsx';
import { useDirectory } from '../../store/directory.tsx';
import { unitOf } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './asset-form.module.css';
import { type FormField, isDateField, isNumberField } from './form-values.ts';
import { type AssetForm, fieldId } from './use-asset-form.ts';
import { useFormLabel } from './use-form-label.ts';

type FieldInputProps = { readonly form: AssetForm['form']; readonly name: FormField; readonly autoFocus?: boolean };

const WRAPPER_ORDER: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];

/** Most characters of a text; numbers and choices have none. */
const MAX_LENGTH: Readonly<Partial<Record<FormField, number>>> = {
  designation: 200,
  brand: 100,
  model: 150,
  inventoryNumber: 100,
  room: 100,
  supplier: 150,
  fundingSource: 150,
  contractNumber: 100,
  procurementReference: 100,
  invoiceReference: 100,
  receptionReference: 100,
  unit: 20,
};

/** The field of a record by its name, with the input that its kind asks for. */
export function FieldInput(props: FieldInputProps) {
  const { form, name } = props;
  const { t } = useText();
  const label = useFormLabel(form.values.nature);
  const common = {
    id: fieldId(name),
    label: label(name),
    description: useHint(name, form.values.nature),
    // Labels and inputs of one line stand level, whatever is explained below.
    inputWrapperOrder: WRAPPER_ORDER,
    required: ruleOfNature(form.values.nature).required.some((field) => field === name),
    ...form.getInputProps(name),
  };
  const chosen = {
    ...common,
    placeholder: t('assetForm.choose'),
    value: String(common.value ?? '') || null,
    onChange: (next: string | null) => form.setFieldValue(name, next ?? ''),
  };
  if (isDateField(name)) {
    const change = (next: string) => form.setFieldValue(name, next);
    return <DateTextInput {...common} value={form.values[name]} onChange={change} />;
  }
  if (isNumberField(name)) return <Amount form={form} name={name} common={common} />;
  const choices = CHOICES[name];
  if (choices) {
    return <Select {...chosen} clearable={!common.required} data={choices(t)} />;
  }
  return <TextField {...props} common={common} chosen={chosen} />;
}

type Common = ReturnType<AssetForm['form']['getInputProps']>;

function TextField({ name, form, common, chosen, autoFocus }: FieldInputProps & { common: Common; chosen: Common }) {
  const { t } = useText();
  const { structures, sites, brands, suppliers, accounts } = useDirectory();
  const maxLength = MAX_LENGTH[name];
  const proposals = { brand: brands, supplier: suppliers, unit: UNITS } as const;
  switch (name) {
    case 'typeCode':
      return <TypeSelect form={form} chosen={chosen} autoFocus={autoFocus} />;
    case 'structureId':
      return <TreeSelect {...chosen} tree={structures} placeholder={t('assetForm.structurePlaceholder')} />;
    case 'siteId':
      return <TreeSelect {...chosen} tree={sites} placeholder={t('assetForm.sitePlaceholder')} />;
    case 'accountCode':
      return <AccountSelect chosen={chosen} accounts={accounts} />;
    case 'brand':
    case 'supplier':
    case 'unit':
      return (
        <Autocomplete
          {...common}
          maxLength={maxLength}
          data={[...new Set(proposals[name])]}
          filter={foldedFilter}
          limit={30}
        />
      );
    case 'designation':
      return <TextInput {...common} className={classes.wide} maxLength={maxLength} autoComplete="off" />;
    default:
      return <TextInput {...common} maxLength={maxLength} autoComplete="off" />;
  }
}

/** What consumables are often counted in; any other word does. */
const UNITS = ['pièce', 'ramette', 'boîte', 'carton', 'rouleau', 'mètre', 'lot'];

type TypeSelectProps = {
  readonly form: AssetForm['form'];
  readonly chosen: Common;
  readonly autoFocus?: boolean | undefined;
};

/** Types of the nature at hand: the type of a record says what it has. */
export function TypeSelect({ form, chosen, autoFocus }: TypeSelectProps) {
  const { t } = useText();
  const { types, contentOfType } = useDirectory();
  const { nature } = form.values;
  const data = types
    .filter(({ code }) => contentOfType(code).nature === nature)
    .map(({ code, label }) => ({ value: code, label }));
  return (
    <Select
      {...chosen}
      required
      searchable
      filter={foldedFilter}
      placeholder={t('assetForm.typePlaceholder')}
      nothingFoundMessage={t('assetForm.nothingFound')}
      data={data}
      {...(autoFocus !== undefined && { autoFocus })}
    />
  );
}

type AccountSelectProps = {
  readonly chosen: Common;
  readonly accounts: readonly { readonly code: string; readonly label: string }[];
};

function AccountSelect({ chosen, accounts }: AccountSelectProps) {
  const { t } = useText();
  const known = accounts.map(({ code, label }) => ({ value: code, label: `${code} – ${label}` }));
  const current: unknown = chosen.value;
  // A code that is no longer in use, or came from a file, stays as it is until another is chosen.
  const isOther = typeof current === 'string' && !known.some(({ value }) => value === current);
  return (
    <Select
      {...chosen}
      searchable
      clearable
      filter={foldedFilter}
      limit={100}
      nothingFoundMessage={t(accounts.length === 0 ? 'natures.form.noAccounts' : 'assetForm.nothingFound')}
      data={isOther ? [{ value: current, label: current }, ...known] : known}
    />
  );
}

type AmountProps = { readonly form: AssetForm['form']; readonly name: FormField; readonly common: Common };

const FRANCS: ReadonlySet<FormField> = new Set(['acquisitionValue', 'annualCost']);
const MAX_NUMBER: Readonly<Partial<Record<FormField, number>>> = {
  lifetimeMonths: 1200,
  seats: 10_000_000,
  reorderThreshold: 1_000_000,
};

function Amount({ form, name, common }: AmountProps) {
  const { unit } = form.values;
  if (FRANCS.has(name)) return <MoneyInput {...common} />;
  const suffix = name === 'reorderThreshold' && unit ? unitOf(Number(form.values.reorderThreshold), unit) : '';
  return (
    <NumberInput
      {...common}
      suffix={suffix ? `\u00a0${suffix}` : ''}
      thousandSeparator={'\u202f'}
      allowDecimal={false}
      allowNegative={false}
      min={name === 'lifetimeMonths' ? 1 : 0}
      max={MAX_NUMBER[name]}
      hideControls
    />
  );
}

type Translate = ReturnType<typeof useText>['t'];
type Choices = (t: Translate) => { readonly value: string; readonly label: string }[];

const CHOICES: Readonly<Partial<Record<FormField, Choices>>> = {
  licenceKind: (t) => LICENCE_KINDS.map((value) => ({ value, label: t(`domain.licenceKind.${value}`) })),
  licenceMetric: (t) => LICENCE_METRICS.map((value) => ({ value, label: t(`domain.licenceMetric.${value}`) })),
  acquisitionMode: (t) => ACQUISITION_MODES.map((value) => ({ value, label: t(`domain.acquisitionMode.${value}`) })),
  isShareable: (t) => [
    { value: 'yes', label: t('common.yes') },
    { value: 'no', label: t('common.no') },
  ],
};

/** What to write, where the label does not say it. */
function useHint(name: FormField, nature: Nature): string | undefined {
  const { t } = useText();
  if (isDateField(name)) return t('assetForm.dateHint');
  switch (name) {
    case 'acquisitionValue':
      return t('assetForm.valueHint');
    case 'inventoryNumber':
      return t('assetForm.inventoryHint');
    case 'designation':
      return t(nature === 'licence' || nature === 'contract' ? 'natures.form.nameHint' : 'assetForm.designationHint');
    case 'seats':
      return t('natures.form.seatsHint');
    case 'reorderThreshold':
      return t('natures.form.thresholdHint');
    case 'lifetimeMonths':
      return t('natures.form.lifetimeHint');
    case 'unit':
      return t('natures.form.unitHint');
    default:
      return undefined;
  }
}

import {
  Autocomplete,
  Button,
  NumberInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { type Act, type ActField, ruleOf } from '#shared/domain/lifecycle.ts';
import { type Asset, HOLDER_KINDS, PHYSICAL_STATES } from '#shared/schema/asset.ts';
import { DateTextInput } from '../../components/date-text-input.tsx';
import { HolderInput } from '../../components/holder-input.tsx';
import { TreeSelect } from '../../components/tree-select.tsx';
import { useDirectory } from '../../store/directory.tsx';
import { unitOf } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './act-dialog.module.css';
import { type ActValueName, type ActValues, repairValues, type ValueProblem } from './act-values.ts';

export function valueId(name: ActValueName): string {
  return `act-${name}`;
}

type ActFieldsProps = {
  readonly act: Act;
  readonly assets: readonly Asset[];
  readonly asked: ReadonlyMap<ActField, 'required' | 'optional'>;
  readonly values: ActValues;
  readonly problems: Partial<Record<ActValueName, ValueProblem>>;
  readonly onChange: (part: Partial<ActValues>) => void;
};

type TextName = Exclude<ActValueName, NumberName>;
type NumberName = 'cost' | 'quantity';

/**
 * The fields of one act, in the order in which one tells it: what was done, to whom, where, until when, what was found, why,
 * on which paper. A holder and a place that may stay as they are stand behind a button.
 */
export function ActFields(props: ActFieldsProps) {
  const { act, assets, asked, values } = props;
  const isRequired = (field: ActField) => asked.get(field) === 'required';
  const [isMoving, setMoving] = useState(values.holderKind !== '' || values.structureId !== '');
  const mayMove = (['holder', 'place'] as const).filter((field) => asked.get(field) === 'optional');
  const isShown = (field: 'holder' | 'place') => isRequired(field) || (mayMove.includes(field) && isMoving);
  return (
    <Stack gap="md">
      {ruleOf(act).to.length > 1 && <StatusChoice {...props} />}
      {asked.has('destination') && <Destination {...props} />}
      {asked.has('destinationMinistry') && (
        <DestinationMinistry {...props} isRequired={isRequired('destinationMinistry')} />
      )}
      {asked.has('quantity') && <Quantity {...props} />}
      {asked.has('expiryDate') && <ExpiryDate {...props} />}
      {asked.has('repair') && <RepairFields {...props} />}
      {isShown('holder') && <HolderFields {...props} />}
      {isShown('place') && <PlaceFields {...props} />}
      {asked.has('returnDate') && <ReturnDate {...props} />}
      {asked.has('physicalState') && <StateFound {...props} isRequired={isRequired('physicalState')} />}
      {asked.has('wiping') && <WipingFields {...props} isMany={assets.length > 1} />}
      {asked.has('reason') && <Reason {...props} isRequired={isRequired('reason')} />}
      {asked.has('documentNumber') && <DocumentNumber {...props} isRequired={isRequired('documentNumber')} />}
      {mayMove.length > 0 && !isMoving && <MoveButton isHolderAsked={mayMove.includes('holder')} onClick={setMoving} />}
    </Stack>
  );
}

type MoveButtonProps = { readonly isHolderAsked: boolean; readonly onClick: (isMoving: boolean) => void };

function MoveButton({ isHolderAsked, onClick }: MoveButtonProps) {
  const { t } = useText();
  return (
    <div>
      <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={15} />} onClick={() => onClick(true)}>
        {t(isHolderAsked ? 'acts.dialog.moveToo' : 'acts.dialog.placeToo')}
      </Button>
    </div>
  );
}

/** What every field of these needs: its place, its error, its value. */
function useField({ values, problems, onChange }: ActFieldsProps) {
  const { t } = useText();
  const error = (name: ActValueName) => {
    const problem = problems[name];
    return problem && t(`domain.problem.${problem}`);
  };
  return {
    typed: (name: TextName) => ({
      id: valueId(name),
      value: values[name],
      error: error(name),
      onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
        onChange({ [name]: event.currentTarget.value }),
    }),
    written: (name: TextName) => ({
      id: valueId(name),
      value: values[name],
      error: error(name),
      onChange: (value: string) => onChange({ [name]: value }),
    }),
    chosen: (name: TextName) => ({
      id: valueId(name),
      value: values[name] || null,
      error: error(name),
      onChange: (value: string | null) => onChange({ [name]: value ?? '' }),
    }),
  };
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset className={classes.group}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

function StatusChoice({ act, values, onChange }: ActFieldsProps) {
  const { t } = useText();
  return (
    <Group title={t('acts.dialog.newStatus')}>
      <SegmentedControl
        id={valueId('status')}
        aria-label={t('acts.dialog.newStatus')}
        value={values.status}
        onChange={(status) => onChange({ status })}
        data={ruleOf(act).to.map((value) => ({ value, label: t(`domain.status.${value}`) }))}
      />
    </Group>
  );
}

function Destination(props: ActFieldsProps) {
  const { t } = useText();
  const { structures } = useDirectory();
  const { chosen } = useField(props);
  return (
    <TreeSelect
      {...chosen('destinationStructureId')}
      label={t('acts.dialog.destination')}
      placeholder={t('assetForm.structurePlaceholder')}
      required
      tree={structures}
      data-autofocus
    />
  );
}

function HolderFields(props: ActFieldsProps) {
  const { t } = useText();
  const { asked, values, onChange } = props;
  const { chosen, typed, written } = useField(props);
  const isRequired = asked.get('holder') === 'required';
  return (
    <SimpleGrid cols={2} spacing="md">
      <Select
        {...chosen('holderKind')}
        label={t('domain.field.holderKind')}
        required={isRequired}
        clearable={!isRequired}
        placeholder={isRequired ? t('assetForm.choose') : t('acts.dialog.unchanged')}
        data={HOLDER_KINDS.map((value) => ({ value, label: t(`domain.holderKind.${value}`) }))}
      />
      {values.holderKind === 'agent' ? (
        <HolderInput
          {...written('holderName')}
          onChange={(holderName, holderId) => onChange({ holderName, holderId: holderId ?? '' })}
          label={t('domain.field.holderName')}
          required
          mayAdd
          data-autofocus
          onKnown={({ structureId, siteId, room }) =>
            onChange(asked.has('place') ? { structureId, ...(siteId && { siteId, room: room ?? '' }) } : {})
          }
        />
      ) : (
        <TextInput
          {...typed('holderName')}
          label={t(values.holderKind === 'technical-room' ? 'acts.dialog.holderRoom' : 'acts.dialog.holderService')}
          disabled={values.holderKind === ''}
          maxLength={150}
          autoComplete="off"
        />
      )}
    </SimpleGrid>
  );
}

function PlaceFields(props: ActFieldsProps) {
  const { t } = useText();
  const { structures, sites } = useDirectory();
  const { chosen, typed } = useField(props);
  const isRequired = props.asked.get('place') === 'required';
  const isMany = props.assets.length > 1;
  const title = isMany ? t('acts.dialog.placeMany') : t('acts.dialog.place');
  return (
    <Group title={isRequired ? title : t('acts.dialog.placeOptional')}>
      <Stack gap="sm">
        <TreeSelect
          {...chosen('structureId')}
          label={t('domain.field.structureId')}
          required={isRequired}
          clearable={!isRequired}
          placeholder={t(isRequired ? 'assetForm.structurePlaceholder' : 'acts.dialog.unchanged')}
          tree={structures}
        />
        <SimpleGrid cols={2} spacing="md">
          <TreeSelect
            {...chosen('siteId')}
            label={t('domain.field.siteId')}
            required={isRequired}
            clearable={!isRequired}
            placeholder={t(isRequired ? 'assetForm.sitePlaceholder' : 'acts.dialog.unchanged')}
            tree={sites}
          />
          <TextInput {...typed('room')} label={t('domain.field.room')} maxLength={100} autoComplete="off" />
        </SimpleGrid>
      </Stack>
    </Group>
  );
}

function ReturnDate(props: ActFieldsProps) {
  const { t } = useText();
  const { written } = useField(props);
  return (
    <DateTextInput
      {...written('returnDate')}
      label={t('acts.dialog.returnDate')}
      description={t('acts.dialog.dateHint')}
      required
    />
  );
}

function ExpiryDate(props: ActFieldsProps) {
  const { t } = useText();
  const { written } = useField(props);
  return (
    <DateTextInput
      {...written('expiryDate')}
      label={t('acts.dialog.expiryDate')}
      description={t('acts.dialog.dateHint')}
      required
    />
  );
}

function DestinationMinistry({ isRequired, ...props }: AskedProps) {
  const { t } = useText();
  const { written } = useField(props);
  const { institutions } = useDirectory();
  return (
    <Autocomplete
      {...written('destinationMinistry')}
      label={t('domain.field.destinationMinistry')}
      required={isRequired}
      data={[...institutions]}
      maxLength={200}
    />
  );
}

function Quantity(props: ActFieldsProps) {
  const { t } = useText();
  const { act, assets, values, problems, onChange } = props;
  const label = act === 'supply' || act === 'issue' ? act : 'stock-count';
  return (
    <NumberInput
      id={valueId('quantity')}
      label={t(`acts.dialog.quantity.${label}`)}
      value={values.quantity}
      error={problems.quantity && t(`domain.problem.${problems.quantity}`)}
      onChange={(quantity) => onChange({ quantity })}
      suffix={assets[0]?.unit ? `\u00a0${unitOf(Number(values.quantity), assets[0].unit)}` : ''}
      thousandSeparator={'\u202f'}
      allowDecimal={false}
      allowNegative={false}
      min={0}
      max={1_000_000}
      required
      data-autofocus
    />
  );
}

function RepairFields(props: ActFieldsProps) {
  const { t } = useText();
  const { act, values, onChange } = props;
  const { typed, written } = useField(props);
  const asked = repairValues(act);
  const [required] = asked.filter((name) => name === (act === 'repair-end' ? 'work' : 'fault'));
  return (
    <Group title={t('acts.dialog.repair')}>
      <Stack gap="sm">
        {(['fault', 'diagnosis', 'work'] as const)
          .filter((name) => asked.includes(name))
          .map((name) => (
            <Textarea
              key={name}
              {...typed(name)}
              label={t(`acts.dialog.${name}`)}
              required={name === required}
              autosize
              minRows={1}
              maxRows={6}
              maxLength={1000}
              data-autofocus={name === required || undefined}
            />
          ))}
        <SimpleGrid cols={2} spacing="md" verticalSpacing="sm">
          {asked.includes('parts') && (
            <TextInput {...typed('parts')} label={t('acts.dialog.parts')} maxLength={1000} autoComplete="off" />
          )}
          {asked.includes('cost') && (
            <NumberInput
              id={valueId('cost')}
              label={t('acts.dialog.cost')}
              value={values.cost}
              onChange={(cost) => onChange({ cost })}
              suffix={`\u00a0${t('common.francs')}`}
              thousandSeparator={'\u202f'}
              allowDecimal={false}
              allowNegative={false}
              min={0}
              max={999_999_999_999}
              hideControls
            />
          )}
          {asked.includes('provider') && (
            <TextInput {...typed('provider')} label={t('acts.dialog.provider')} maxLength={150} autoComplete="off" />
          )}
          {asked.includes('nextDate') && (
            <DateTextInput
              {...written('nextDate')}
              label={t('acts.dialog.nextDate')}
              placeholder={t('acts.dialog.dateHint')}
            />
          )}
        </SimpleGrid>
      </Stack>
    </Group>
  );
}

type AskedProps = ActFieldsProps & { readonly isRequired: boolean };

function StateFound({ isRequired, ...props }: AskedProps) {
  const { t } = useText();
  const { chosen } = useField(props);
  const [first] = new Set(props.assets.map(({ physicalState }) => physicalState));
  const isSame = props.assets.every(({ physicalState }) => physicalState === first);
  const unchanged =
    first && isSame
      ? t('acts.dialog.unchangedIs', { value: t(`domain.physicalState.${first}`) })
      : t('acts.dialog.unchanged');
  return (
    <Select
      {...chosen('physicalState')}
      label={t('acts.dialog.stateNow')}
      required={isRequired}
      clearable={!isRequired}
      placeholder={isRequired ? t('assetForm.choose') : unchanged}
      data={PHYSICAL_STATES.map((value) => ({ value, label: t(`domain.physicalState.${value}`) }))}
    />
  );
}

function WipingFields({ isMany, ...props }: ActFieldsProps & { readonly isMany: boolean }) {
  const { t } = useText();
  const { typed, written } = useField(props);
  const isRequired = props.asked.get('wiping') === 'required';
  const why = t(isMany ? 'acts.dialog.wipingTextMany' : 'acts.dialog.wipingText');
  return (
    <Group title={t('acts.dialog.wiping')}>
      <Text fz="sm" c="dimmed" mb="xs">
        {isRequired ? why : t('acts.dialog.wipingTextOptional')}
      </Text>
      <SimpleGrid cols={3} spacing="md">
        <TextInput
          {...typed('wipingMethod')}
          label={t('acts.dialog.wipingMethod')}
          required={isRequired}
          maxLength={200}
          autoComplete="off"
        />
        <DateTextInput {...written('wipingDate')} label={t('acts.dialog.wipingDate')} required={isRequired} />
        <TextInput {...typed('wipingBy')} label={t('acts.dialog.wipingBy')} maxLength={150} autoComplete="off" />
      </SimpleGrid>
    </Group>
  );
}

function Reason({ isRequired, ...props }: AskedProps) {
  const { t } = useText();
  const { typed } = useField(props);
  return (
    <Textarea
      {...typed('reason')}
      label={t('acts.dialog.reason')}
      description={t('acts.dialog.reasonHint')}
      required={isRequired}
      autosize
      minRows={1}
      maxRows={6}
      maxLength={1000}
    />
  );
}

const HINTED = ['loss', 'theft', 'disposal', 'cession', 'destruction', 'handover', 'receipt'] as const;

function DocumentNumber({ isRequired, ...props }: AskedProps) {
  const { t } = useText();
  const { typed } = useField(props);
  const hint = HINTED.find((act) => act === props.act) ?? 'other';
  return (
    <TextInput
      {...typed('documentNumber')}
      label={t('acts.dialog.documentNumber')}
      description={t(`acts.dialog.documentHint.${hint}`)}
      required={isRequired}
      maxLength={100}
      autoComplete="off"
    />
  );
}

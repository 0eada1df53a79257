import { Button, NumberInput, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { type ActField, ruleOf } from '#shared/domain/lifecycle.ts';
import { DateTextInput } from '../../components/date-text-input.tsx';
import { unitOf } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import { type ActFieldsProps, type AskedProps, Group, useField, valueId } from './act-field.tsx';
import { Destination, DestinationMinistry, HolderFields, PlaceFields } from './act-place-fields.tsx';
import { RepairFields, StateFound, WipingFields } from './act-work-fields.tsx';

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
